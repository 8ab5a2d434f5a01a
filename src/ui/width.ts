import { clean } from '#terminal/sanitize.ts';
import { graphemes, width as cellWidth } from '#terminal/width.ts';

export { cellWidth, graphemes };

const PLAIN = /^[\u0020-\u007E]*$/;

/** Texts beyond ASCII that were made safe lately; names repeat from frame to frame. */
const cleaned = new Map<string, string>();
const CLEANED_LIMIT = 8192;

/** A text from data as it may be drawn: one line, nothing in it that the terminal would obey. */
export function oneLine(text: string): string {
  if (PLAIN.test(text)) return text;
  let safe = cleaned.get(text);
  if (safe === undefined) {
    safe = clean(text);
    if (cleaned.size >= CLEANED_LIMIT) cleaned.clear();
    cleaned.set(text, safe);
  }
  return safe;
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
  for (const paragraph of clean(text, { multiline: true }).split('\n')) {
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
