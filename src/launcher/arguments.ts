import type { LaunchOptions } from '#app/launch-options.ts';

export type ThemeName = LaunchOptions['theme'];

/** What the arguments ask for: a headless verb (help and wrong usage too), the version, or the full-screen program. */
export type Request =
  | { readonly kind: 'verb' }
  | { readonly kind: 'version' }
  | ({ readonly kind: 'screen' } & ScreenRequest);

export interface ScreenRequest {
  readonly theme: ThemeName | null;
  readonly ascii: boolean;
  readonly screenReader: boolean;
  readonly database: string | null;
  readonly today: string | null;
}

const THEMES: readonly string[] = ['dark', 'light', 'mono', 'contrast'] satisfies ThemeName[];
const VALUED = new Set(['--db', '--today', '--theme']);

/** Reads the few options of the full-screen program; everything else is for the headless verbs to read or refuse. */
export function readArguments(argv: readonly string[]): Request {
  const values = new Map<string, string>();
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument === '-V' || argument === '--version') return { kind: 'version' };
    const [name = '', attached] = argument.startsWith('--') ? splitOnce(argument) : [argument, undefined];
    if (VALUED.has(name)) {
      const value = attached ?? argv[(index += 1)];
      if (value === undefined) return { kind: 'verb' };
      values.set(name, value);
    } else if (argument === '--ascii' || argument === '--screen-reader') values.set(argument, '');
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
  };
}

function splitOnce(argument: string): [string, string | undefined] {
  const at = argument.indexOf('=');
  return at < 0 ? [argument, undefined] : [argument.slice(0, at), argument.slice(at + 1)];
}
