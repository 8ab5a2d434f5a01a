import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

const LARGEST = 5_000_000;
/** Room for the places of a fault. */
const LONGEST_VALUE = 600;

/** The log in the XDG state folder. */
export function logPath(env: Readonly<Record<string, string | undefined>>): string {
  const given = env['XDG_STATE_HOME'];
  const state = given && isAbsolute(given) ? given : join(env['HOME'] || homedir(), '.local', 'state');
  return join(state, 'meterdesk', 'meterdesk.log');
}

/**
 * Appends events as JSON lines, readable by the owner only. A log that cannot be written is
 * no reason to stop. The file before the last is kept as `.1`.
 */
export function createLog(path: string): (event: string, fields?: Fields) => void {
  let ready = false;
  return (event, fields = {}) => {
    try {
      if (!ready) prepare(path);
      ready = true;
      const values = Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.slice(0, LONGEST_VALUE) : value,
      ]);
      const line = inAscii({ at: new Date().toISOString(), pid: process.pid, event, ...Object.fromEntries(values) });
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
    } catch {
      // Nowhere to say it.
    }
  };
}

/** With everything beyond printable ASCII escaped: nothing in a log moves the cursor of who reads it. */
const inAscii = (record: object): string =>
  JSON.stringify(record).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function prepare(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LARGEST) renameSync(path, `${path}.1`);
}
