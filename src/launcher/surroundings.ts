import type { ScreenRequest, ThemeName } from './arguments.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Terminals that draw no colours. */
const COLOURLESS = /^(?:vt\d+|xterm-mono|.*-m)$/;

/** Colours: as asked for, none with `NO_COLOR`, light where the terminal says that its background is. */
export function chooseTheme(request: ScreenRequest, env: Env): ThemeName {
  if (request.theme !== null) return request.theme;
  if (env['NO_COLOR'] || COLOURLESS.test(env['TERM'] ?? '')) return 'mono';
  const background = /;(\d+)$/.exec(env['COLORFGBG'] ?? '')?.[1];
  return background === '7' || background === '15' ? 'light' : 'dark';
}

/** Signs: ASCII when asked for, or where the locale names an encoding other than UTF-8. */
export function chooseGlyphs(request: ScreenRequest, env: Env): 'unicode' | 'ascii' {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'UTF-8';
  return request.ascii || !/utf-?8/i.test(locale) ? 'ascii' : 'unicode';
}

/** Linear output, when asked for in one of the usual ways. */
export const wantsScreenReader = (request: ScreenRequest, env: Env): boolean =>
  request.screenReader || isOn(env['ACCESSIBLE']) || isOn(env['INK_SCREEN_READER']);

const isOn = (value: string | undefined): boolean => value !== undefined && !['', '0', 'false'].includes(value);

/** Why the full-screen program cannot start here, in one sentence; null when it can. */
export function refusal(streams: { readonly input: boolean; readonly output: boolean }, env: Env): string | null {
  const hint = 'Verbs that print work anywhere: see "meterdesk --help".';
  if (!streams.output) return `The full-screen program needs a terminal, and its output goes elsewhere. ${hint}`;
  if (!streams.input) return `The full-screen program needs a terminal, and its input comes from elsewhere. ${hint}`;
  if (env['TERM'] === 'dumb') return `This terminal (TERM=dumb) cannot place text on the screen. ${hint}`;
  return null;
}
