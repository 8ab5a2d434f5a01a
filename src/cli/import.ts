import { Command } from 'commander';
import type { ImportSummary } from '#services/imports/run.ts';
import { UsageError } from './exit.ts';
import { say, sayJson, tell } from './output.ts';
import { progressLine } from './progress.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

interface ImportOptions extends SignInOptions {
  readonly profile?: string;
  readonly dryRun?: boolean;
  readonly acceptValid?: boolean;
  readonly rejects?: string;
  readonly expect: Readonly<Record<string, string>>;
  readonly profiles?: boolean;
  readonly json?: boolean;
}

/** Collects `--expect charges=24858298.92` options. */
function expectation(text: string, before: Readonly<Record<string, string>>): Record<string, string> {
  const match = /^([a-z][\w-]*)=(.+)$/.exec(text);
  if (!match) throw new UsageError(`--expect ${text}: give NAME=AMOUNT, e.g. charges=24858298.92`);
  return { ...before, [match[1]!]: match[2]! };
}

/** `import`: takes a utility's files over by a profile. */
export const importCommand = (): Command =>
  withSignIn(
    new Command('import')
      .summary('import a utility’s files by a profile')
      .description(
        'Import CSV files by a profile, all or nothing. The same files again change nothing; corrected files ' +
          'change what differs. Control totals of files and ledger must be equal to the cent.',
      )
      .argument('[files...]', 'CSV files, each as PATH or ROLE=PATH')
      .option('--profile <name>', 'profile by name, or the path of a profile of your own')
      .option('--dry-run', 'do everything, totals included, and keep nothing')
      .option('--accept-valid', 'keep the good rows when others are rejected')
      .option('--rejects <file>', 'write rejected rows with row number and reason to this file')
      .option('--expect <total>', 'control total that came with the files: NAME=AMOUNT (repeatable)', expectation, {})
      .option('--profiles', 'list the profiles that come with the program')
      .option('--json', 'print the summary as JSON'),
  ).action(async (files: string[], _: unknown, command: Command) => {
    const options = command.optsWithGlobals<ImportOptions>();
    if (options.profiles) return listProfiles(options.json === true);
    if (!options.profile) throw new UsageError('Name a profile: --profile nycha-water (--profiles lists them).');
    if (files.length === 0) throw new UsageError('Name at least one file.');
    await runFiles(options.profile, files, options);
  });

async function listProfiles(asJson: boolean): Promise<void> {
  const { profileList } = await import('#services/imports/profiles.ts');
  if (asJson) return sayJson(profileList);
  for (const { name, title } of profileList) say(`${name.padEnd(16)} ${title}`);
}

async function runFiles(profile: string, files: readonly string[], options: ImportOptions): Promise<void> {
  const { runImport } = await import('#services/imports/run.ts');
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  const progress = progressLine();
  try {
    const summary = await signedIn(options, (call) =>
      call(
        runImport,
        {
          profile,
          files: [...files],
          dryRun: options.dryRun === true,
          acceptValid: options.acceptValid === true,
          rejects: options.rejects ?? null,
          expect: { ...options.expect },
        },
        { progress: progress.show, signal: stop.signal },
      ),
    );
    progress.end();
    if (options.json) sayJson(summary);
    else await sayHuman(summary);
    const { rejected } = summary.rows;
    if (rejected > 0) tell(rejected === 1 ? 'One row was rejected.' : `${rejected} rows were rejected.`);
  } finally {
    progress.end();
    process.off('SIGINT', interrupt);
  }
}

async function sayHuman(summary: ImportSummary): Promise<void> {
  const { tableText } = await import('./table.ts');
  const { rowsOf } = await import('./rows.ts');
  const { totalRows } = await import('#services/imports/shown.ts');
  const { rows } = summary;
  const left = [
    rows.rejected > 0 ? `${rows.rejected} rejected` : '',
    rows.skipped > 0 ? `${rows.skipped} left out by the profile` : '',
    rows.repeated > 0 ? `${rows.repeated} repeated rows left out` : '',
  ].filter(Boolean);
  say(
    `${summary.dryRun ? 'Trial run, nothing kept. ' : ''}${rows.read} rows read${left.map((one) => `, ${one}`).join('')}.`,
  );
  say('');
  say(tableText(rowsOf(summary.records)));
  say('');
  say('Control totals, files against ledger:');
  say(tableText(rowsOf(totalRows(summary))));
  for (const { file, row, reason } of summary.rejects) say(`${file}, row ${row}: ${reason}`);
}
