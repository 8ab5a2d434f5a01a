import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import type { Database } from '#db/database.ts';
import type { Call } from '#services/operation.ts';
import { UsageError } from './exit.ts';
import { say, sayJson, tell } from './output.ts';
import { clockFor, type GlobalOptions, withDatabase } from './session.ts';

/** What waits is sent by nobody in particular: whoever can read the database may, as with `maintain`. */
async function asCourier<T>(options: GlobalOptions, work: (call: Call) => Promise<T>): Promise<T> {
  return withDatabase(options, async (database: Database) => {
    const { courier } = await import('#services/communications/courier.ts');
    const { createRunner } = await import('#services/runner.ts');
    const clock = await clockFor(database, options.today);
    return work(createRunner({ database, actor: courier('job'), clock }));
  });
}

const WORDS: Readonly<Record<string, string>> = {
  sent: 'sent',
  queued: 'to be tried again later',
  failed: 'failed',
  bounced: 'turned down by the receiver’s server',
  lost: 'lost sight of: a program ended while it sent them',
};

const send = (): Command =>
  new Command('send')
    .summary('send mail and print jobs that wait; for a timer')
    .description(
      'Send the e-mails and print jobs whose time has come, one after the other, and say what became of them. ' +
        'Run it every minute; several at once do no harm.',
    )
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { json?: boolean }>();
      const { deliver } = await import('#services/communications/deliver.ts');
      const { carriers } = await import('./carriers.ts');
      const ending = new AbortController();
      const end = (): void => ending.abort();
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, end);
      const counts = await asCourier(options, (call) => deliver(call, carriers, { signal: ending.signal })).finally(
        () => {
          for (const signal of ['SIGTERM', 'SIGINT'] as const) process.off(signal, end);
        },
      );
      if (options.json) return sayJson(counts);
      const parts = Object.entries(counts).map(([state, count]) => `${count} ${WORDS[state] ?? state}`);
      say(parts.length === 0 ? 'Nothing waits.' : `${parts.join(', ')}.`);
    });

/** Files of a folder, or what standard input holds. */
async function* messagesAt(place: string): AsyncGenerator<readonly [name: string, message: Uint8Array]> {
  if (place === '-') {
    const pieces: Buffer[] = [];
    for await (const piece of process.stdin) pieces.push(Buffer.from(piece as Uint8Array));
    yield ['standard input', Buffer.concat(pieces)];
    return;
  }
  const names = await readdir(place).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`${place}: cannot be read (${error.code ?? 'unknown'})`);
  });
  for (const name of names.toSorted()) {
    if (name.toLowerCase().endsWith('.eml')) yield [name, await readFile(join(place, name))];
  }
}

const bounces = (): Command =>
  new Command('bounces')
    .summary('mark returned e-mails by their notifications')
    .description(
      'Read delivery-status notifications (RFC 3464): the .eml files of a folder, or one message on standard input (-), ' +
        'and mark the e-mails that they say are returned. The same notification twice changes nothing.',
    )
    .argument('<place>', 'folder, or -')
    .option('--json', 'as JSON')
    .action(async (place: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { json?: boolean }>();
      const { deliveryStatuses } = await import('#gateways/delivery-status.ts');
      const { recordBounce } = await import('#services/communications/bounced.ts');
      const counts = { marked: 0, known: 0, other: 0 };
      await asCourier(options, async (call) => {
        for await (const [name, message] of messagesAt(place)) {
          const failed = (await deliveryStatuses(message)).filter(({ action }) => action === 'failed');
          if (failed.length === 0) counts.other += 1;
          for (const { messageId, address, status, reason } of failed) {
            if (messageId === null) {
              counts.other += 1;
              tell(`${name}: does not say which message it is about.`);
              continue;
            }
            try {
              const { changed } = await call(recordBounce, { messageId, address, status, reason });
              counts[changed ? 'marked' : 'known'] += 1;
            } catch (error) {
              const { Failure } = await import('#services/failure.ts');
              if (!(error instanceof Failure) || error.code !== 'not_found') throw error;
              counts.other += 1;
              tell(`${name}: ${error.message}`);
            }
          }
        }
      });
      if (options.json) return sayJson(counts);
      say(`${counts.marked} e-mails marked as returned, ${counts.known} known before, ${counts.other} other messages.`);
    });

/** `jobs`: what a timer does. */
export const jobsCommand = (): Command =>
  new Command('jobs')
    .summary('send what waits, and take in what came back')
    .description(
      'Work that a timer does: sending e-mails and print jobs that wait, and reading notifications of returned mail.',
    )
    .addCommand(send())
    .addCommand(bounces());
