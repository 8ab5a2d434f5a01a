import type { Tone } from '#ui/theme/themes.ts';
import { fit, wrap } from '#ui/width.ts';
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
