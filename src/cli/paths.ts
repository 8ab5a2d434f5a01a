import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { DatabaseAddress } from '#db/database.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** An XDG base folder: the variable when it is absolute (the standard ignores others), else below the home folder. */
function base(env: Env, variable: string, ...fallback: readonly string[]): string {
  const given = env[variable];
  return given?.startsWith('/') ? given : join(env.HOME || homedir(), ...fallback);
}

/** Where data is kept that must not be lost. */
export const dataFolder = (env: Env = process.env): string =>
  join(base(env, 'XDG_DATA_HOME', '.local', 'share'), 'meterdesk');
/** Where logs are kept, and what one wants back after a restart. */
export const stateFolder = (env: Env = process.env): string =>
  join(base(env, 'XDG_STATE_HOME', '.local', 'state'), 'meterdesk');
/** What can be made again at any time. */
export const cacheFolder = (env: Env = process.env): string => join(base(env, 'XDG_CACHE_HOME', '.cache'), 'meterdesk');

/** The database of whoever names none: the demo utility, made at the first start. */
export const defaultDatabaseFile = (env: Env = process.env): string => join(dataFolder(env), 'meterdesk.db');

/**
 * Where the database is: what `--db` says, then `METERDESK_DB`, then `METERDESK_DATABASE_URL`,
 * then the default file. A name that begins with `postgres:` is a server's address.
 */
export function databaseAddress(given: string | null | undefined, env: Env = process.env): DatabaseAddress {
  const named = given || env.METERDESK_DB || env.METERDESK_DATABASE_URL;
  if (!named) return { file: defaultDatabaseFile(env) };
  return /^postgres(ql)?:/.test(named) ? { url: named } : { file: resolve(named) };
}

/** Whether nothing but the default names the database. */
export const isDefaultDatabase = (given: string | null | undefined, env: Env = process.env): boolean =>
  !given && !env.METERDESK_DB && !env.METERDESK_DATABASE_URL;
