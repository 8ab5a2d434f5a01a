import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import type { Database } from '#db/database.ts';
import type { DemoOptions, DemoSummary } from '#db/demo/generate.ts';
import { type CivilDate, civilDateOf, isCivilDate } from '#domain/civil-date.ts';
import { Failure } from '#services/failure.ts';
import { demoNumbersFor } from './demo-numbers.ts';
import { UsageError } from './exit.ts';
import { say, sayJson, tell } from './output.ts';
import { databaseAddress } from './paths.ts';
import { progressLine } from './progress.ts';
import { type GlobalOptions, withDatabase } from './session.ts';

const PERCENT = 100;

interface Options extends GlobalOptions {
  readonly customers: number;
  readonly seed: number;
  readonly months: number;
  readonly json?: boolean;
}

function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const n = Number(text.replaceAll('_', ''));
    if (!Number.isInteger(n) || n < low || n > high)
      throw new InvalidArgumentError(`give a whole number from ${low} to ${high}`);
    return n;
  };
}

/** `demo`: makes a utility of made-up customers with all their history. */
export const demoCommand = (): Command =>
  new Command('demo')
    .summary('make a demo utility')
    .description(
      'Make a utility of made-up customers with their history, in a new database or one without customers. ' +
        'The same options make the same data.',
    )
    .option('--customers <n>', 'how many customers', wholeNumber(1, 5_000_000), 2000)
    .option('--months <n>', 'months of history', wholeNumber(1, 120), 36)
    .option('--seed <n>', 'another number makes another town', wholeNumber(0, Number.MAX_SAFE_INTEGER), 1)
    .option('--json', 'print what was made as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const made = await make(options);
      if (options.json) sayJson(made);
      else await report(made, databaseAddress(options.db));
    });

function dayOf(today: string | undefined): CivilDate {
  if (today === undefined) return civilDateOf(Date.now());
  if (!isCivilDate(today)) throw new UsageError(`--today ${today}: not a date (YYYY-MM-DD)`);
  return today;
}

async function make(options: Options): Promise<DemoSummary> {
  const address = databaseAddress(options.db);
  const { DEMO_PASSWORD } = await import('#db/demo/setup.ts');
  const { hashPassword } = await import('#services/users/password.ts');
  const progress = progressLine();
  const cancelled = new AbortController();
  const cancel = (): void => cancelled.abort(new Failure('refused', 'Cancelled; nothing was kept.'));
  process.once('SIGINT', cancel);
  const demo: DemoOptions = {
    customers: options.customers,
    months: options.months,
    seed: options.seed,
    today: dayOf(options.today),
    passwordHash: await hashPassword(DEMO_PASSWORD),
    sensitive: await demoNumbersFor(address),
    onProgress: (fraction, what) => progress.show(`${what}, %`, Math.floor(fraction * PERCENT), null),
    signal: cancelled.signal,
  };
  try {
    if ('file' in address && !existsSync(address.file)) {
      return await (await import('#db/demo/file.ts')).makeDemoFile(address.file, demo);
    }
    return await withDatabase(options, (database) => fill(database, demo));
  } catch (error) {
    const refused = error instanceof Error && ['NotEmptyError', 'FileThereError'].includes(error.name);
    throw refused ? new Failure('refused', `${error.message}.`) : error;
  } finally {
    process.off('SIGINT', cancel);
    progress.end();
  }
}

async function fill(database: Database, demo: DemoOptions): Promise<DemoSummary> {
  const { generateDemo } = await import('#db/demo/generate.ts');
  const { rebuildIndex } = await import('#db/search/build.ts');
  const made = await generateDemo(database, demo);
  await rebuildIndex(database);
  return made;
}

async function report(made: DemoSummary, address: { file?: string; url?: string }): Promise<void> {
  const { DEMO_PASSWORD, DEMO_USERS } = await import('#db/demo/setup.ts');
  const count = (n: number): string => n.toLocaleString('en-US');
  say(
    `${address.file ?? 'The database'} has ${count(made.customers)} customers at ${count(made.locations)} locations,`,
  );
  say(
    `${count(made.statements)} bills, ${count(made.transactions)} transactions and ${count(made.reads)} meter reads.`,
  );
  tell(`Made in ${made.seconds.toFixed(1)} s.`);
  say(`Sign in as ${DEMO_USERS.map((user) => user.username).join(', ')}; the password is “${DEMO_PASSWORD}”.`);
}
