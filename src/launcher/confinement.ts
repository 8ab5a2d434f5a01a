import { mkdirSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { allowedEnvironment } from './allowed-environment.ts';
import type { Confinement, ScreenRequest } from './arguments.ts';

/** Says to the second start that it is one, so that it never starts a third. */
const MARK = 'METERDESK_CONFINED';

/** Rights of the runtime that a confined program never has: each of them leads to another program. */
const NEVER = ['child', 'worker', 'inspector', 'wasi', 'ffi'] as const;

/** Folders and files of a confined session. */
export interface Places {
  /** The folder of the built program. */
  readonly program: string;
  /** Home folder of the account that the session runs under, from the system and not from the environment. */
  readonly home: string;
}

interface Confined extends Pick<ScreenRequest, 'database'> {
  readonly confined: Confinement;
}

/** Folders below a home folder that the program writes its log and its compiled code to. */
const ownFolders = (home: string): string[] => [
  join(home, '.local', 'state', 'meterdesk'),
  join(home, '.cache', 'meterdesk'),
];

/**
 * The options of the runtime for a confined session: it reads the program and its own folders,
 * writes the folders of the database, the exports and the log, and starts nothing.
 */
export function runtimeOptions({ program, home }: Places, { database, confined }: Confined): string[] {
  const file = database !== null && database.startsWith('/') ? database : null;
  const writable = [
    ...(file ? [dirname(file)] : []),
    ...(confined.exports ? [confined.exports] : []),
    ...(confined.files ? [confined.files] : []),
    ...ownFolders(home),
  ];
  const readable = [program, join(dirname(program), 'node_modules'), join(home, '.config', 'meterdesk')];
  const files = [...(confined.keyFile ? [confined.keyFile] : []), ...(file ? [] : [join(home, '.pgpass')])];
  return [
    '--permission',
    // SQLite's library; nothing else native is there. A server is reached by the network instead.
    file ? '--allow-addons' : '--allow-net',
    ...[...readable, ...writable].map((folder) => `--allow-fs-read=${folder}/`),
    ...[...files, '/proc/self/mountinfo'].map((one) => `--allow-fs-read=${one}`),
    ...writable.map((folder) => `--allow-fs-write=${folder}/`),
    // The terminal once more, by a description that does not wait.
    '--allow-fs-write=/proc/self/fd/1',
    '--disable-sigusr1',
    // Warnings of `--allow-addons` and `--allow-net`, which would be drawn over the screen.
    '--disable-warning=SecurityWarning',
    '--disable-warning=ExperimentalWarning',
    '--report-exclude-env',
    '--no-global-search-paths',
  ];
}

/** The environment of a confined session: what is allowed of the given one, and what its command line says. */
export function confinedEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { home }: Places,
  { confined }: Confined,
): Record<string, string> {
  const kept = { ...allowedEnvironment(env), HOME: home };
  return {
    ...kept,
    ...(confined.keyFile ? { METERDESK_KEY_FILE: confined.keyFile } : {}),
    ...(confined.files ? { METERDESK_FILES: confined.files } : {}),
  };
}

/** Whether the runtime refuses this process what a confined one never has. */
const isLockedIn = (): boolean =>
  process.permission !== undefined && NEVER.every((right) => !process.permission.has(right));

const isSame = (env: NodeJS.ProcessEnv, wanted: Readonly<Record<string, string>>): boolean =>
  Object.keys(env).length === Object.keys(wanted).length &&
  Object.entries(wanted).every(([name, value]) => env[name] === value);

/**
 * Confines this process: starts the program anew in its place, with a clean environment and under
 * the permission model of the runtime, unless that has happened. It adds a third to the processor
 * time of a start (measured), which somebody who has the machine to themselves is spared.
 * @returns why the session must not go on; null when it is confined
 */
export function confine(script: string, argv: readonly string[], request: Confined): string | null {
  const places: Places = { program: dirname(script), home: userInfo().homedir };
  const options = runtimeOptions(places, request);
  const env = confinedEnvironment(process.env, places, request);
  const { [MARK]: mark, ...rest } = process.env;
  const started =
    process.execArgv.length === options.length && options.every((one, at) => process.execArgv[at] === one);
  if (mark !== undefined && started) {
    if (!isLockedIn()) return 'the runtime does not refuse to start other programs';
    if (!isSame(rest, env)) return 'its environment is not clean';
    delete process.env[MARK];
    return null;
  }
  // The runtime gives no right to a folder that is not there.
  for (const folder of ownFolders(places.home)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  process.execve?.(process.execPath, [process.execPath, ...options, script, ...argv], { ...env, [MARK]: '1' });
  return 'this runtime cannot start the session anew in its place';
}
