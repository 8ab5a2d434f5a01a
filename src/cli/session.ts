import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Database, DatabaseAddress } from '#db/database.ts';
import { civilDateOf, isCivilDate } from '#domain/civil-date.ts';
import type { Actor } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { Call } from '#services/operation.ts';
import type { Clock } from '#services/runner.ts';
import { UsageError } from './exit.ts';
import { firstLine } from './input.ts';
import { keySourceOf } from './key-source.ts';
import { tell } from './output.ts';
import { ownOrigin } from './origin.ts';
import { databaseAddress, filesFolderOf } from './paths.ts';

/** Options that every verb understands. */
export interface GlobalOptions {
  readonly db?: string;
  readonly today?: string;
}

/** Options of verbs that sign in. */
export interface SignInOptions extends GlobalOptions {
  readonly user?: string;
  readonly passwordStdin?: boolean;
}

/** Adds the ways of signing in to a verb. */
export const withSignIn = (command: Command): Command =>
  command
    .option(
      '--user <name>',
      'sign in as this user (METERDESK_USER); password from METERDESK_PASSWORD, a second factor’s code from METERDESK_CODE',
    )
    .option('--password-stdin', 'read the password from the first line of standard input');

/** Real time; the business date is the one given, else the company's, else the machine's. */
export async function clockFor(database: Database, today: string | undefined): Promise<Clock> {
  if (today !== undefined && !isCivilDate(today)) throw new UsageError(`--today ${today}: not a date (YYYY-MM-DD)`);
  const { loadOptions } = await import('#services/options/operations.ts');
  const fixed = today ?? (await loadOptions(database.db)).businessDate;
  return { now: Date.now, today: () => fixed || civilDateOf(Date.now()) };
}

/** Opens the database and brings its schema up to date; closes it when the work is done. */
export async function withDatabase<T>(
  options: GlobalOptions,
  work: (database: Database) => Promise<T>,
  { create = false }: { create?: boolean } = {},
): Promise<T> {
  const address = databaseAddress(options.db);
  if ('file' in address && !create && !existsSync(address.file)) {
    throw new Failure(
      'unavailable',
      `There is no database ${address.file}. Make one: meterdesk demo, or meterdesk migrate.`,
    );
  }
  const database = await opened(address);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** @throws Failure in the operator's words; NewerSchemaError */
async function opened(address: DatabaseAddress): Promise<Database> {
  const { openReady } = await import('#db/ready.ts');
  try {
    return await openReady(address, {
      keys: keySourceOf(address),
      filesFolder: filesFolderOf(),
      onNotice: tell,
    });
  } catch (error) {
    if (error instanceof Error && error.name === 'NewerSchemaError') throw error;
    const { inOperatorWords } = await import('#services/trouble.ts');
    throw inOperatorWords(error);
  }
}

/**
 * Signs in with METERDESK_TOKEN, or with a user and a password from the environment or standard input.
 * @throws Failure `forbidden`
 */
export async function signInFrom(database: Database, options: SignInOptions, now: number): Promise<Actor> {
  const { signIn, signInWithToken } = await import('#services/users/sign-in.ts');
  const { METERDESK_TOKEN: token, METERDESK_USER, METERDESK_PASSWORD, METERDESK_CODE } = process.env;
  const origin = ownOrigin();
  const username = options.user ?? (token ? undefined : METERDESK_USER);
  if (username) {
    const password = options.passwordStdin ? await firstLine() : METERDESK_PASSWORD;
    if (password === undefined) {
      throw new Failure('forbidden', 'No password: set METERDESK_PASSWORD or give --password-stdin.');
    }
    return signIn(database, { username, password, code: METERDESK_CODE }, now, 'call', origin);
  }
  if (token) return signInWithToken(database, token, now, origin);
  throw new Failure('forbidden', 'Not signed in: set METERDESK_TOKEN, or METERDESK_USER and METERDESK_PASSWORD.');
}

/** The way to run operations as that actor. */
export async function runnerOf(database: Database, actor: Actor, clock: Clock): Promise<Call> {
  const { createRunner } = await import('#services/runner.ts');
  const { pdfPress } = await import('#gateways/press/pdf-press.ts');
  const { hostedCards } = await import('./hosted-cards.ts');
  const { openExchange } = await import('#gateways/exchange.ts');
  const exchange = openExchange({ folder: process.cwd() });
  return createRunner({ database, actor, clock, press: pdfPress, exchange, cards: hostedCards });
}

/** Opens, signs in and hands over the runner: what most verbs begin with. */
export function signedIn<T>(options: SignInOptions, work: (call: Call, database: Database) => Promise<T>): Promise<T> {
  return withDatabase(options, async (database) => {
    const clock = await clockFor(database, options.today);
    const actor = await signInFrom(database, options, clock.now());
    return work(await runnerOf(database, actor, clock), database);
  });
}
