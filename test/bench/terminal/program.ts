import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Line, type LineOptions } from './line.ts';

const root = new URL('../../..', import.meta.url).pathname;
export const PROGRAM = join(root, 'dist', 'meterdesk.cjs');
export const BARE_LIST = new URL('./bare-list.ts', import.meta.url).pathname;

const USER = 'alice';
const PASSWORD = 'demo';

/** Runs `work` with a folder of its own for state and logs, and throws it away afterwards. */
export async function withFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The program at the end of a line, not signed in; the database is not copied: nothing is changed in it but sessions. */
export function launch(
  database: string,
  folder: string,
  line: LineOptions = {},
  env: Record<string, string> = {},
): Line {
  if (!existsSync(PROGRAM)) throw new Error('there is no build: run "npm run build" first');
  return new Line({ argv: [PROGRAM, '--db', database], env: { XDG_STATE_HOME: folder, ...env }, ...line });
}

/** Signs in and opens the list of all accounts. */
export async function openList(line: Line): Promise<void> {
  await line.until((screen) => screen.includes('Sign in as'), 'the demo users');
  line.send(`${USER}\r`);
  await line.quiet();
  line.send(`${PASSWORD}\r`);
  await line.until((screen) => screen.includes('Go to'), 'the home screen');
  line.send('=LUK\r');
  const listed = (screen: string) => screen.includes('all accounts by name') && /^ *> \S/m.test(screen);
  await line.until((screen) => listed(screen) && /^\s*more below/m.test(screen), 'the list');
  await line.quiet();
}
