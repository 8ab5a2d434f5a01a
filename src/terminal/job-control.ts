import { readFileSync } from 'node:fs';

/** What of `/proc/PID/stat` tells who would take over from a stopped process. */
export interface ProcessPlace {
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

const STATE_PARENT_GROUP_SESSION = /^. (\d+) (\d+) (\d+) /;

/** Place of a process in its session; null where the system does not tell. */
function placeOf(id: number): ProcessPlace | null {
  try {
    const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
    // The command's name stands in parentheses and may hold anything.
    const found = STATE_PARENT_GROUP_SESSION.exec(stat.slice(stat.lastIndexOf(')') + 2));
    return found && { parent: Number(found[1]), group: Number(found[2]), session: Number(found[3]) };
  } catch {
    return null;
  }
}

/**
 * Whether a shell waits behind this process group, to take over when it is stopped: a parent of
 * another group in the same session. Without one (a command of ssh, a window of tmux) the system
 * discards the stop. True where the system does not tell.
 */
export function hasShellBehind(id = process.pid, place: (id: number) => ProcessPlace | null = placeOf): boolean {
  const own = place(id);
  if (own === null) return true;
  for (let at: ProcessPlace | null = own; at !== null && at.parent > 0;) {
    const parent = place(at.parent);
    if (parent === null || parent.session !== own.session) return false;
    if (parent.group !== own.group) return true;
    at = parent;
  }
  return false;
}
