/** What an xterm sends for the keys that are named, not typed. */
const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  'shift+tab': '\x1b[Z',
  esc: '\x1b',
  backspace: '\x7f',
  space: ' ',
  delete: '\x1b[3~',
  insert: '\x1b[2~',
  up: '\x1b[A',
  down: '\x1b[B',
  right: '\x1b[C',
  left: '\x1b[D',
  home: '\x1b[H',
  end: '\x1b[F',
  pageup: '\x1b[5~',
  pagedown: '\x1b[6~',
  f1: '\x1bOP',
  f2: '\x1bOQ',
  f3: '\x1bOR',
  f4: '\x1bOS',
  f5: '\x1b[15~',
  f6: '\x1b[17~',
  f7: '\x1b[18~',
  f8: '\x1b[19~',
  f9: '\x1b[20~',
  f10: '\x1b[21~',
  f11: '\x1b[23~',
  f12: '\x1b[24~',
};

const ARROW: Readonly<Record<string, string>> = { up: 'A', down: 'B', right: 'C', left: 'D', home: 'H', end: 'F' };
const MODIFIER: Readonly<Record<string, number>> = { shift: 2, alt: 3, ctrl: 5 };

/** The bytes of a key in the program's own vocabulary: `f2`, `ctrl+s`, `alt+1`, `a`. */
export function bytesOf(key: string): string {
  const named = NAMED[key];
  if (named !== undefined) return named;
  const [, modifier, rest] = /^(ctrl|alt|shift)\+(.+)$/.exec(key) ?? [];
  if (modifier === undefined || rest === undefined) return key;
  const arrow = ARROW[rest];
  if (arrow) return `\x1b[1;${MODIFIER[modifier]}${arrow}`;
  if (modifier === 'ctrl' && rest.length === 1) return String.fromCharCode(rest.toUpperCase().charCodeAt(0) & 0x1f);
  if (modifier === 'alt') return `\x1b${bytesOf(rest)}`;
  throw new Error(`no bytes for ${key}`);
}
