import type { Glyphs } from './tokens.ts';

/** One cell wide in every terminal that is not set to wide ambiguous characters. */
export const unicodeGlyphs: Glyphs = {
  name: 'unicode',
  cursor: '>',
  mark: '●',
  up: '▲',
  down: '▼',
  left: '‹',
  right: '›',
  crumb: '›',
  ellipsis: '…',
  bullet: '•',
  horizontal: '─',
  vertical: '│',
  corners: ['┌', '┐', '└', '┘'],
  tees: ['├', '┤', '┬', '┴', '┼'],
  bar: '█',
  halfBar: '▌',
  check: '✓',
};

/** For terminals and screen readers that know ASCII only. */
export const asciiGlyphs: Glyphs = {
  name: 'ascii',
  cursor: '>',
  mark: '*',
  up: '^',
  down: 'v',
  left: '<',
  right: '>',
  crumb: '>',
  ellipsis: '~',
  bullet: '*',
  horizontal: '-',
  vertical: '|',
  corners: ['+', '+', '+', '+'],
  tees: ['+', '+', '+', '+', '+'],
  bar: '#',
  halfBar: '=',
  check: 'x',
};

/** For reading aloud: nothing is drawn around the words. */
export const spokenGlyphs: Glyphs = {
  ...asciiGlyphs,
  horizontal: ' ',
  vertical: ' ',
  corners: [' ', ' ', ' ', ' '],
  tees: [' ', ' ', ' ', ' ', ' '],
};
