import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { mailPaper } from '#services/paper/send.ts';
import { addFirstUser } from '#services/users/add.ts';
import { createToken } from '#services/users/tokens.ts';
import { runnerFor } from '#test/support/database.ts';
import { mailServer } from '#test/support/mail-server.ts';
import { readPdf } from '#test/support/pdf.ts';
import { verb } from '#test/support/verbs.ts';
import { billed, setOptions } from '#test/services/paper/billed.ts';

const folder = mkdtempSync(join(tmpdir(), 'meterdesk-paper-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file is written to in transactions only. */
const writing = <T>(database: Database, work: (open: Database) => Promise<T>): Promise<T> =>
  database.transaction((db) => work({ ...database, db }));

let token = '';
let accountId = 0;
let copies = 0;

beforeAll(async () => {
  const database = await openReady({ file: join(folder, 'template.db') });
  const call = runnerFor(database);
  await call(addFirstUser, { username: 'root', displayName: 'Root', password: 'correct horse battery staple 7' });
  ({ token } = await call(createToken, { username: 'root', name: 'cron', days: 9 }));
  accountId = await writing(database, async (open) => {
    const { account, utility } = await billed({ email_notices: 1 }, open);
    for (const name of ['stalled', 'gone', 'busy']) {
      await utility.add('customer_email', { customer_id: account.customerId, address: `${name}@home.example` });
    }
    return account.id;
  });
  await database.close();
}, 60_000);

beforeEach(() => {
  vi.stubEnv('METERDESK_USER', undefined);
  vi.stubEnv('METERDESK_TOKEN', token);
  return () => vi.unstubAllEnvs();
});

/** A copy of that utility: a way to type verbs at it, and to reach into it. */
function desk() {
  copies += 1;
  const own = join(folder, String(copies));
  mkdirSync(own);
  const file = join(own, 'utility.db');
  copyFileSync(join(folder, 'template.db'), file);
  const type = (...argv: string[]) => verb('--db', file, ...argv);
  const within = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
    const database = await openReady({ file });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  };
  const queue = (server: string, ...addresses: string[]) =>
    within(async (database) => {
      await writing(database, (open) => setOptions(open, { mailServer: server, mailFrom: 'bills@water.example' }));
      const paper = { kind: 'statement', accountId, detail: false } as const;
      for (const address of addresses) await runnerFor(database)(mailPaper, { ...paper, address });
    });
  const rows = () => within((database) => database.db.selectFrom('communication').selectAll().orderBy('id').execute());
  return { file, own, type, within, queue, rows };
}

/** The verb in a process of its own, which can be killed. */
function sender(file: string) {
  const script = new URL('../support/run-cli.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, '--db', file, 'jobs', 'send'], { stdio: 'ignore' });
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return { kill: () => child.kill('SIGKILL'), ended };
}

describe('jobs send', () => {
  test('says what became of what waited', async () => {
    const server = await mailServer();
    const { queue, type } = desk();
    await queue(server.address, 'ana@home.example', 'gone@home.example', 'busy@home.example');
    const { code, out } = await type('jobs', 'send');
    expect([code, out]).toEqual([0, '1 sent, 1 turned down by the receiver’s server, 1 to be tried again later.\n']);
    expect((await type('jobs', 'send')).out).toBe('Nothing waits.\n');
  });

  test('several processes at once send every message once', async () => {
    const server = await mailServer();
    const { queue, file } = desk();
    await queue(server.address, ...Array.from({ length: 9 }, () => 'ana@home.example'));
    const codes = await Promise.all([sender(file), sender(file), sender(file)].map(({ ended }) => ended));
    expect(codes).toEqual([0, 0, 0]);
    const ids = await Promise.all(
      server.taken.map(async ({ raw }) => (await PostalMime.parse(Buffer.from(raw, 'base64'))).messageId),
    );
    expect([ids.length, new Set(ids).size]).toEqual([9, 9]);
  }, 60_000);

  test('a message whose sender was killed while it was on the line is not sent again', async () => {
    const server = await mailServer();
    const { queue, file, type, within, rows } = desk();
    await queue(server.address, 'stalled@home.example');
    const killed = sender(file);
    await server.arrived(1);
    killed.kill();
    await killed.ended;
    expect((await type('jobs', 'send')).out).toBe('Nothing waits.\n');
    await within((database) =>
      writing(database, ({ db }) => db.updateTable('communication').set({ locked_until: 0 }).execute()),
    );
    expect((await type('jobs', 'send')).out).toContain('1 lost sight of');
    expect(await rows()).toMatchObject([{ status: 'failed', problem: expect.stringMatching(/may have gone out/) }]);
    expect(server.taken).toHaveLength(1);
  }, 60_000);
});

test('jobs bounces marks what notifications name, and tells of what they do not', async () => {
  const server = await mailServer();
  const { queue, type, rows, own } = desk();
  await queue(server.address, 'ana@home.example');
  await type('jobs', 'send');
  const message_id = (await rows())[0]!.message_id!;
  const notice = (id: string) =>
    [
      'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
      'MIME-Version: 1.0',
      '',
      '--B',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.home.example',
      '',
      'Final-Recipient: rfc822; ana@home.example',
      'Action: failed',
      'Status: 5.2.2',
      'Diagnostic-Code: smtp; 552 Mailbox full',
      '',
      '--B',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${id}`,
      '',
      '--B--',
    ].join('\r\n');
  const mail = join(own, 'mail');
  mkdirSync(mail);
  writeFileSync(join(mail, '1.eml'), notice(message_id));
  writeFileSync(join(mail, '2.eml'), notice('<other@water.example>'));
  writeFileSync(join(mail, '3.eml'), 'Subject: Thank you\r\n\r\nHello');
  const first = await type('jobs', 'bounces', mail, '--json');
  expect(JSON.parse(first.out)).toEqual({ marked: 1, known: 0, other: 2 });
  expect(first.err).toContain('2.eml: No message of that identity');
  expect(JSON.parse((await type('jobs', 'bounces', mail, '--json')).out)).toEqual({ marked: 0, known: 1, other: 2 });
  expect(await rows()).toMatchObject([{ status: 'bounced', problem: '5.2.2 ana@home.example 552 Mailbox full' }]);
});

describe('paper', () => {
  interface File {
    name: string;
    layout: { blocks: { type: string; text?: string }[] };
  }

  test('a format is exported, changed, tried and put in use', async () => {
    const { type, own } = desk();
    const [file, pdf] = [join(own, 'ours.json'), join(own, 'ours.pdf')];
    expect((await type('paper', 'export', 'statement', file)).code).toBe(0);
    const format = JSON.parse(readFileSync(file, 'utf8')) as File;
    format.layout.blocks.unshift({ type: 'text', text: 'Save water, {{recipient.name}}!' });
    writeFileSync(file, JSON.stringify(format));
    expect((await type('paper', 'preview', file, '--out', pdf)).code).toBe(0);
    expect((await readPdf(readFileSync(pdf))).text).toContain('Save water, Rivera, Ana M!');
    expect((await type('paper', 'import', file)).err).toContain('belongs to the program');
    const saved = await type('paper', 'import', file, '--code', 'ours', '--name', 'Ours', '--standard');
    expect([saved.code, saved.out]).toEqual([0, 'ours is saved and in use.\n']);
    const listed = JSON.parse((await type('paper', 'list', '--kind', 'statement', '--json')).out) as object[];
    expect(listed[0]).toMatchObject({ code: 'ours', standard: true });
    expect(listed.filter((one) => 'standard' in one && one.standard)).toHaveLength(1);
  });

  test.each([
    ['an unknown name', { type: 'text', text: '{{sesame}}' }, 'blocks.0.text: There is no {{sesame}} on this paper.'],
    ['a way out of the data', { type: 'text', text: '{{constructor}}' }, 'There is no {{constructor}}'],
    ['an unknown block', { type: 'magic' }, 'blocks.0'],
    ['an open section', { type: 'text', text: '{{#charges}}' }, 'blocks.0.text: Unclosed section'],
  ])('a layout with %s is refused, with its place', async (_, block, words) => {
    const { type, own } = desk();
    const file = join(own, 'ours.json');
    await type('paper', 'export', 'statement', file);
    const format = JSON.parse(readFileSync(file, 'utf8')) as File;
    format.layout.blocks.unshift(block);
    writeFileSync(file, JSON.stringify(format));
    const { code, err } = await type('paper', 'import', file, '--code', 'ours');
    expect(code).toBe(1);
    expect(err).toContain(words);
  });

  test('the names that a layout may use are listed with an example', async () => {
    const { out } = await desk().type('paper', 'fields', 'receipt', '--json');
    expect(JSON.parse(out)).toContainEqual({ name: 'parts[].after', example: '118.30' });
  });
});
