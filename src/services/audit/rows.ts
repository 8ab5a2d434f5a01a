import type { ExpressionBuilder } from 'kysely';
import type { Db, Schema } from '#db/schema.ts';
import { hiddenResident, shownCustomer } from '../shown.ts';
import { seesAll, type Sight } from '../sight.ts';
import { type FieldChange, fieldChanges } from './changes.ts';

/** Where to go from an entry: what the account panel is opened with. */
export interface AuditJump {
  readonly accountId?: number;
  readonly customerId?: number;
  readonly locationId?: number;
  readonly noteId?: number;
}

/** An entry of the audit trail. */
export interface AuditRow {
  readonly id: number;
  /** Its number in the chain. */
  readonly seq: number;
  /** Epoch ms. */
  readonly at: number;
  readonly username: string;
  readonly operation: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly entity: string | null;
  readonly entityId: number | null;
  /** Number or name of the record; empty where there is none. */
  readonly record: string;
  readonly jump: AuditJump | null;
  readonly changes: readonly FieldChange[];
  readonly reason: string | null;
  readonly source: string;
  readonly origin: string | null;
  /** The same for all entries of one command. */
  readonly correlation: number | null;
  /** It is about a customer whom the reader may not see: record and changes are left out. */
  readonly masked: boolean;
}

/**
 * Whether an entry is about a customer who may not be seen, by the customer it names or the
 * record that it is about.
 */
export const concealed = (db: Db, sight: Sight) => (eb: ExpressionBuilder<Schema, 'audit_entry'>) => {
  const record = eb.ref('audit_entry.entity_id');
  const shownAccount = db
    .selectFrom('account as acc')
    .select('acc.id')
    .where('acc.id', '=', record)
    .where((inner) => inner.exists(shownCustomer(db, inner.ref('acc.customer_id'), sight)));
  const hiddenNote = db
    .selectFrom('note as placed')
    .select('placed.id')
    .where('placed.id', '=', record)
    .where((inner) => inner.exists(hiddenResident(db, inner.ref('placed.location_id'), sight)));
  const hiddenDocument = db
    .selectFrom('document as kept')
    .select('kept.id')
    .where('kept.id', '=', record)
    .where((inner) => inner.exists(hiddenResident(db, inner.ref('kept.location_id'), sight)));
  return eb.or([
    eb.and([
      eb('audit_entry.customer_id', 'is not', null),
      eb.not(eb.exists(shownCustomer(db, eb.ref('audit_entry.customer_id'), sight))),
    ]),
    eb.and([eb('audit_entry.entity', '=', 'Customer'), eb.not(eb.exists(shownCustomer(db, record, sight)))]),
    eb.and([eb('audit_entry.entity', '=', 'Account'), eb.not(eb.exists(shownAccount))]),
    eb.and([eb('audit_entry.entity', '=', 'Location'), eb.exists(hiddenResident(db, record, sight))]),
    eb.and([eb('audit_entry.entity', '=', 'Note'), eb.exists(hiddenNote)]),
    eb.and([eb('audit_entry.entity', '=', 'Document'), eb.exists(hiddenDocument)]),
  ]);
};

/** Entries with whether they are concealed from this reader. */
export const entries = (db: Db, sight: Sight) =>
  db
    .selectFrom('audit_entry')
    .select(['id', 'seq', 'at', 'username', 'operation', 'outcome', 'entity', 'entity_id as entityId'])
    .select(['changes', 'reason', 'source', 'origin', 'correlation'])
    .select((eb) =>
      (seesAll(sight) ? eb.lit(0) : eb.case().when(concealed(db, sight)(eb)).then(eb.lit(1)).else(eb.lit(0)).end()).as(
        'masked',
      ),
    );

export type StoredEntry = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number];

/** An entry without its record's name; a concealed one without all that it is about. */
export function rowOf(entry: StoredEntry): AuditRow {
  const shown = {
    ...entry,
    outcome: entry.outcome as AuditRow['outcome'],
    record: '',
    jump: null,
    changes: fieldChanges(entry.changes),
    masked: entry.masked === 1,
  };
  return shown.masked ? { ...shown, entityId: null, record: '(private)', changes: [], reason: null } : shown;
}
