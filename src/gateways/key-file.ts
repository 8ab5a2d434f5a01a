import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

/** Why a key file was not read or made, in the administrator's words. */
export class KeyFileRefused extends Error {
  constructor(reason: string, cause?: unknown) {
    super(reason, cause === undefined ? undefined : { cause });
    this.name = 'KeyFileRefused';
  }
}

/** Where a master key is. */
export interface KeyFile {
  readonly path: string;
  /** Handed over by systemd, whose access list shows as a right of the group. */
  readonly credential?: boolean;
  /** The database file whose values it seals: the key is never kept with it. Null on a server. */
  readonly databaseFile: string | null;
}

/** First line of a key file; another number will mean another form. */
const VERSION = 'meterdesk-key 1';
const KEY_BYTES = 32;
const OTHERS = 0o077;
const OTHERS_BUT_GROUP_READ = 0o037;
const OWNER_ONLY = 0o600;
const ROOT = 0;

/**
 * The 32 bytes of the master key.
 * @throws KeyFileRefused when it is not there, others can read it, it lies with the database, or it is not a key
 */
export async function readKeyFile(file: KeyFile): Promise<Uint8Array> {
  const handle = await open(file.path, constants.O_RDONLY | constants.O_NONBLOCK).catch((error: unknown) => {
    throw unreadable(file.path, error);
  });
  try {
    await assertApart(file);
    const stat = await handle.stat();
    if (!stat.isFile()) throw new KeyFileRefused(`${file.path} is not a file.`);
    if ((stat.mode & (file.credential ? OTHERS_BUT_GROUP_READ : OTHERS)) !== 0) {
      throw new KeyFileRefused(`${file.path} can be read by others. Take their rights away: chmod 600.`);
    }
    const own = process.getuid?.();
    if (own !== undefined && stat.uid !== own && stat.uid !== ROOT) {
      throw new KeyFileRefused(`${file.path} belongs to another user.`);
    }
    return decode(file.path, await handle.readFile('latin1'));
  } finally {
    await handle.close();
  }
}

function unreadable(path: string, error: unknown): KeyFileRefused {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new KeyFileRefused(
      `There is no key file ${path}. Put it there, or make the first one: meterdesk keys init.`,
      error,
    );
  }
  return new KeyFileRefused(`${path} cannot be read.`, error);
}

function decode(path: string, text: string): Uint8Array {
  const [version, key = '', ...rest] = text.trimEnd().split('\n');
  if (version !== VERSION) throw new KeyFileRefused(`${path} is not a key file of this version.`);
  const bytes = Buffer.from(key, 'base64');
  if (rest.length > 0 || bytes.length !== KEY_BYTES || bytes.toString('base64') !== key) {
    throw new KeyFileRefused(`${path} is damaged: it holds no whole key.`);
  }
  return bytes;
}

/** A copy of the database's folder must not be a copy of its key. */
async function assertApart({ path, databaseFile }: KeyFile): Promise<void> {
  if (databaseFile === null) return;
  const real = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));
  if ((await real(dirname(path))) === (await real(dirname(databaseFile)))) {
    throw new KeyFileRefused(`${path} lies beside the database. Move it to a folder that is not copied with it.`);
  }
}

/**
 * Makes a key file of random bytes that only its owner can read; never replaces one.
 * @throws KeyFileRefused when there is a file already, or none can be written
 */
export async function makeKeyFile(file: KeyFile): Promise<void> {
  const folder = dirname(file.path);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await assertApart(file);
    const handle = await open(file.path, 'wx', OWNER_ONLY);
    try {
      await handle.writeFile(`${VERSION}\n${randomBytes(KEY_BYTES).toString('base64')}\n`);
      await handle.sync();
    } catch (error) {
      await rm(file.path, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof KeyFileRefused) throw error;
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new KeyFileRefused(
      there ? `${file.path} is there already; a key is never replaced.` : `${file.path} cannot be written.`,
      error,
    );
  }
}
