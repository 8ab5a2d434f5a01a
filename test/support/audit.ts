import { CompiledQuery } from 'kysely';
import { insertRows } from '#db/bulk.ts';
import type { Database } from '#db/database.ts';
import { appendAudit, type AuditFacts } from '#services/audit.ts';

/** An entry of the trail in which everything unsaid is plain; its id and instant are this number. */
export const auditFacts = (id: number, values: Partial<AuditFacts> = {}): AuditFacts => ({
  id,
  at: id,
  userId: null,
  username: 'tess',
  operation: 'x.y',
  outcome: 'done',
  entity: null,
  entityId: null,
  customerId: null,
  changes: null,
  source: 'call',
  origin: null,
  reason: null,
  correlation: null,
  ...values,
});

/** A trail of so many entries, of ids and instants from `first` on. */
export const trail = (
  database: Database,
  entries: number,
  first = 1,
  values: Partial<AuditFacts> = {},
): Promise<void> =>
  database.transaction((db) =>
    appendAudit(
      db,
      Array.from({ length: entries }, (_, place) => auditFacts(first + place, values)),
    ),
  );

const GUARDS: Readonly<Record<Database['engine'], readonly string[]>> = {
  sqlite: ['update', 'delete', 'replace'].map((event) => `drop trigger if exists audit_entry_no_${event}`),
  postgresql: ['alter table audit_entry disable trigger user'],
};

/** Does to the trail what somebody can who owns the database: guards off, then any statements. */
export async function forge(database: Database, ...statements: readonly string[]): Promise<void> {
  for (const text of [...GUARDS[database.engine], ...statements]) {
    await database.transaction((db) => db.executeQuery(CompiledQuery.raw(text)));
  }
}

/** Very many entries from `first` on, for searching: they are not chained. */
export const loose = (database: Database, entries: number, first: number): Promise<void> =>
  database.transaction((db) =>
    insertRows(
      db,
      'audit_entry',
      Array.from({ length: entries }, (_, place) => ({
        id: first + place,
        seq: first + place,
        at: first + place,
        username: 'tess',
        operation: 'x.y',
        outcome: 'done',
        source: 'call',
        previous_hash: '',
        hash: '',
        form: 2,
      })),
    ),
  );
