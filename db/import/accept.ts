import type { Db } from '../schema.ts';
import { isPosting } from './entities/fields.ts';
import type { Mapped } from './mapper.ts';
import { RowProblem } from './problem.ts';
import type { Profile, RecordRule, ValueRule } from './profile.ts';
import { byNumber, importedBefore, namedBy, type Reference } from './references.ts';
import type { Rejects } from './rejects.ts';
import { recordDigest } from './digest.ts';
import type { Draft, Staging } from './staging.ts';
import type { Scalar } from './values.ts';

/** A mapped row that waits for its references to be found. */
export interface PendingRow {
  readonly at: { readonly file: string; readonly row: number; readonly line: number };
  readonly cells: readonly string[];
  readonly mapped: Mapped;
}

interface AcceptContext {
  readonly profile: Profile;
  readonly staging: Staging;
  readonly rejects: Rejects;
  readonly db: Db;
  readonly references: readonly (readonly Reference[])[];
}

/** What the database already has of what a batch names, one set of keys per rule. */
type Known = ReadonlyMap<number, ReadonlySet<string>>;

/** Stages the rows of a batch, whole row by whole row; a row of which anything is wrong is rejected. */
export async function acceptBatch(context: AcceptContext, rows: readonly PendingRow[]): Promise<void> {
  const known = await lookUp(context, rows);
  for (const row of rows) {
    try {
      assertReferences(context, row.mapped.drafts, known);
      stageRow(context, row);
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      context.rejects.add({ ...row.at, reason: error.message }, row.cells);
    }
  }
}

async function lookUp(
  { profile, staging, db, references }: AcceptContext,
  rows: readonly PendingRow[],
): Promise<Known> {
  const wanted = new Map<number, Set<string>>();
  const want = (rule: number, key: string): void => {
    if (!wanted.has(rule)) wanted.set(rule, new Set());
    wanted.get(rule)!.add(key);
  };
  for (const { mapped } of rows) {
    for (const draft of mapped.drafts) {
      const record = profile.records[draft.rule]!;
      if (record.existing === 'only') want(draft.rule, String(draft.values.number));
      for (const { rule, key } of namedBy(draft, references)) {
        const here = mapped.drafts.some((other) => other.rule === rule && other.key === key);
        if (!here && !staging.has(rule, key)) want(rule, key);
      }
    }
  }
  const known = new Map<number, Set<string>>();
  for (const [rule, keys] of wanted) {
    const record = profile.records[rule]!;
    const found = await (record.existing === 'only'
      ? byNumber(db, record.entity, [...keys])
      : importedBefore(db, profile.name, record.id, [...keys]));
    known.set(rule, new Set(found.keys()));
  }
  return known;
}

function assertReferences(
  { profile, staging, references }: AcceptContext,
  drafts: readonly Draft[],
  known: Known,
): void {
  for (const draft of drafts) {
    const record = profile.records[draft.rule]!;
    if (record.existing === 'only' && !known.get(draft.rule)?.has(String(draft.values.number))) {
      throw new RowProblem(`there is no ${record.entity} ${String(draft.values.number)}`);
    }
    for (const { rule, key } of namedBy(draft, references)) {
      const here = drafts.some((other) => other.rule === rule && other.key === key);
      if (!here && !staging.has(rule, key) && !known.get(rule)?.has(key)) {
        throw new RowProblem(`${record.id} names ${profile.records[rule]!.id} “${key}”, which is not there`);
      }
    }
  }
}

function stageRow({ profile, staging, references }: AcceptContext, { at, mapped }: PendingRow): void {
  const numbered = new Map<string, string>();
  const drafts = mapped.drafts.map((draft) => {
    const key = postingKey(profile, staging, draft);
    numbered.set(`${draft.rule} ${draft.key}`, key);
    return { ...draft, key };
  });
  for (const draft of drafts) {
    for (const { field, rule } of references[draft.rule]!) {
      const ofThisRow = numbered.get(`${rule} ${String(draft.values[field])}`);
      if (ofThisRow !== undefined) draft.values[field] = ofThisRow;
    }
    const record = profile.records[draft.rule]!;
    if (isPosting(record.entity)) staging.put(draft, recordDigest(record, draft.values, draft.lines), at);
    else stageMaster(staging, record, draft, at);
  }
  for (const { total, rule, amount, labels } of mapped.contributions) {
    staging.totals.addSource(total, labels, amount);
    const key = drafts.find((draft) => draft.rule === rule)!.key;
    staging.totals.keepLabels(rule, key, total, labels);
  }
}

/** Most rows repeat what others said of their customer or meter: only what is new is written. */
function stageMaster(staging: Staging, record: RecordRule, draft: Draft, at: PendingRow['at']): void {
  const before = staging.values(draft.rule, draft.key);
  const values = merge(before, draft.values, record.fields);
  if (before && Object.entries(values).every(([name, value]) => before[name] === value)) return;
  const whole = { ...draft, values };
  staging.put(whole, recordDigest(record, values, null), at);
  staging.remember(whole);
}

/** Occurrences of a posting's key are told apart by their number, in the order of the file. */
function postingKey(profile: Profile, staging: Staging, draft: Draft): string {
  const record = profile.records[draft.rule]!;
  if (!isPosting(record.entity)) return draft.key;
  const n = staging.occurrence(draft.rule, draft.key);
  if (n === 1) return draft.key;
  if (record.repeats === 'reject') throw new RowProblem(`${record.id} “${draft.key}” came before`);
  return `${draft.key}#${n}`;
}

/** Rows that tell of the same customer, meter … : each field keeps its first, last, least or greatest value. */
function merge(
  before: Readonly<Record<string, Scalar>> | null,
  now: Readonly<Record<string, Scalar>>,
  fields: Readonly<Record<string, unknown>>,
): Record<string, Scalar> {
  if (!before) return { ...now };
  const out: Record<string, Scalar> = {};
  for (const [name, value] of Object.entries(now)) out[name] = pick(keepOf(fields[name]), before[name] ?? null, value);
  return out;
}

const keepOf = (value: unknown): NonNullable<ValueRule['keep']> => {
  if (Array.isArray(value)) return value.map(keepOf).find((keep) => keep !== 'last') ?? 'last';
  return (value as ValueRule).keep ?? 'last';
};

function pick(keep: NonNullable<ValueRule['keep']>, before: Scalar, now: Scalar): Scalar {
  if (before === null) return now;
  if (now === null || keep === 'first') return before;
  if (keep === 'last') return now;
  return (keep === 'min') === now < before ? now : before;
}
