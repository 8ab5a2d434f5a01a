import { open } from 'node:fs/promises';

const OTHERS = 0o077;
/** systemd hands credentials over with a right of the group. */
const OTHERS_BUT_GROUP_READ = 0o037;
const LONGEST = 1000;

/** Where a password is. */
export interface PasswordFile {
  readonly path: string;
  readonly credential: boolean;
}

/**
 * The first line of a file that nobody but its owner can read; null when there is no such file.
 * @param what whose password it is, for messages
 * @throws Error in the administrator's words when others can read it
 */
export async function readPassword(
  { path, credential }: PasswordFile,
  what = 'the mail server’s password',
): Promise<string | null> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'ERR_ACCESS_DENIED') return null;
    throw new Error(`The file of ${what} cannot be read (${error.code ?? 'unknown'}).`);
  });
  if (!handle) return null;
  try {
    const { mode } = await handle.stat();
    if ((mode & (credential ? OTHERS_BUT_GROUP_READ : OTHERS)) !== 0) {
      throw new Error(`The file of ${what} can be read by others. Take their rights away: chmod 600.`);
    }
    const [line = ''] = (await handle.readFile('utf8')).slice(0, LONGEST).split(/\r?\n/, 1);
    return line === '' ? null : line;
  } finally {
    await handle.close();
  }
}
