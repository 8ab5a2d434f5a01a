import { homedir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import type { DatabaseAddress } from '#db/database.ts';
import type { KeyFile } from '#gateways/key-file.ts';
import type { PasswordFile } from '#gateways/password-file.ts';

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

/** Settings of this machine or user, apart from the data. */
export const configFolder = (env: Env = process.env): string =>
  join(base(env, 'XDG_CONFIG_HOME', '.config'), 'meterdesk');

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

/** Name by which systemd hands the key over (`LoadCredentialEncrypted=meterdesk-key:…`). */
const CREDENTIAL = 'meterdesk-key';

/**
 * Where the master key of a database is: what `METERDESK_KEY_FILE` says, then systemd's
 * credentials, then a file of the database's name in the folder of settings. Never in the
 * database's own folder.
 */
export function keyFileOf(address: DatabaseAddress, env: Env = process.env): KeyFile {
  const databaseFile = 'file' in address ? address.file : null;
  const { METERDESK_KEY_FILE: given, CREDENTIALS_DIRECTORY: credentials } = env;
  if (given) return { path: resolve(given), databaseFile };
  if (credentials) return { path: join(credentials, CREDENTIAL), credential: true, databaseFile };
  const name = 'file' in address ? basename(address.file, extname(address.file)) : serverDatabase(address.url);
  return { path: join(configFolder(env), 'keys', name || 'meterdesk'), databaseFile };
}

const serverDatabase = (url: string): string => new URL(url).pathname.slice(1).replaceAll(/[^\w.-]/g, '_');

/** Folder of the files of documents, of a server's database; a file's are beside it. */
export const filesFolderOf = (env: Env = process.env): string | undefined =>
  env.METERDESK_FILES ? resolve(env.METERDESK_FILES) : undefined;

/** Name by which systemd hands over the password of the mail server. */
const MAIL_CREDENTIAL = 'meterdesk-mail';

/**
 * Where the password of the mail server is: what `METERDESK_MAIL_PASSWORD_FILE` says, then systemd's
 * credentials, then a file in the folder of settings.
 */
export function mailPasswordFile(env: Env = process.env): PasswordFile {
  const { METERDESK_MAIL_PASSWORD_FILE: given, CREDENTIALS_DIRECTORY: credentials } = env;
  if (given) return { path: resolve(given), credential: false };
  if (credentials) return { path: join(credentials, MAIL_CREDENTIAL), credential: true };
  return { path: join(configFolder(env), 'mail-password'), credential: false };
}

/** Name by which systemd hands over the secret agreed with the card processor. */
const CARD_CREDENTIAL = 'meterdesk-card';

/** Where that secret is: what `METERDESK_CARD_SECRET_FILE` says, then as the password of the mail server. */
export function cardSecretFile(env: Env = process.env): PasswordFile {
  const { METERDESK_CARD_SECRET_FILE: given, CREDENTIALS_DIRECTORY: credentials } = env;
  if (given) return { path: resolve(given), credential: false };
  if (credentials) return { path: join(credentials, CARD_CREDENTIAL), credential: true };
  return { path: join(configFolder(env), 'card-secret'), credential: false };
}
