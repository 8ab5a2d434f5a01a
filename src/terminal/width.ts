import measure from './string-width.ts';

const ASCII = /^[\x20-\x7e]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Widths of text beyond ASCII that was measured lately; names repeat from frame to frame. */
const measured = new Map<string, number>();
const MEASURED_LIMIT = 8192;

/** Cells that a text takes on the screen; as Ink measures it. */
export function width(text: string): number {
  if (ASCII.test(text)) return text.length;
  let cells = measured.get(text);
  if (cells === undefined) {
    cells = measure(text);
    if (measured.size >= MEASURED_LIMIT) measured.clear();
    measured.set(text, cells);
  }
  return cells;
}

/** The characters of a text as a reader counts them. */
export function graphemes(text: string): string[] {
  if (ASCII.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** At most `cells` wide; what does not fit is cut between characters and ends in the ellipsis. */
export function truncate(text: string, cells: number, ellipsis = '…'): string {
  if (cells <= 0) return '';
  if (ASCII.test(text)) {
    if (text.length <= cells) return text;
    const room = cells - width(ellipsis);
    return room >= 0 ? text.slice(0, room) + ellipsis : text.slice(0, cells);
  }
  if (width(text) <= cells) return text;
  const room = cells - width(ellipsis);
  return room >= 0 ? fitting(text, room) + ellipsis : fitting(text, cells);
}

function fitting(text: string, cells: number): string {
  let used = 0;
  let result = '';
  for (const { segment } of segmenter.segment(text)) {
    used += width(segment);
    if (used > cells) break;
    result += segment;
  }
  return result;
}

/** Exactly `cells` wide: cut where too long, filled with spaces on the other side of `align`. */
export function pad(text: string, cells: number, align: 'left' | 'right' = 'left', ellipsis = '…'): string {
  if (cells <= 0) return '';
  const own = width(text);
  if (own === cells) return text;
  if (own > cells) return pad(truncate(text, cells, ellipsis), cells, align, '');
  const space = ' '.repeat(cells - own);
  return align === 'left' ? text + space : space + text;
}
