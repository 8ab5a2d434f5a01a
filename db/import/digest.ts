import { isPosting } from './entities/fields.ts';
import { digestOf, type StagedLine } from './staging.ts';
import type { RecordRule } from './profile.ts';
import type { Scalar } from './values.ts';

const PART = 8;

const part = (text: string): string => digestOf(text).slice(0, PART);

/**
 * Digest of a record. Of money and reads, which are replaced whole: the layout, then everything.
 * Of others: the layout, then a part for each field, so that a later run sees which fields
 * differ and leaves alone what staff changed in the others.
 */
export function recordDigest(
  record: RecordRule,
  values: Readonly<Record<string, Scalar>>,
  lines: readonly StagedLine[] | null,
): string {
  const names = fieldNames(record);
  if (isPosting(record.entity)) {
    return part(names.join(' ')) + digestOf(JSON.stringify([names.map((name) => values[name] ?? null), lines]));
  }
  return [part(names.join(' ')), ...names.map((name) => part(JSON.stringify(values[name] ?? null)))].join('');
}

const fieldNames = (record: RecordRule): string[] => Object.keys(record.fields).sort();

/** Names of the fields that differ between two digests of the same rule; all when its layout changed. */
export function changedFields(record: RecordRule, before: string, now: string): string[] {
  const names = fieldNames(record);
  if (isPosting(record.entity) || before.slice(0, PART) !== now.slice(0, PART) || before.length !== now.length)
    return names;
  return names.filter((_, i) => {
    const at = (i + 1) * PART;
    return before.slice(at, at + PART) !== now.slice(at, at + PART);
  });
}
