import { appendFile, readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { Checkpoint } from '#services/audit/checkpoint.ts';
import type { TrailReport } from '#services/audit/verify.ts';
import type { Database } from '#db/database.ts';
import { Ended, EXIT, UsageError } from './exit.ts';
import { safeJson, say, sayJson } from './output.ts';
import { progressLine } from './progress.ts';
import { type GlobalOptions, type SignInOptions, signedIn, withDatabase, withSignIn } from './session.ts';
import { version } from './version.ts';

/** Days of which `verify` tells people the number of entries. */
const DAYS_TOLD = 7;

/** What `--checkpoint FILE` names; none without it. @throws UsageError, Failure */
export async function checkpointsFrom(database: Database, file: string | undefined): Promise<readonly Checkpoint[]> {
  if (file === undefined) return [];
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--checkpoint ${file}: cannot be read (${error.code ?? 'unknown'})`);
  });
  const { assertOwnCheckpoints, readCheckpoints } = await import('#services/audit/checkpoint.ts');
  const checkpoints = readCheckpoints(text);
  await assertOwnCheckpoints(database.db, checkpoints);
  return checkpoints;
}

const checkpoint = (): Command =>
  withSignIn(new Command('checkpoint'))
    .summary('write down where the trail stands')
    .description(
      'Write one line of JSON that says where the audit trail stands now, to a file (at its end) or to standard output. ' +
        'Kept on another machine, such lines show later that the trail was cut or written anew.',
    )
    .argument('[file]', 'the file to add it to (default: standard output)')
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<SignInOptions>();
      const { makeCheckpoint } = await import('#services/audit/checkpoint.ts');
      const made = await signedIn(options, (call) => call(makeCheckpoint, { program: version }));
      const line = `${safeJson(made, 0)}\n`;
      if (file === undefined) {
        process.stdout.write(line);
        return;
      }
      await appendFile(file, line, { mode: 0o600, flush: true }).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`${file}: cannot be written (${error.code ?? 'unknown'})`);
      });
    });

function tellPeople(report: TrailReport, checkpoints: number): void {
  for (const { day, entries } of report.days.slice(-DAYS_TOLD)) say(`${day}  ${entries}`);
  if (report.days.length > DAYS_TOLD) say(`${report.days.length} days in all`);
  for (const finding of report.findings) say(`NO  ${finding}`);
  const compared = checkpoints > 0 ? `, ${report.checkpoints} of ${checkpoints} checkpoints agree` : '';
  const holds = report.findings.length === 0 ? 'The trail is whole' : 'The trail is broken';
  say(`${holds}: ${report.entries} entries follow each other unchanged${compared}.`);
}

/** Whoever can read the file may, as with `check`. */
const verify = (): Command =>
  new Command('verify')
    .summary('prove that no entry was changed or is missing')
    .description(
      'Follow the audit trail from its first entry to its last and name the first that was changed, added or is missing. ' +
        'With checkpoints also whether its end was cut off or all of it written anew. Ends with 1 when something does not hold.',
    )
    .option('--checkpoint <file>', 'lines that `audit checkpoint` wrote')
    .option('--json', 'as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { checkpoint?: string; json?: boolean }>();
      const { report, given } = await withDatabase(options, async (database) => {
        const checkpoints = await checkpointsFrom(database, options.checkpoint);
        const { verifyTrail } = await import('#services/audit/verify.ts');
        const end = await database.db
          .selectFrom('audit_entry')
          .select((eb) => eb.fn.max('seq').as('seq'))
          .executeTakeFirst();
        const progress = progressLine();
        try {
          const onEntries = (entries: number) => progress.show('entries', entries, end?.seq ?? entries);
          return { report: await verifyTrail(database.db, { checkpoints, onEntries }), given: checkpoints.length };
        } finally {
          progress.end();
        }
      });
      if (options.json) sayJson(report);
      else tellPeople(report, given);
      if (report.findings.length > 0) throw new Ended(EXIT.failed);
    });

/** `audit`: proofs about the audit trail; reading it is `call audit.list`. */
export const auditCommand = (): Command =>
  new Command('audit')
    .summary('prove the audit trail, and write checkpoints of it')
    .description('Checkpoints of the audit trail for another machine, and the proof that nothing in it was changed.')
    .addCommand(checkpoint())
    .addCommand(verify());
