import type { Db } from '../schema.ts';
import { FIELDS } from './entities/fields.ts';
import type { EntityName } from './entities/names.ts';
import { ImportProblem } from './problem.ts';
import type { Profile } from './profile.ts';
import type { Draft } from './staging.ts';

/** A record that another one names by its key. */
export interface Reference {
  readonly field: string;
  /** Index of the rule that makes the record. */
  readonly rule: number;
}

/** For each rule, which of its fields refer to which other rule. */
export function referencesOf(profile: Profile): readonly (readonly Reference[])[] {
  return profile.records.map((record) =>
    Object.entries(FIELDS[record.entity]).flatMap(([field, spec]) => {
      if (spec.type !== 'ref' || !(field in record.fields)) return [];
      const wanted = record.refs[field];
      const candidates = profile.records.flatMap((other, rule) =>
        other.entity === spec.to && (wanted === undefined || other.id === wanted) ? [rule] : [],
      );
      if (candidates.length === 1) return [{ field, rule: candidates[0]! }];
      const what =
        candidates.length === 0
          ? `no record ${wanted ?? spec.to}`
          : `several records are a ${spec.to}: say which in "refs"`;
      throw new ImportProblem(`profile ${profile.name}: ${record.id}.${field}: ${what}`);
    }),
  );
}

/** Identities of records that earlier runs of the profile made, by key. */
export async function importedBefore(
  db: Db,
  profile: string,
  recordId: string,
  keys: readonly string[],
): Promise<Map<string, { id: number; entityId: number; digest: string }>> {
  if (keys.length === 0) return new Map();
  const rows = await db
    .selectFrom('import_record')
    .select(['id', 'source_key', 'entity_id', 'digest'])
    .where('profile', '=', profile)
    .where('entity', '=', recordId)
    .where('source_key', 'in', keys)
    .execute();
  return new Map(rows.map((row) => [row.source_key, { id: row.id, entityId: row.entity_id, digest: row.digest }]));
}

/** Identities of records in the database by their own number. */
export async function byNumber(db: Db, entity: EntityName, numbers: readonly string[]): Promise<Map<string, number>> {
  if (numbers.length === 0) return new Map();
  const tables = { customer: 'customer', location: 'location', account: 'account', meter: 'meter' } as const;
  if (!(entity in tables)) return new Map();
  const table = tables[entity as keyof typeof tables];
  const rows = await db.selectFrom(table).select(['id', 'number']).where('number', 'in', numbers).execute();
  return new Map(rows.map((row) => [row.number, row.id]));
}

/** The keys of other records that a draft names. */
export function namedBy(draft: Draft, references: readonly (readonly Reference[])[]): { rule: number; key: string }[] {
  return references[draft.rule]!.flatMap(({ field, rule }) => {
    const key = draft.values[field];
    return key === null || key === undefined ? [] : [{ rule, key: String(key) }];
  });
}
