import type { ConflictFacts } from '#ui/dialogs.ts';
import type { FormField } from '#ui/form/definition.ts';
import { decidedValue, type Difference } from '#ui/form/merge.ts';
import type { Size } from '#ui/screen.ts';
import { wrap } from '#ui/width.ts';
import { centered, type OverlayBox } from '../../shell/overlay.ts';

export interface ConflictState extends ConflictFacts {
  readonly cursor: number;
  /** First line in sight of the texts below the list. */
  readonly top: number;
}

/** Lines around list and texts: borders, two of explanation, a rule, the heads of the columns. */
const CHROME = 6;
const MOST_FIELDS = 6;
export const GAP = 2;
const MOST_CELLS = 110;
const LEAST_LINES = 4;

/** A value as it is read: flags and codes in words. */
function shown(field: FormField, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === '') return '(empty)';
  const label = field.choices?.find((choice) => choice.value === value)?.label;
  return label === undefined || label === value ? value : `${value}  ${label}`;
}

export const columnCells = (width: number): number => Math.max(8, Math.floor((width - 4 - 2 * GAP) / 3));

/** What it was, mine (or what was made of both) and theirs, as lines of a column each. */
export function columnsOf(difference: Difference | undefined, width: number): readonly string[][] {
  if (!difference) return [];
  const { field, base, mine, theirs, side } = difference;
  const own = side === 'both' ? decidedValue(difference) : mine;
  return [base, own, theirs].map((value) => wrap(shown(field, value), columnCells(width)));
}

const linesOf = (difference: Difference | undefined, width: number): number =>
  Math.max(0, ...columnsOf(difference, width).map((lines) => lines.length));

/** As wide as there is room, as high as the longest text needs. */
export function conflictBox({ differences }: ConflictState, size: Size): OverlayBox {
  const width = Math.min(MOST_CELLS, size.columns - 2);
  const texts = Math.max(LEAST_LINES, ...differences.map((difference) => linesOf(difference, width)));
  return centered(size, width, Math.min(size.rows - 4, CHROME + Math.min(differences.length, MOST_FIELDS) + texts));
}

export const listRows = (state: ConflictState, box: OverlayBox): number =>
  Math.max(1, Math.min(state.differences.length, MOST_FIELDS, box.height - CHROME - 2));

/** Lines of the texts in sight. */
export const detailRows = (state: ConflictState, box: OverlayBox): number =>
  Math.max(1, box.height - CHROME - listRows(state, box));

/** Lines that the longest of the three texts of the field with the cursor takes. */
export const detailLines = (state: ConflictState, box: OverlayBox): number =>
  linesOf(state.differences[state.cursor], box.width);
