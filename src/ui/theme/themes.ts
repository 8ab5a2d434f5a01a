import { asciiGlyphs, unicodeGlyphs } from './glyphs.ts';
import type { Glyphs, Style, Theme } from './tokens.ts';

type Styles = Omit<Theme, 'name' | 'glyphs'>;

/** Sixteen-colour names only: over SSH the terminal rarely says that it can do more. */
const dark: Styles = {
  text: {},
  dim: { color: 'gray' },
  title: { color: 'cyanBright', bold: true },
  border: { color: 'gray' },
  key: { color: 'cyanBright', bold: true },
  selected: { inverse: true },
  marked: { color: 'yellowBright', bold: true },
  field: { underline: true },
  fieldActive: { color: 'cyanBright', underline: true, bold: true },
  error: { color: 'redBright', bold: true },
  good: { color: 'greenBright' },
  warning: { color: 'yellowBright' },
  bad: { color: 'redBright' },
  info: { color: 'cyan' },
  match: { color: 'yellowBright', underline: true },
};

const light: Styles = {
  ...dark,
  title: { color: 'blue', bold: true },
  key: { color: 'blue', bold: true },
  marked: { color: 'magenta', bold: true },
  fieldActive: { color: 'blue', underline: true, bold: true },
  error: { color: 'red', bold: true },
  good: { color: 'green' },
  warning: { color: 'magenta' },
  bad: { color: 'red' },
  info: { color: 'blue' },
  match: { color: 'magenta', underline: true },
};

/** Attributes only: nothing is said by colour, so nothing is lost. */
const mono: Styles = {
  text: {},
  dim: {},
  title: { bold: true },
  border: {},
  key: { bold: true },
  selected: { inverse: true },
  marked: { bold: true },
  field: { underline: true },
  fieldActive: { underline: true, bold: true },
  error: { bold: true },
  good: {},
  warning: { bold: true },
  bad: { bold: true },
  info: {},
  match: { underline: true },
};

/** Bright on the terminal's own background, never dimmed. */
const contrast: Styles = {
  ...dark,
  dim: {},
  border: { bold: true },
  text: { bold: true },
  title: { color: 'yellowBright', bold: true, underline: true },
  key: { color: 'yellowBright', bold: true },
  selected: { inverse: true, bold: true },
  good: { color: 'greenBright', bold: true },
  warning: { color: 'yellowBright', bold: true },
  bad: { color: 'redBright', bold: true },
  info: { color: 'cyanBright', bold: true },
};

const styles: Readonly<Record<Theme['name'], Styles>> = { dark, light, mono, contrast };

/** Names of the themes, in the order in which an operator steps through them. */
export const themeNames: readonly Theme['name'][] = ['dark', 'light', 'mono', 'contrast'];

/** The theme of that name, drawn with the signs of that set. */
export function createTheme(name: Theme['name'], glyphs: Glyphs['name'] = 'unicode'): Theme {
  return { name, ...styles[name], glyphs: glyphs === 'ascii' ? asciiGlyphs : unicodeGlyphs };
}

/** The parts of a theme that style text, by name: what a column or a segment may ask for. */
export type Tone = {
  [K in keyof Theme]: Theme[K] extends Style ? K : never;
}[keyof Theme];
