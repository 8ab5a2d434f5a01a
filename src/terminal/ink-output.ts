import { CONTINUED, cellsToText, parseCells, SPACE } from './cells.ts';
import type { Cells } from './cells.ts';

type Transformer = (line: string, index: number) => string;

interface Clip {
  readonly x1?: number;
  readonly x2?: number;
  readonly y1?: number;
  readonly y2?: number;
}

/** Half-open, without undefined edges. */
interface Area {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
}

/** Lines parsed lately: most lines of a frame were in the one before. */
const parsed = new Map<string, Cells>();
const separated = new Map<string, readonly string[]>();
const PARSED_LIMIT = 4096;
const LONGEST = 10_000;

function parse(line: string): Cells {
  let cells = parsed.get(line);
  if (cells === undefined) {
    cells = parseCells(line, LONGEST);
    if (parsed.size >= PARSED_LIMIT) parsed.clear();
    parsed.set(line, cells);
  }
  return cells;
}

/** The frame before: rows that are the same cells are the same text, and need not be put together again. */
let last: { width: number; glyphs: Int32Array; styles: Int32Array; lines: readonly string[] } | null = null;

function sameRow(a: Int32Array, b: Int32Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (a[at] !== b[at]) return false;
  return true;
}

/**
 * Where Ink draws a frame, in place of its own in the built program. Ink's makes an object of
 * every cell of every frame and takes each line apart several times; this one keeps lines it
 * has parsed as numbers and copies them. The same writes give the same screen.
 */
export default class InkOutput {
  readonly #width: number;
  readonly #height: number;
  readonly #glyphs: Int32Array;
  readonly #styles: Int32Array;
  readonly #clips: Area[];

  constructor({ width, height }: { readonly width: number; readonly height: number }) {
    this.#width = Math.max(0, Math.trunc(width));
    this.#height = Math.max(0, Math.trunc(height));
    this.#glyphs = new Int32Array(this.#width * this.#height).fill(SPACE);
    this.#styles = new Int32Array(this.#width * this.#height);
    this.#clips = [{ x1: 0, x2: this.#width, y1: 0, y2: this.#height }];
  }

  write(x: number, y: number, text: string, { transformers }: { readonly transformers: readonly Transformer[] }): void {
    if (text === '') return;
    const area = this.#area();
    linesOf(text).forEach((line, index) => {
      const row = y + index;
      if (row < area.y1 || row >= area.y2) return;
      const transformed = transformers.reduce((current, transform) => transform(current, index), line);
      this.#copy(parse(transformed), x, row, area);
    });
  }

  clip({ x1, x2, y1, y2 }: Clip): void {
    const outer = this.#area();
    this.#clips.push({
      x1: Math.max(outer.x1, x1 ?? outer.x1),
      x2: Math.min(outer.x2, x2 ?? outer.x2),
      y1: Math.max(outer.y1, y1 ?? outer.y1),
      y2: Math.min(outer.y2, y2 ?? outer.y2),
    });
  }

  unclip(): void {
    if (this.#clips.length > 1) this.#clips.pop();
  }

  get(): { output: string; height: number } {
    const before = last?.width === this.#width ? last : null;
    const lines = Array.from({ length: this.#height }, (_, y) => {
      const [from, to] = [y * this.#width, (y + 1) * this.#width];
      const known = before?.lines[y];
      if (
        known !== undefined &&
        before &&
        sameRow(before.glyphs, this.#glyphs, from, to) &&
        sameRow(before.styles, this.#styles, from, to)
      )
        return known;
      return cellsToText(this.#glyphs.subarray(from, to), this.#styles.subarray(from, to));
    });
    last = { width: this.#width, glyphs: this.#glyphs, styles: this.#styles, lines };
    return { output: lines.join('\n'), height: this.#height };
  }

  #area(): Area {
    return this.#clips.at(-1) ?? { x1: 0, x2: 0, y1: 0, y2: 0 };
  }

  #copy(cells: Cells, x: number, row: number, { x1, x2 }: Area): void {
    const from = Math.max(0, x1 - x);
    const to = Math.min(cells.length, x2 - x);
    if (from >= to) return;
    const start = row * this.#width + x;
    const rowStart = row * this.#width;
    const rowEnd = rowStart + this.#width;
    this.#unhalve(start + from, rowStart);
    this.#glyphs.set(cells.glyphs.subarray(from, to), start + from);
    this.#styles.set(cells.styles.subarray(from, to), start + from);
    // Wide characters that an edge cuts through become spaces.
    for (let at = start + from; at < start + to && this.#glyphs[at] === CONTINUED; at += 1) this.#glyphs[at] = SPACE;
    if (cells.glyphs[to] === CONTINUED && to < cells.length) this.#unhalve(start + to, start + from, true);
    for (let at = start + to; at < rowEnd && this.#glyphs[at] === CONTINUED; at += 1) this.#glyphs[at] = SPACE;
  }

  /** Blanks the character whose right part begins at `at`, or is about to be cut there. */
  #unhalve(at: number, leftmost: number, cut = false): void {
    if (!cut && this.#glyphs[at] !== CONTINUED) return;
    let lead = at - 1;
    while (lead > leftmost && this.#glyphs[lead] === CONTINUED) lead -= 1;
    if (lead >= leftmost) this.#glyphs.fill(SPACE, lead, at);
  }
}

/** Lines that each stand for themselves: a style goes on in the next, and no code is left without effect. */
function linesOf(text: string): readonly string[] {
  if (!text.includes('\n') && !text.includes('\x1b')) return [text];
  let lines = separated.get(text);
  if (lines === undefined) {
    lines = separate(text);
    if (separated.size >= PARSED_LIMIT) separated.clear();
    separated.set(text, lines);
  }
  return lines;
}

function separate(text: string): string[] {
  let style: number | undefined;
  return text.split('\n').map((line) => {
    const cells = parseCells(line, LONGEST, style, true);
    style = cells.style;
    return cellsToText(cells.glyphs.subarray(0, cells.length), cells.styles.subarray(0, cells.length), true);
  });
}
