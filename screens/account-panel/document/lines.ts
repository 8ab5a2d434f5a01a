import type { Tone } from '#ui/theme/themes.ts';
import { cellWidth, fit, wrap } from '#ui/width.ts';
import { clean } from '#terminal/sanitize.ts';
import type { DocLine, LineAction, Piece } from './model.ts';

/** A heading; a part begins with it when a number is given. */
export const heading = (text: string, part?: number): DocLine => ({
  id: `heading:${text}`,
  pieces: [[text, 'title']],
  still: true,
  part,
});

export const blank = (id: string): DocLine => ({ id: `blank:${id}`, pieces: [], still: true });

export interface FactOptions {
  readonly tone?: Tone;
  readonly action?: LineAction;
  /** Copied in place of the value shown. */
  readonly copy?: string;
  readonly labelWidth?: number;
}

/** Label and value; the value can be copied. */
export function fact(id: string, label: string, value: string, options: FactOptions = {}): DocLine {
  const { tone, action, copy = value, labelWidth = 14 } = options;
  const shown: Piece = tone ? [value, tone] : value;
  return {
    id,
    pieces: [[fit(label, labelWidth), 'dim'], ' ', shown],
    hang: labelWidth + 1,
    action,
    copy: copy === '' ? undefined : { label, value: copy },
  };
}

/** Facts that were entered: nothing is shown of those without a value. */
export const factsOf = (
  entries: readonly (readonly [id: string, label: string, value: string | null, options?: FactOptions])[],
): DocLine[] =>
  entries
    .filter((entry) => entry[2] !== null && entry[2] !== '')
    .map(([id, label, value, options]) => fact(id, label, value!, options));

/** A yes/no of the record, said in a word. */
export const yesNo = (value: boolean): string => (value ? 'Yes' : 'No');

/** A text over as many lines as it needs, indented; each copies the whole and opens the same. */
export function paragraph(
  id: string,
  text: string,
  width: number,
  more: Pick<DocLine, 'action' | 'copy'> = {},
): DocLine[] {
  const lines = wrap(clean(text, { multiline: true }), Math.max(8, width - 4));
  return lines.map((words, index) => ({ id: `${id}:${index}`, pieces: [`  ${words}`], ...more }));
}

const textOf = (piece: Piece): string => (typeof piece === 'string' ? piece : piece[0]);

/** Lines that are too long for their column go on below, under their own indent; nothing is cut. */
export function folded(lines: readonly DocLine[], width: number): DocLine[] {
  const inner = width - 2;
  return lines.flatMap((line) => {
    const last = line.pieces.at(-1);
    if (line.hang === undefined || last === undefined) return [line];
    if (line.pieces.reduce((sum, piece) => sum + cellWidth(textOf(piece)), 0) <= inner) return [line];
    const [first = '', ...rest] = wrap(clean(textOf(last)), Math.max(8, inner - line.hang));
    const toned = (text: string): Piece => (typeof last === 'string' ? text : [text, last[1]]);
    return [
      { ...line, pieces: [...line.pieces.slice(0, -1), toned(first)] },
      ...rest.map((text, index) => ({
        ...line,
        part: undefined,
        id: `${line.id}+${index}`,
        pieces: [' '.repeat(line.hang!), toned(text)],
      })),
    ];
  });
}
