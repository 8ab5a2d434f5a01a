import { CONTINUED, isCertain, textOf, widest } from './cells.ts';
import type { Row } from './cells.ts';
import type { Scroll } from './scroll.ts';
import { emptyOnSpace, erasesPlain, PLAIN_STYLE, transition } from './style.ts';

const SPACE = 32;
/** A gap of unchanged cells is written again when moving over it costs as much. */
const SHORT_GAP = 4;
/** Erasing to the end of the row costs three bytes. */
const SHORT_TAIL = 3;
const UNKNOWN = -1;

/** Collects the shortest output that changes what the screen shows; knows where cursor and pen are. */
export class Painter {
  #out = '';
  #x = UNKNOWN;
  #y = UNKNOWN;
  #style = PLAIN_STYLE;

  /** What was collected; collecting begins anew. */
  take(): string {
    const out = this.#out;
    this.#out = '';
    return out;
  }

  /** The terminal was used by somebody else: neither pen nor cursor are where they were. */
  forget(): void {
    this.#x = UNKNOWN;
    this.#y = UNKNOWN;
    this.#style = PLAIN_STYLE;
    this.#out += '\x1b[m';
  }

  clear(): void {
    this.#pen(PLAIN_STYLE);
    this.#out += '\x1b[H\x1b[2J';
    this.#x = 0;
    this.#y = 0;
  }

  moveTo(x: number, y: number): void {
    if (x === this.#x && y === this.#y) return;
    this.#out += shortest(this.#x, this.#y, x, y);
    this.#x = x;
    this.#y = y;
  }

  /** Moves rows within a region; the rows that come in are empty. */
  scroll({ top, bottom, by }: Scroll): void {
    this.#pen(PLAIN_STYLE);
    this.#out += `\x1b[${top + 1};${bottom + 1}r`;
    this.#x = 0;
    this.#y = 0;
    const count = Math.abs(by);
    this.moveTo(0, top);
    this.#out += `\x1b[${count === 1 ? '' : count}${by > 0 ? 'M' : 'L'}\x1b[r`;
    this.#x = 0;
    this.#y = 0;
  }

  /** Turns the row as shown into the row as it should be. */
  row(y: number, shown: Row, next: Row): void {
    if (shown === next) return;
    const end = this.#contentEnd(shown, next);
    let x = 0;
    // A terminal that draws the parts of a joined character one by one spoils the cells behind it.
    let spoilt = 0;
    while (x < end) {
      if (same(shown, next, x) && x >= spoilt) {
        x += 1;
        continue;
      }
      while (x > 0 && next.glyphs[x] === CONTINUED) x -= 1;
      this.#reach(next, x, y);
      spoilt = Math.max(spoilt, x + widest(next.glyphs[x] ?? SPACE));
      x = this.#cell(next, x);
    }
    if ((end < shown.end || end < Math.min(spoilt, next.glyphs.length)) && next.end <= end) this.#eraseFrom(end, y);
  }

  /** Where writing ends and erasing begins: at the end of the text, when that saves anything. */
  #contentEnd(shown: Row, next: Row): number {
    const longest = Math.max(shown.end, next.end);
    return shown.end - next.end > SHORT_TAIL ? next.end : longest;
  }

  #eraseFrom(x: number, y: number): void {
    this.moveTo(x, y);
    if (!erasesPlain(this.#style)) this.#pen(PLAIN_STYLE);
    this.#out += '\x1b[K';
  }

  /** Gets to a cell by moving, or by writing again the few unchanged cells in between. */
  #reach(row: Row, x: number, y: number): void {
    const gap = x - this.#x;
    if (y === this.#y && this.#x !== UNKNOWN && gap > 0 && gap <= SHORT_GAP && this.#rewritable(row, this.#x, x)) {
      while (this.#x < x) this.#cell(row, this.#x);
      return;
    }
    this.moveTo(x, y);
  }

  #rewritable(row: Row, from: number, to: number): boolean {
    for (let x = from; x < to; x += 1) {
      const glyph = row.glyphs[x] ?? SPACE;
      const style = row.styles[x] ?? PLAIN_STYLE;
      if (glyph < SPACE || glyph > 126 || !this.#suits(glyph, style)) return false;
    }
    return true;
  }

  /** True when the pen need not change to write this. */
  #suits(glyph: number, style: number): boolean {
    return style === this.#style || (glyph === SPACE && style === PLAIN_STYLE && emptyOnSpace(this.#style));
  }

  /** Writes the character at `x`; returns the cell after it. */
  #cell(row: Row, x: number): number {
    const glyph = row.glyphs[x] ?? SPACE;
    const style = row.styles[x] ?? PLAIN_STYLE;
    let after = x + 1;
    while (after < row.glyphs.length && row.glyphs[after] === CONTINUED) after += 1;
    if (!this.#suits(glyph, style)) this.#pen(style);
    if (isCertain(glyph)) {
      this.#out += textOf(glyph);
      this.#x = after;
    } else {
      // A terminal that draws it narrower must not leave old cells beside it.
      if (after - x > 1) this.#out += `${' '.repeat(after - x)}\x1b[${x + 1}G`;
      this.#out += textOf(glyph);
      this.#x = UNKNOWN;
    }
    if (after >= row.glyphs.length) this.#x = UNKNOWN;
    return after;
  }

  #pen(style: number): void {
    this.#out += transition(this.#style, style);
    this.#style = style;
  }
}

const same = (shown: Row, next: Row, x: number): boolean =>
  shown.glyphs[x] === next.glyphs[x] && shown.styles[x] === next.styles[x];

/** The shortest way of the cursor; columns and rows counted from 0, an unknown column as -1. */
function shortest(fromX: number, fromY: number, x: number, y: number): string {
  const absolute = x === 0 ? (y === 0 ? '\x1b[H' : `\x1b[${y + 1}H`) : `\x1b[${y + 1};${x + 1}H`;
  if (fromY === UNKNOWN) return absolute;
  if (y === fromY) return withinRow(fromX, x);
  if (x === 0 && y === fromY + 1) return '\r\n';
  if (fromX === x) {
    const steps = Math.abs(y - fromY);
    const vertical = `\x1b[${steps === 1 ? '' : steps}${y > fromY ? 'B' : 'A'}`;
    if (vertical.length < absolute.length) return vertical;
  }
  return absolute;
}

function withinRow(fromX: number, x: number): string {
  if (x === 0) return '\r';
  const column = `\x1b[${x + 1}G`;
  if (fromX === UNKNOWN) return column;
  const steps = Math.abs(x - fromX);
  if (x < fromX && steps < 4) return '\b'.repeat(steps);
  const relative = `\x1b[${steps === 1 ? '' : steps}${x > fromX ? 'C' : 'D'}`;
  return relative.length <= column.length ? relative : column;
}
