import type { Key } from '#keymap/keys.ts';

/** Modifier bits as xterm and the CSI-u protocol send them, after taking off the leading one. */
const SHIFT = 1;
const ALT = 2;
const CTRL = 4;
/** Super, hyper, meta: keys with these belong to the window system. */
const FOREIGN = 8 + 16 + 32;

const SHIFTED_FUNCTION = /^f([1-9]|1[0-2])$/;

/**
 * The key's name with its modifiers in the order ctrl, alt, shift. Shift with F1 to F12 is
 * F13 to F24: that is what terminals have meant by those keys since the VT220, and most of
 * them cannot tell the two apart. Null when a modifier is not ours to handle.
 */
export function withModifiers(name: string, bits: number): Key | null {
  if (bits & FOREIGN) return null;
  let base = name;
  let shift = (bits & SHIFT) !== 0;
  const functionKey = shift ? SHIFTED_FUNCTION.exec(base) : null;
  if (functionKey) {
    base = `f${Number(functionKey[1]) + 12}`;
    shift = false;
  }
  return (bits & CTRL ? 'ctrl+' : '') + (bits & ALT ? 'alt+' : '') + (shift ? 'shift+' : '') + base;
}

/** `CSI … letter` and `SS3 letter`: xterm, VT100. */
export const LETTER_KEYS: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'begin',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** `SS3 letter` of a keypad in application mode: what is printed on the key. */
export const KEYPAD_KEYS: Readonly<Record<string, string>> = {
  M: 'enter',
  I: 'tab',
  ' ': 'space',
  X: '=',
  j: '*',
  k: '+',
  l: ',',
  m: '-',
  n: '.',
  o: '/',
  p: '0',
  q: '1',
  r: '2',
  s: '3',
  t: '4',
  u: '5',
  v: '6',
  w: '7',
  x: '8',
  y: '9',
};

/** `CSI number ~`: VT220, xterm, rxvt. */
export const NUMBER_KEYS: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
  25: 'f13',
  26: 'f14',
  28: 'f15',
  29: 'f16',
  31: 'f17',
  32: 'f18',
  33: 'f19',
  34: 'f20',
  42: 'f21',
  43: 'f22',
  44: 'f23',
  45: 'f24',
};

/** `CSI [ letter`: the Linux console's first five function keys. */
export const CONSOLE_KEYS: Readonly<Record<string, string>> = { A: 'f1', B: 'f2', C: 'f3', D: 'f4', E: 'f5' };

/** rxvt's arrows with a modifier: `CSI a` is Shift, `SS3 a` is Ctrl. */
export const RXVT_ARROWS: Readonly<Record<string, string>> = { a: 'up', b: 'down', c: 'right', d: 'left' };

/** rxvt ends `CSI number` with a sign in place of `~` to say which modifiers were held. */
export const RXVT_ENDINGS: Readonly<Record<string, number>> = { '~': 0, $: SHIFT, '^': CTRL, '@': SHIFT | CTRL };

/** Key codes of CSI-u and of xterm's `CSI 27;modifiers;code~` that are not the character itself. */
export const CODE_KEYS: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  13: 'enter',
  27: 'escape',
  32: 'space',
  127: 'backspace',
  57409: ',',
  57410: '/',
  57411: '*',
  57412: '-',
  57413: '+',
  57414: 'enter',
  57415: '=',
  57416: ',',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57425: 'insert',
  57426: 'delete',
  57427: 'begin',
};

/** Name of a key code: function keys and keypad digits of the kitty protocol, named keys, characters. */
export function codeName(code: number): string | null {
  const named = CODE_KEYS[code];
  if (named) return named;
  if (code >= 57376 && code <= 57387) return `f${code - 57376 + 13}`;
  if (code >= 57399 && code <= 57408) return String(code - 57399);
  if (code < 32 || (code >= 0xd800 && code <= 0xf8ff) || code > 0x10ffff) return null;
  return String.fromCodePoint(code);
}

/** C0 controls as keys. Ctrl with I, M, H and [ are the same bytes as Tab, Enter, Backspace and Escape. */
export function controlName(code: number): Key {
  if (code === 0) return 'ctrl+space';
  if (code === 8 || code === 127) return 'backspace';
  if (code === 9) return 'tab';
  // A line feed is Enter typed before raw mode, which the terminal's line editing turned into one.
  if (code === 13 || code === 10) return 'enter';
  if (code === 27) return 'escape';
  if (code <= 26) return `ctrl+${String.fromCharCode(code + 96)}`;
  return `ctrl+${String.fromCharCode(code + 64)}`;
}

/** Ctrl combined with Alt in front: `alt+enter`, `ctrl+alt+a`. */
export function withAlt(key: Key): Key {
  return key.startsWith('ctrl+') ? `ctrl+alt+${key.slice(5)}` : `alt+${key}`;
}
