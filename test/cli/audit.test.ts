import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openReady } from '#db/ready.ts';
import { addFirstUser, addUser } from '#services/users/add.ts';
import { createToken } from '#services/users/tokens.ts';
import { forge, trail } from '#test/support/audit.ts';
import { runnerFor } from '#test/support/database.ts';
import { verb } from '#test/support/verbs.ts';

const PASSWORD = 'correct horse battery staple 7';
const folder = mkdtempSync(join(tmpdir(), 'meterdesk-audit-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Credentials by user name. */
const tokens: Record<string, string> = {};
let copies = 0;

/** A utility with an auditor and a clerk, whose trail has five entries besides theirs. */
beforeAll(async () => {
  const database = await openReady({ file: join(folder, 'template.db') });
  const call = runnerFor(database);
  await call(addFirstUser, { username: 'root', displayName: 'Root', password: PASSWORD });
  for (const [username, group] of [
    ['aud', 'auditor'],
    ['ben', 'billing'],
  ] as const) {
    await call(addUser, { username, displayName: username, password: PASSWORD, groups: [group] });
    tokens[username] = (await call(createToken, { username, name: 'cron', days: 9 })).token;
  }
  await trail(database, 5, 100);
  await database.close();
}, 60_000);

beforeEach(() => {
  vi.stubEnv('METERDESK_USER', undefined);
  vi.stubEnv('METERDESK_TOKEN', tokens.aud);
  return () => vi.unstubAllEnvs();
});

/** A copy of that utility, and a way to type verbs at it. */
function desk() {
  copies += 1;
  const file = join(folder, `utility-${copies}.db`);
  copyFileSync(join(folder, 'template.db'), file);
  const type = (...argv: string[]) => verb('--db', file, ...argv);
  const forged = async (...statements: string[]) => {
    const opened = await openReady({ file });
    await forge(opened, ...statements);
    await opened.close();
  };
  return { type, forged, checkpoints: join(folder, `checkpoints-${copies}.jsonl`) };
}

describe('audit', () => {
  test('checkpoints are lines added to a file or printed, for who may', async () => {
    const { type, checkpoints } = desk();
    const printed = await type('audit', 'checkpoint');
    expect(printed.out.trimEnd().split('\n')).toHaveLength(1);
    const first = JSON.parse(printed.out) as { seq: number; rows: number; program: string };
    expect(first).toMatchObject({ company: 'meterdesk', program: expect.stringMatching(/^\d+\.\d+/) });
    expect(first.seq).toBe(first.rows);
    expect(await type('audit', 'checkpoint', checkpoints)).toMatchObject({ code: 0, out: '' });
    expect((await type('audit', 'checkpoint', checkpoints)).code).toBe(0);
    const lines = readFileSync(checkpoints, 'utf8').trimEnd().split('\n');
    for (const line of lines) expect((JSON.parse(line) as { seq: number }).seq).toBeGreaterThanOrEqual(first.seq);
    expect(lines).toHaveLength(2);
    expect(statSync(checkpoints).mode & 0o777).toBe(0o600);
    vi.stubEnv('METERDESK_TOKEN', tokens.ben);
    expect(await type('audit', 'checkpoint')).toMatchObject({ code: 3, out: '' });
    expect((await type('audit', 'checkpoint', join(checkpoints, 'nowhere'))).code).not.toBe(0);
  });

  test('verify counts by day, and ends with 1 when something was changed or cut off', async () => {
    const { type, forged, checkpoints } = desk();
    await type('audit', 'checkpoint', checkpoints);
    const whole = await type('audit', 'verify', '--checkpoint', checkpoints);
    expect(whole.code).toBe(0);
    expect(whole.out).toMatch(/^1970-01-01 {2}5$/m);
    expect(whole.out).toMatch(
      /The trail is whole: \d+ entries follow each other unchanged, 1 of 1 checkpoints agree\./,
    );
    await forged('delete from audit_entry where seq > 7');
    expect((await type('audit', 'verify')).code).toBe(0);
    const cut = await type('audit', 'verify', '--checkpoint', checkpoints);
    expect(cut).toMatchObject({
      code: 1,
      out: expect.stringMatching(/NO {2}audit entry 8: is missing, the trail was cut/),
    });
    const check = await type('check', '--checkpoint', checkpoints);
    expect(check).toMatchObject({ code: 1, out: expect.stringContaining('audit entry 8: is missing') });
    await forged("update audit_entry set operation = 'x' where seq = 2");
    const changed = await type('audit', 'verify', '--json');
    expect(changed.code).toBe(1);
    expect(JSON.parse(changed.out)).toMatchObject({ entries: 1, findings: ['audit entry 2: was changed'] });
  });

  test('checkpoints that are none, or of another utility, are refused', async () => {
    const { type, checkpoints } = desk();
    await type('audit', 'checkpoint', checkpoints);
    const own = readFileSync(checkpoints, 'utf8');
    writeFileSync(
      checkpoints,
      own.replace(/"database":"\w{8}/, '"database":"00000000').replace('meterdesk', 'Harbor Water'),
    );
    const strange = await type('audit', 'verify', '--checkpoint', checkpoints);
    expect(strange).toMatchObject({ code: 1, err: expect.stringContaining('of another database: Harbor Water') });
    writeFileSync(checkpoints, `${own}nonsense\n`);
    const bad = await type('check', '--checkpoint', checkpoints);
    expect(bad).toMatchObject({ code: 1, err: expect.stringContaining('Line 2 of the checkpoints is none.') });
    expect((await type('audit', 'verify', '--checkpoint', '/nowhere/at/all')).code).toBe(2);
  });
});
