import type { LaunchOptions } from '#app/launch-options.ts';

export type ThemeName = LaunchOptions['theme'];

/** What the arguments ask for: a headless verb (help and wrong usage too), the version, or the full-screen program. */
export type Request =
  | { readonly kind: 'verb' }
  | { readonly kind: 'version' }
  | { readonly kind: 'refused'; readonly reason: string }
  | ({ readonly kind: 'screen' } & ScreenRequest);

/** A session in which the command line alone says what may be used: no environment, no other files, no processes. */
export interface Confinement {
  /** Folder that exports go to; null: none are made. */
  readonly exports: string | null;
  /** Folder of documents' files, of a server's database; null: none are kept or opened. */
  readonly files: string | null;
  /** File of the master key, where it is not at its usual place. */
  readonly keyFile: string | null;
}

export interface ScreenRequest {
  readonly theme: ThemeName | null;
  readonly ascii: boolean;
  readonly screenReader: boolean;
  readonly database: string | null;
  readonly today: string | null;
  /** Null: an ordinary session of somebody who has the machine to themselves. */
  readonly confined: Confinement | null;
}

const THEMES: readonly string[] = ['dark', 'light', 'mono', 'contrast'] satisfies ThemeName[];
const VALUED = new Set(['--db', '--today', '--theme']);
const SWITCHES: ReadonlySet<string> = new Set(['--ascii', '--screen-reader']);
const CONFINED = '--confined';
const CONFINED_VALUED = new Set([...VALUED, '--exports', '--files', '--key-file']);
const CONFINED_SWITCHES: ReadonlySet<string> = new Set([...SWITCHES, CONFINED]);

/**
 * Reads the few options of the full-screen program; everything else is for the headless verbs to
 * read or refuse. In a confined session there are no verbs: what is no option is refused here.
 */
export function readArguments(argv: readonly string[]): Request {
  if (!argv.includes(CONFINED)) return screenRequest(argv, VALUED, SWITCHES);
  const request = screenRequest(argv, CONFINED_VALUED, CONFINED_SWITCHES);
  if (request.kind !== 'screen') {
    return { kind: 'refused', reason: 'a confined session takes options of the full-screen program only, no verbs' };
  }
  const reason = confinedRefusal(request);
  return reason === null ? request : { kind: 'refused', reason };
}

/** What is wrong with a confined session's options; null when nothing is. */
function confinedRefusal({ database, confined }: ScreenRequest): string | null {
  if (database === null) return 'a confined session needs --db';
  if (/^postgres(ql)?:/.test(database)) {
    // Everybody on the machine can read the process list.
    if (/^[^:]+:\/\/[^@/]*:[^@/]*@|[?&]password=/.test(database)) {
      return 'the password of the database does not belong on a command line: keep it in ~/.pgpass';
    }
  } else if (!isPlace(database)) return '--db needs an absolute path';
  if (confined?.exports && !isPlace(confined.exports)) return '--exports needs an absolute path';
  if (confined?.files && !isPlace(confined.files)) return '--files needs an absolute path';
  if (confined?.keyFile && !isPlace(confined.keyFile)) return '--key-file needs an absolute path';
  return null;
}

/** An absolute path that means one place: the runtime would take a star for many. */
const isPlace = (path: string): boolean => path.startsWith('/') && !/[*,\0]|\/\.\.?(?:\/|$)/.test(path);

function screenRequest(
  argv: readonly string[],
  valued: ReadonlySet<string>,
  switches: ReadonlySet<string>,
): Exclude<Request, { kind: 'refused' }> {
  const values = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '-V' || argument === '--version') return { kind: 'version' };
    const [name = '', attached] = argument.startsWith('--') ? splitOnce(argument) : [argument, undefined];
    if (valued.has(name)) {
      const value = attached ?? argv[(index += 1)];
      if (value === undefined) return { kind: 'verb' };
      values.set(name, value);
    } else if (switches.has(argument)) values.set(argument, '');
    else return { kind: 'verb' };
  }
  const theme = values.get('--theme') ?? null;
  const today = values.get('--today') ?? null;
  if (theme !== null && !THEMES.includes(theme)) return { kind: 'verb' };
  if (today !== null && !/^\d{4}-\d\d-\d\d$/.test(today)) return { kind: 'verb' };
  return {
    kind: 'screen',
    theme: theme as ThemeName | null,
    ascii: values.has('--ascii'),
    screenReader: values.has('--screen-reader'),
    database: values.get('--db') ?? null,
    today,
    confined: values.has(CONFINED)
      ? {
          exports: values.get('--exports') ?? null,
          files: values.get('--files') ?? null,
          keyFile: values.get('--key-file') ?? null,
        }
      : null,
  };
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}
