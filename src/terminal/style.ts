/**
 * How a cell looks, as a number: styles are kept once, so that cells compare by number.
 * Blinking and concealed text do not exist here, whatever a text asks for.
 */
interface CellStyle {
  /** -1 the terminal's own, 0–255 of the palette, from `RGB` on 24 bits of colour. */
  readonly foreground: number;
  readonly background: number;
  readonly flags: number;
  /** Target of a hyperlink; empty for none. */
  readonly link: string;
}

export const PLAIN_STYLE = 0;

const BOLD = 1;
const DIM = 2;
const ITALIC = 4;
const UNDERLINE = 8;
const INVERSE = 16;
const STRIKE = 32;
/** What is seen on a space too. */
const SEEN_ON_SPACE = UNDERLINE | INVERSE | STRIKE;
const RGB = 0x1000000;

/** Flag, the code that sets it, the code that ends it (bold and dim share theirs). */
const FLAGS: readonly (readonly [flag: number, on: number, off: number])[] = [
  [BOLD, 1, 22],
  [DIM, 2, 22],
  [ITALIC, 3, 23],
  [UNDERLINE, 4, 24],
  [INVERSE, 7, 27],
  [STRIKE, 9, 29],
];

const styles: CellStyle[] = [{ foreground: -1, background: -1, flags: 0, link: '' }];
const numbers = new Map<string, number>([[keyOf(styles[0] as CellStyle), PLAIN_STYLE]]);
const transitions = new Map<number, string>();

function keyOf(style: CellStyle): string {
  return `${style.foreground} ${style.background} ${style.flags} ${style.link}`;
}

function numberOf(style: CellStyle): number {
  const key = keyOf(style);
  let number = numbers.get(key);
  if (number === undefined) {
    number = styles.length;
    styles.push(style);
    numbers.set(key, number);
  }
  return number;
}

const styleOf = (number: number): CellStyle => styles[number] ?? (styles[0] as CellStyle);

/** True when a space in this style looks like the empty screen. */
export const emptyOnSpace = (number: number): boolean => {
  const style = styleOf(number);
  return style.background === -1 && (style.flags & SEEN_ON_SPACE) === 0 && style.link === '';
};

/** True when erasing in this style leaves the terminal's own background. */
export const erasesPlain = (number: number): boolean => styleOf(number).background === -1;

export const linkOf = (number: number): string => styleOf(number).link;

/** The style after the codes of one SGR sequence; what is not known changes nothing. */
export function applySgr(number: number, parameters: string): number {
  const style = styleOf(number);
  let { foreground, background, flags } = style;
  const codes = parameters === '' ? [0] : parameters.split(';').map(Number);
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? 0;
    if (code === 0) [foreground, background, flags] = [-1, -1, 0];
    else if (code === 38 || code === 48) {
      const [colour, used] = extendedColour(codes, index + 1);
      if (colour !== null && code === 38) foreground = colour;
      if (colour !== null && code === 48) background = colour;
      index += used;
    } else if (code >= 30 && code <= 39) foreground = code === 39 ? -1 : code - 30;
    else if (code >= 40 && code <= 49) background = code === 49 ? -1 : code - 40;
    else if (code >= 90 && code <= 97) foreground = code - 82;
    else if (code >= 100 && code <= 107) background = code - 92;
    else flags = flagged(flags, code);
  }
  return numberOf({ foreground, background, flags, link: style.link });
}

function flagged(flags: number, code: number): number {
  let result = flags;
  for (const [flag, on, off] of FLAGS) {
    if (code === on) result |= flag;
    if (code === off) result &= ~flag;
  }
  return result;
}

function extendedColour(codes: readonly number[], at: number): [colour: number | null, used: number] {
  const byte = (index: number) => Math.min(255, Math.max(0, Math.trunc(codes[index] ?? 0) || 0));
  if (codes[at] === 5) return [byte(at + 1), 2];
  if (codes[at] === 2) return [RGB + byte(at + 1) * 65536 + byte(at + 2) * 256 + byte(at + 3), 4];
  return [null, 0];
}

/** The same style pointing to an address; empty ends a link. */
export function withLink(number: number, link: string): number {
  return numberOf({ ...styleOf(number), link });
}

/** The shortest sequence that turns one style into another. */
export function transition(from: number, to: number): string {
  if (from === to) return '';
  const key = from * 65536 + to;
  let sequence = transitions.get(key);
  if (sequence === undefined) {
    sequence = linkChange(styleOf(from), styleOf(to)) + sgrChange(styleOf(from), styleOf(to));
    transitions.set(key, sequence);
  }
  return sequence;
}

/** The same without resetting anything else: for text that others put within their own styles. */
export function innerTransition(from: number, to: number): string {
  const codes = changedCodes(styleOf(from), styleOf(to));
  return linkChange(styleOf(from), styleOf(to)) + (codes.length === 0 ? '' : `\x1b[${codes.join(';')}m`);
}

const linkChange = (from: CellStyle, to: CellStyle): string =>
  from.link === to.link ? '' : `\x1b]8;;${to.link}\x1b\\`;

function sgrChange(from: CellStyle, to: CellStyle): string {
  const steps = changedCodes(from, to);
  if (steps.length === 0) return '';
  const plain: CellStyle = { foreground: -1, background: -1, flags: 0, link: '' };
  const afresh = ['', ...changedCodes(plain, to)].join(';');
  const changed = steps.join(';');
  return `\x1b[${afresh.length < changed.length ? afresh : changed}m`;
}

function changedCodes(from: CellStyle, to: CellStyle): string[] {
  const codes: string[] = [];
  let kept = from.flags;
  const lost = from.flags & ~to.flags;
  for (const [flag, , off] of FLAGS) {
    if (!(lost & flag) || codes.includes(String(off))) continue;
    codes.push(String(off));
    kept &= off === 22 ? ~(BOLD | DIM) : ~flag;
  }
  for (const [flag, on] of FLAGS) if (to.flags & ~kept & flag) codes.push(String(on));
  if (from.foreground !== to.foreground) codes.push(colourCode(to.foreground, 30));
  if (from.background !== to.background) codes.push(colourCode(to.background, 40));
  return codes;
}

function colourCode(colour: number, base: 30 | 40): string {
  if (colour === -1) return String(base + 9);
  if (colour < 8) return String(base + colour);
  if (colour < 16) return String(base + 52 + colour);
  if (colour < RGB) return `${base + 8};5;${colour}`;
  const rgb = colour - RGB;
  return `${base + 8};2;${rgb >> 16};${(rgb >> 8) & 255};${rgb & 255}`;
}
