import { isAllowedLink } from './hyperlink.ts';
import { applySgr, emptyOnSpace, innerTransition, linkOf, PLAIN_STYLE, transition, withLink } from './style.ts';
import { width } from './width.ts';

/** The right part of a character that is wider than one cell. */
export const CONTINUED = -1;
export const SPACE = 32;
/** Characters of several code points are numbered from here on. */
const FIRST_CLUSTER = 0x110000;

/** One row of the screen, never changed once made. */
export interface Row {
  readonly text: string;
  /** For each cell a code point, the number of a cluster, or `CONTINUED`. */
  readonly glyphs: Int32Array;
  readonly styles: Int32Array;
  /** Cells up to the last one that is not empty. */
  readonly end: number;
}

const clusters: string[] = [];
const clusterNumbers = new Map<string, number>();
const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function glyphOf(cluster: string): number {
  const code = cluster.codePointAt(0) ?? SPACE;
  if (cluster.length === (code > 0xffff ? 2 : 1)) return code;
  let number = clusterNumbers.get(cluster);
  if (number === undefined) {
    number = FIRST_CLUSTER + clusters.length;
    clusters.push(cluster);
    clusterNumbers.set(cluster, number);
  }
  return number;
}

export function textOf(glyph: number): string {
  if (glyph < 128) return ASCII[glyph] ?? '';
  return glyph < FIRST_CLUSTER ? String.fromCodePoint(glyph) : (clusters[glyph - FIRST_CLUSTER] ?? '');
}

/**
 * True when all terminals agree how wide a character is. After any other the cursor is placed
 * anew, so that a disagreement cannot shift the rest of the row.
 */
export function isCertain(glyph: number): boolean {
  if (glyph < 0x300) return true;
  if (glyph >= 0x2500 && glyph <= 0x259f) return true;
  if (glyph >= 0x370 && glyph <= 0x52f) return true;
  if (glyph >= 0x2010 && glyph <= 0x2027) return true;
  if (glyph >= 0x3041 && glyph <= 0x3096) return true;
  if (glyph >= 0x30a1 && glyph <= 0x30fa) return true;
  return (glyph >= 0x4e00 && glyph <= 0x9fff) || (glyph >= 0xac00 && glyph <= 0xd7a3);
}

/** Cells that a character takes where its parts are drawn one by one; 0 where it has none. */
export function widest(glyph: number): number {
  if (glyph < FIRST_CLUSTER) return 0;
  return Array.from(textOf(glyph)).reduce((cells, part) => cells + width(part), 0);
}

/** Characters that are one cell and never join with the next. */
const isSimple = (code: number): boolean =>
  (code >= 0x20 && code < 0x7f) ||
  (code >= 0xa1 && code < 0x300 && code !== 0xad) ||
  (code >= 0x2500 && code <= 0x259f);

/** An escape sequence in a line: SGR (1), the address of a link (2), or one to leave out. */
const SEQUENCE =
  /\x1b(?:\[([0-9;]*)m|\]8;[^;\x07\x1b]*;([^\x07\x1b]*)(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)?|.?)/sy;
const RUN = /[^\x00-\x1f\x7f-\x9f]+/y;

/** An empty row. */
export function blankRow(columns: number): Row {
  return {
    text: '',
    glyphs: new Int32Array(columns).fill(SPACE),
    styles: new Int32Array(columns).fill(PLAIN_STYLE),
    end: 0,
  };
}

/** Cells of a text of any length, and the style after it. */
export interface Cells {
  readonly glyphs: Int32Array;
  readonly styles: Int32Array;
  readonly length: number;
  readonly style: number;
}

/**
 * Text to cells, at most `limit` of them: characters, SGR styles and allowed links; everything else
 * is left out. A space's colour, which is not seen, is forgotten unless `exact`.
 */
export function parseCells(text: string, limit: number, before = PLAIN_STYLE, exact = false): Cells {
  // No character is wider than two cells for each of its code units.
  const size = Math.min(limit, text.length * 2);
  const glyphs = new Int32Array(size);
  const styles = new Int32Array(size);
  let style = before;
  let x = 0;
  let index = 0;
  const put = (glyph: number, cells: number): void => {
    const end = x + cells <= size ? x + cells : size;
    const fits = x + cells <= size;
    const seen = !exact && (glyph === SPACE || !fits) && emptyOnSpace(style) ? PLAIN_STYLE : style;
    for (let at = x; at < end; at += 1) {
      glyphs[at] = !fits ? SPACE : at === x ? glyph : CONTINUED;
      styles[at] = seen;
    }
    x = end;
  };
  while (index < text.length && x < size) {
    const code = text.charCodeAt(index);
    const next = text.charCodeAt(index + 1);
    if (isSimple(code) && (next < 0x300 || isSimple(next) || Number.isNaN(next))) {
      put(code, 1);
      index += 1;
    } else if (code === 0x1b) {
      SEQUENCE.lastIndex = index;
      const match = SEQUENCE.exec(text);
      if (match?.[1] !== undefined) style = applySgr(style, match[1]);
      else if (match?.[2] !== undefined) style = linked(style, match[2]);
      index += Math.max(1, match?.[0].length ?? 1);
    } else {
      RUN.lastIndex = index;
      const run = RUN.exec(text)?.[0] ?? '';
      for (const { segment } of segmenter.segment(run)) {
        const cells = width(segment);
        if (cells > 0) put(glyphOf(segment), cells);
      }
      index += Math.max(1, run.length);
    }
  }
  return { glyphs, styles, length: x, style };
}

/** One line of a frame as a row of the screen. */
export function parseRow(text: string, columns: number): Row {
  const cells = parseCells(text, columns);
  const row = { text, glyphs: new Int32Array(columns).fill(SPACE), styles: new Int32Array(columns) };
  row.glyphs.set(cells.glyphs.subarray(0, cells.length));
  row.styles.set(cells.styles.subarray(0, cells.length));
  return { ...row, end: endOf(row.glyphs, row.styles) };
}

/**
 * Cells as text with SGR that stands for itself, without unseen spaces at its end; or, as an
 * `inner` part, whole and without ending styles that it did not begin.
 */
export function cellsToText(glyphs: Int32Array, styles: Int32Array, inner = false): string {
  const end = inner ? glyphs.length : endOf(glyphs, styles);
  const change = inner ? innerTransition : transition;
  let style = PLAIN_STYLE;
  let text = '';
  for (let x = 0; x < end; x += 1) {
    const glyph = glyphs[x] ?? SPACE;
    if (glyph === CONTINUED) continue;
    const own = styles[x] ?? PLAIN_STYLE;
    if (own !== style) {
      text += change(style, own);
      style = own;
    }
    text += textOf(glyph);
  }
  return text + change(style, PLAIN_STYLE);
}

function linked(style: number, address: string): number {
  const link = isAllowedLink(address) ? address : '';
  return link === linkOf(style) ? style : withLink(style, link);
}

function endOf(glyphs: Int32Array, styles: Int32Array): number {
  let end = glyphs.length;
  while (end > 0 && glyphs[end - 1] === SPACE && styles[end - 1] === PLAIN_STYLE) end -= 1;
  return end;
}
