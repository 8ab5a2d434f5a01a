import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { resendCommunication } from '#services/communications/change.ts';
import { mailPaper } from '#services/paper/send.ts';
import { runnerFor } from '#test/support/database.ts';
import { mailServer } from '#test/support/mail-server.ts';
import { billed, setOptions } from '#test/services/paper/billed.ts';
import { record, sized } from './record.ts';

const SENDERS = 2;

/** A file is written to in transactions only. */
const writing = <T>(database: Database, work: (open: Database) => Promise<T>): Promise<T> =>
  database.transaction((db) => work({ ...database, db }));

/** A utility whose customer waits for so many messages. */
async function waiting(server: string, count: number): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-mail-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'utility.db');
  const database = await openReady({ file });
  const { account } = await writing(database, async (open) => {
    await setOptions(open, { mailServer: server, mailFrom: 'bills@water.example' });
    return billed({ email_notices: 1 }, open);
  });
  const call = runnerFor(database);
  const [first] = await call(mailPaper, { kind: 'statement', accountId: account.id, detail: false });
  for (let more = 1; more < count; more++) await call(resendCommunication, { communicationId: first!.communicationId });
  await database.close();
  return file;
}

/** `meterdesk jobs send` in a process of its own. */
function sender(file: string) {
  const script = new URL('../support/run-cli.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, '--db', file, 'jobs', 'send'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { ended, kill: () => child.kill('SIGKILL') };
}

async function within<T>(file: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openReady({ file });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** As when the time of a claim has passed: whoever held one is dead. */
const timePasses = (file: string): Promise<unknown> =>
  within(file, (database) =>
    writing(database, ({ db }) =>
      db.updateTable('communication').set({ locked_until: 0 }).where('status', '=', 'sending').execute(),
    ),
  );

test('mail whose senders are killed at random goes out once or is said to be in doubt, never twice', async () => {
  const server = await mailServer();
  const count = sized(20, 400);
  const file = await waiting(server.address, count);
  let kills = 0;
  for (let left = count; left > 0;) {
    const senders = Array.from({ length: SENDERS }, () => sender(file));
    const done = Promise.all(senders.map(({ ended }) => ended));
    const enough = server.taken.length + 1 + Math.floor(Math.random() * sized(5, 20));
    await Promise.race([done, server.arrived(enough)]);
    for (const one of senders) kills += one.kill() ? 1 : 0;
    await done;
    await timePasses(file);
    left = await within(
      file,
      async ({ db }) =>
        (await db.selectFrom('communication').select('id').where('status', '=', 'queued').execute()).length,
    );
  }
  const last = sender(file);
  await last.ended;
  const rows = await within(file, ({ db }) => db.selectFrom('communication').selectAll().execute());
  const arrived = await Promise.all(
    server.taken.map(async ({ raw }) => (await PostalMime.parse(Buffer.from(raw, 'base64'))).messageId!),
  );
  const at = new Set(arrived);
  const over = `${count} messages, ${kills} kills of ${SENDERS} senders at a time`;
  record('senders killed: mail sent twice', arrived.length - at.size, over);
  const lost = rows.filter(({ status, message_id }) => status === 'sent' && !at.has(message_id!)).length;
  record('senders killed: said to be sent and not there', lost, over);
  expect(rows).toHaveLength(count);
  expect(kills).toBeGreaterThan(0);
  expect([arrived.length - at.size, lost]).toEqual([0, 0]);
  for (const { status, problem } of rows) {
    if (status !== 'sent') expect([status, problem]).toEqual(['failed', expect.stringMatching(/may have gone out/)]);
  }
});
