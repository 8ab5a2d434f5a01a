import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { type Checkpoint, makeCheckpoint, readCheckpoints } from '#services/audit/checkpoint.ts';
import { verifyAudit } from '#services/audit/verify-audit.ts';
import { checkDatabase } from '#services/check/check.ts';
import { setOption } from '#services/options/operations.ts';
import { forge, trail } from '#test/support/audit.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

const checkpointOf = (database: Database): Promise<Checkpoint> =>
  runnerFor(database, actor('audit.export'))(makeCheckpoint, { program: '1.0' });

const findings = async (database: Database, ...checkpoints: Checkpoint[]): Promise<readonly string[]> =>
  (await runnerFor(database, actor('audit.read'))(verifyAudit, { checkpoints })).findings;

/** Twenty entries, seen by a checkpoint after the tenth and after the last. */
async function watched() {
  const database = await freshDatabase();
  await trail(database, 10);
  const early = await checkpointOf(database);
  await trail(database, 10, 11);
  return { database, early, late: await checkpointOf(database) };
}

describe('checkpoints', () => {
  test('say where the trail stands and of which database; more entries leave them right', async () => {
    const { database, early, late } = await watched();
    expect(early).toMatchObject({ seq: 10, rows: 10, program: '1.0', company: 'meterdesk' });
    expect(late).toMatchObject({ database: early.database, seq: 20, rows: 20 });
    expect(early.database).toMatch(/^[0-9a-f]{32}$/);
    expect(early.hash).not.toBe(late.hash);
    await trail(database, 5, 21);
    const report = await runnerFor(database)(verifyAudit, { checkpoints: [late, early] });
    expect(report).toMatchObject({ entries: 25, checkpoints: 2, findings: [], last: { seq: 25 } });
    expect(report.days.reduce((sum, day) => sum + day.entries, 0)).toBe(25);
  });

  test('of an empty trail agree with everything that comes', async () => {
    const database = await freshDatabase();
    const empty = await checkpointOf(database);
    expect(empty).toMatchObject({ seq: 0, rows: 0 });
    await trail(database, 3);
    expect(await findings(database, empty)).toEqual([]);
  });

  test('of another utility are refused by its name', async () => {
    const [one, other] = [await freshDatabase(), await freshDatabase()];
    await runnerFor(other)(setOption, { name: 'companyName', value: 'Harbor Water' });
    const strange = await checkpointOf(other);
    await expect(findings(one, strange)).rejects.toThrow(/another database: Harbor Water \([0-9a-f]{32}\)/);
  });

  test('are read from lines; a line that is none is named', async () => {
    const { early, late } = await watched();
    const text = `${JSON.stringify(early)}\n${JSON.stringify(late)}\n`;
    expect(readCheckpoints(text)).toEqual([early, late]);
    expect(() => readCheckpoints(`${text}{"seq":1}\n`)).toThrow('Line 3 of the checkpoints is none.');
    expect(() => readCheckpoints('\n')).toThrow('no checkpoint');
  });
});

describe('what was done to the trail', () => {
  test.each([
    ['an edited entry', ["update audit_entry set username = 'eve' where seq = 5"], 'audit entry 5: was changed'],
    [
      'an edit with a hash of its own',
      ["update audit_entry set hash = 'f00' where seq = 5"],
      'audit entry 5: was changed',
    ],
    ['an edited reason', ["update audit_entry set reason = 'asked to' where seq = 7"], 'audit entry 7: was changed'],
    ['an entry taken out', ['delete from audit_entry where seq = 5'], 'audit entry 5: is missing'],
    ['the first entry taken out', ['delete from audit_entry where seq = 1'], 'audit entry 1: is missing'],
    [
      'two entries that changed places',
      [
        'update audit_entry set seq = 99 where seq = 5',
        'update audit_entry set seq = 5 where seq = 6',
        'update audit_entry set seq = 6 where seq = 99',
      ],
      'audit entry 5: does not follow the entry before',
    ],
    [
      'entries put in between',
      ['update audit_entry set seq = -seq - 1 where seq > 5', 'update audit_entry set seq = -seq where seq < 0'],
      'audit entry 6: is missing',
    ],
  ])('%s is found and named', async (_, statements, finding) => {
    const { database, late } = await watched();
    await forge(database, ...statements);
    expect((await findings(database))[0]).toBe(finding);
    expect((await findings(database, late))[0]).toBe(finding);
  });

  test('a cut tail is found by the checkpoint that saw it, and by nothing else', async () => {
    const { database, early, late } = await watched();
    await forge(database, 'delete from audit_entry where seq > 12');
    expect(await findings(database, early)).toEqual([]);
    const [finding, ...others] = await findings(database, early, late);
    expect(finding).toMatch(
      /^audit entry 13: is missing, the trail was cut: the checkpoint of .* \(entry 20\) saw more$/,
    );
    expect(others).toEqual([]);
  });

  test('so is a tail that was cut and grew again', async () => {
    const { database, early, late } = await watched();
    await forge(database, 'delete from audit_entry where seq > 12');
    await trail(database, 20, 100, { username: 'eve' });
    expect(await findings(database, early)).toEqual([]);
    expect(await findings(database, early, late)).toEqual([
      expect.stringMatching(/^audit entry 20: is not the one that the checkpoint of .* saw; the trail was rewritten$/),
    ]);
  });

  test('a history written anew with right hashes is found by the first checkpoint', async () => {
    const { database, early, late } = await watched();
    await forge(database, 'delete from audit_entry');
    await trail(database, 20, 1, { username: 'eve' });
    expect(await findings(database)).toEqual([]);
    expect(await findings(database, late, early)).toEqual([expect.stringContaining('audit entry 10: is not the one')]);
  });

  test('the check tells it too', async () => {
    const { database, late } = await watched();
    const holds = async () =>
      (await checkDatabase(database.db, { checkpoints: [late] })).rules.find(({ rule }) => rule === 'audit-chain')!;
    expect(await holds()).toMatchObject({ holds: true, title: expect.stringContaining('checkpoints saw') });
    await forge(database, 'delete from audit_entry where seq = 20');
    expect(await holds()).toMatchObject({ holds: false, findings: [{ message: expect.stringContaining('was cut') }] });
  });
});
