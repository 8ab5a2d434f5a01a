import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';

/** What of a process tells who is behind it, from the kernel. */
export interface ProcessOwner {
  readonly name: string;
  readonly parent: number;
  /** Real and effective user. */
  readonly uid: number;
  readonly effectiveUid: number;
}

export type ReadProcess = (id: number) => ProcessOwner | null;

const ROOT = 0;
/** Sudo with a terminal of its own has a second process between the command and itself. */
const SUDO_PROCESSES = 2;

/** From `/proc`; null where the system does not tell, or hides the processes of others. */
export function readProcess(id: number): ProcessOwner | null {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const field = (name: string) => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(status)?.[1];
    const [uid, effectiveUid] = (field('Uid') ?? '').split(/\s+/).map(Number);
    const parent = Number(field('PPid'));
    const name = field('Name');
    if (name === undefined || !Number.isInteger(uid) || !Number.isInteger(parent)) return null;
    return { name, parent, uid: uid!, effectiveUid: effectiveUid! };
  } catch {
    return null;
  }
}

/**
 * The user who called this process by sudo, by what the kernel says of the processes above: the parent is
 * sudo, run by root, and the first process above it that is not root's belongs to the caller. Nothing is
 * taken from the environment, which the caller can set: `sudo -u billing env SUDO_USER=… meterdesk`.
 * Null unless that is beyond doubt.
 */
export function sudoCaller(own: number, read: ReadProcess): number | null {
  const self = read(own);
  if (self === null || self.uid === ROOT || self.uid !== self.effectiveUid) return null;
  const isSudo = (process: ProcessOwner | null) => process?.name === 'sudo' && process.effectiveUid === ROOT;
  let above = read(self.parent);
  if (!isSudo(above)) return null;
  for (let n = 1; n < SUDO_PROCESSES && isSudo(read(above!.parent)); n++) above = read(above!.parent);
  // Sudo's own real user is the caller until it has become root.
  while (above !== null && above.uid === ROOT) above = above.parent > 1 ? read(above.parent) : null;
  return above === null || above.uid === self.uid ? null : above.uid;
}

/** Name of a user in the text of `/etc/passwd`; the number where it is not there, as with directories. */
export function nameOfUser(uid: number, passwd: string): string {
  const entry = passwd.split('\n').find((row) => row.split(':')[2] === String(uid));
  return entry?.split(':')[0] || String(uid);
}

function passwdFile(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

/** The user of the operating system who works here: the process's own, or who called it by sudo. */
export function osUser(mode: 'user' | 'sudo'): string | null {
  if (mode === 'sudo') {
    const uid = sudoCaller(process.pid, readProcess);
    return uid === null ? null : nameOfUser(uid, passwdFile());
  }
  if (process.getuid?.() !== process.geteuid?.()) return null;
  return userInfo().username;
}
