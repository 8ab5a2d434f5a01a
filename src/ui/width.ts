import stringWidth from 'string-width';
import { clean } from '#terminal/sanitize.ts';

const PLAIN = /^[\u0020-\u007E]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a person sees as characters. */
export function graphemes(text: string): string[] {
  return PLAIN.test(text) ? Array.from(text) : Array.from(segmenter.segment(text), (part) => part.segment);
}

/** Cells that a text takes in a terminal. */
export function cellWidth(text: string): number {
  return PLAIN.test(text) ? text.length : stringWidth(text);
}

/** On one line and safe for the terminal: the border that every drawn text passes. */
export function oneLine(text: string): string {
  return PLAIN.test(text) ? text : clean(text);
}

/** At most so many cells, the cut shown by the ellipsis; a wide character is never halved. */
export function truncate(text: string, width: number, ellipsis = '…'): string {
  const flat = oneLine(text);
  if (width <= 0) return '';
  if (cellWidth(flat) <= width) return flat;
  if (PLAIN.test(flat)) return flat.slice(0, width - 1) + ellipsis;
  let used = 0;
  let kept = '';
  for (const character of graphemes(flat)) {
    const cells = cellWidth(character);
    if (used + cells > width - 1) break;
    used += cells;
    kept += character;
  }
  return kept + ellipsis;
}

/** Exactly so many cells: cut or filled up. Numbers go `right`. */
export function fit(text: string, width: number, align: 'left' | 'right' | 'center' = 'left', ellipsis = '…'): string {
  const cut = truncate(text, width, ellipsis);
  const room = Math.max(0, width - cellWidth(cut));
  if (align === 'right') return ' '.repeat(room) + cut;
  if (align === 'center') return ' '.repeat(room >> 1) + cut + ' '.repeat(room - (room >> 1));
  return cut + ' '.repeat(room);
}

/** Lines of at most so many cells, broken between words where there is a place. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      const candidate = line === '' ? word : `${line} ${word}`;
      if (cellWidth(candidate) <= width) {
        line = candidate;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      while (cellWidth(line) > width) {
        const [head, tail] = cutAt(line, width);
        lines.push(head);
        line = tail;
      }
    }
    lines.push(line);
  }
  return lines;
}

function cutAt(text: string, width: number): [string, string] {
  let head = '';
  for (const character of graphemes(text)) {
    if (head !== '' && cellWidth(head + character) > width) break;
    head += character;
  }
  return [head, text.slice(head.length)];
}
