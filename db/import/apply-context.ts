import type { Db } from '../schema.ts';
import type { Profile, ProfileCodes, RecordRule } from './profile.ts';
import type { Staging, StagedRecord } from './staging.ts';

/** One record that an import changed, for the audit. */
export interface ImportChange {
  readonly entity: string;
  readonly entityId: number;
  readonly customerId: number | null;
  readonly changes: Readonly<Record<string, readonly [unknown, unknown]>>;
}

/** Codes of a code table → identities. */
export type CodeIds = Readonly<Record<keyof ProfileCodes, ReadonlyMap<string, number>>>;

/** GL codes of a service. */
export interface ServiceGl {
  readonly id: number;
  readonly receivableGl: string;
  readonly revenueGl: string;
  readonly unit: string | null;
}

/** What writing needs; everything happens in the transaction of `db`. */
export interface ApplyContext {
  readonly db: Db;
  readonly profile: Profile;
  readonly staging: Staging;
  readonly newId: () => number;
  readonly today: string;
  readonly now: number;
  readonly username: string;
  readonly codes: CodeIds;
  readonly services: ReadonlyMap<string, ServiceGl>;
  /** Identity of the record behind a reference. */
  readonly idOf: (rule: number, key: string) => number;
  readonly changed: (change: ImportChange) => void;
}

/** A record on its way into the database, its references resolved to identities. */
export interface Item {
  readonly id: number;
  readonly rule: RecordRule;
  readonly record: StagedRecord;
  /** Identity by field, for fields that are references. */
  readonly refs: Readonly<Record<string, number>>;
}

/** A record that is in the database and differs now. */
export interface ChangedItem extends Item {
  /** Fields whose value in the file is another than last time. */
  readonly fields: readonly string[];
}
