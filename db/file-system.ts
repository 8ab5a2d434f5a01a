import { readFileSync, realpathSync } from 'node:fs';
import { UnsafeDatabaseError } from './unsafe.ts';

/**
 * File systems that reach another machine or another kernel: their locks and shared memory do
 * not hold between processes, which the write-ahead log lives by (sqlite.org/wal.html).
 */
const NETWORK =
  /^(?:nfs|nfs4|cifs|smb|smb2|smb3|smbfs|afs|coda|ncpfs|9p|virtiofs|ceph|glusterfs|lustre|gpfs|beegfs|orangefs|pvfs2|ocfs2|gfs|gfs2|davfs|fuse|fuse\..+)$/;

/** Spaces and the like are written as octal numbers in a table of mounts. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const isWithin = (folder: string, point: string): boolean =>
  point === '/' || folder === point || folder.startsWith(`${point}/`);

/**
 * The kind of file system that a folder is on, by Linux' table of mounts: the longest mount
 * point that leads to it, of equal ones the one mounted last. Null when the table has none.
 * @param mounts the text of `/proc/self/mountinfo` (proc(5))
 * @param folder absolute, with links resolved
 */
export function fileSystemOf(mounts: string, folder: string): string | null {
  let found: { readonly point: string; readonly type: string } | null = null;
  for (const line of mounts.split('\n')) {
    const [before, after] = line.split(' - ');
    const point = before?.split(' ')[4];
    const type = after?.split(' ')[0];
    if (point === undefined || type === undefined) continue;
    const at = unescaped(point);
    if (isWithin(folder, at) && (found === null || at.length >= found.point.length)) found = { point: at, type };
  }
  return found?.type ?? null;
}

/** Whether a database must not be on that kind of file system. */
export const isNetwork = (type: string): boolean => NETWORK.test(type);

/**
 * Refuses a folder of which the machine says that it is on the network. Where the system
 * has no such table (it is Linux') nothing is known and nothing refused.
 * @throws UnsafeDatabaseError
 */
export function assertLocal(folder: string, table = '/proc/self/mountinfo'): void {
  let mounts: string;
  try {
    mounts = readFileSync(table, 'utf8');
  } catch {
    return;
  }
  const type = fileSystemOf(mounts, realpathSync(folder));
  if (type === null || !isNetwork(type)) return;
  throw new UnsafeDatabaseError(
    `${folder} is on a network file system (${type}), where several users would damage a SQLite database. ` +
      'Keep it on a disk of this machine, or use PostgreSQL.',
  );
}
