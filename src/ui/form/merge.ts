import type { FormField, FormValues } from './definition.ts';

/** Whose value a field is to get. `both` is for texts: the two below one another, then edited. */
export type Side = 'mine' | 'theirs' | 'both';

type Value = string | boolean;

/** A field that somebody changed while the form was open. */
export interface Difference {
  readonly field: FormField;
  /** As it was when the form was opened. */
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Value;
  /** Both changed it, to different values: only the operator can say. */
  readonly clash: boolean;
  /** Whose value it gets; null while nobody has said. What only one side changed is decided by itself. */
  readonly side: Side | null;
  /** The text made of the two, when `side` is `both`. */
  readonly both: string;
}

/** An empty field of a kind, for what a form does not name. */
const valueOf = (field: FormField, values: FormValues): Value =>
  values[field.name] ?? (field.kind === 'flag' ? false : '');

/**
 * Compares a record as it was opened, as the operator has changed it and as it is saved now.
 * Fields that both left alone, or changed to the same, are no difference. A `readonly` field is
 * never the operator's; a `secret` that was typed always is, for it is shown to nobody. One with
 * a mask is compared as such: the record moved, so that somebody else may have entered another.
 */
export function compareThree(
  fields: readonly FormField[],
  base: FormValues,
  mine: FormValues,
  theirs: FormValues,
): Difference[] {
  return fields.flatMap((field): Difference[] => {
    if (field.kind === 'secret') return masksOf(field, base, mine, theirs);
    if (field.kind === 'readonly') return [];
    const was = valueOf(field, base);
    const own = valueOf(field, mine);
    const other = valueOf(field, theirs);
    if (own === other) return [];
    const clash = own !== was && other !== was;
    const side = clash ? null : own === was ? 'theirs' : 'mine';
    return [{ field, base: was, mine: own, theirs: other, clash, side, both: '' }];
  });
}

/** What may be shown of a secret: as it was, of the one typed, of the other's. Only the operator can say. */
function masksOf(field: FormField, base: FormValues, mine: FormValues, theirs: FormValues): Difference[] {
  const typed = String(mine[field.name] ?? '');
  if (!field.mask || typed === '') return [];
  const { kept } = field.mask;
  const [was, other] = [base, theirs].map((values) => String(values[kept] ?? '')) as [string, string];
  return [{ field, base: was, mine: field.mask.typed(typed), theirs: other, clash: true, side: null, both: '' }];
}

/** Both texts below one another, a beginning or an end that they share kept once. */
export function bothTexts(mine: string, theirs: string): string {
  const own = mine.split('\n');
  const other = theirs.split('\n');
  let head = 0;
  while (head < own.length && head < other.length && own[head] === other[head]) head += 1;
  let tail = 0;
  while (
    tail < own.length - head &&
    tail < other.length - head &&
    own[own.length - 1 - tail] === other[other.length - 1 - tail]
  ) {
    tail += 1;
  }
  return [...own.slice(0, own.length - tail), ...other.slice(head)].join('\n');
}

/** The value that a field gets; while nobody has said, what the operator typed. */
export function decidedValue({ side, mine, theirs, both }: Difference): Value {
  if (side === 'theirs') return theirs;
  return side === 'both' ? both : mine;
}

/** Fields that still wait for the operator's word. */
export const undecided = (differences: readonly Difference[]): readonly Difference[] =>
  differences.filter(({ side }) => side === null);

/** What is to be saved on top of `theirs`: every field as decided, the rest as typed; a secret that is left to them is empty. */
export function mergedValues(mine: FormValues, theirs: FormValues, differences: readonly Difference[]): FormValues {
  const decided = differences.map((difference) => {
    const { name, kind } = difference.field;
    // Its mask must not become the secret: the other's is left where it is by typing none.
    if (kind === 'secret') return [name, difference.side === 'theirs' ? '' : (mine[name] ?? '')] as const;
    return [name, decidedValue(difference)] as const;
  });
  return { ...theirs, ...mine, ...Object.fromEntries(decided) };
}
