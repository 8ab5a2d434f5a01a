import type { Db } from '#db/schema.ts';
import type { Actor } from '../actor.ts';
import type { AuditFacts } from '../audit.ts';
import type { Subject } from '../operation.ts';
import { type Changes, changesText } from './changes.ts';

/** A refusal or a view, before it is known whose record it was about. */
export interface Noted {
  readonly at: number;
  readonly actor: Actor;
  readonly operation: string;
  readonly outcome: AuditFacts['outcome'];
  readonly subject: Subject | null;
  /** Why it was refused, by code: never the message, which may hold data. */
  readonly refusal?: string;
}

/** Which record a subject is. */
export interface Resolved {
  readonly entity: string | null;
  readonly entityId: number | null;
  readonly customerId: number | null;
  /** Of a private customer, or the place where one lives. */
  readonly private: boolean;
}

export const NOBODYS: Resolved = { entity: null, entityId: null, customerId: null, private: false };

const KINDS = {
  customerId: 'Customer',
  accountId: 'Account',
  locationId: 'Location',
  noteId: 'Note',
  documentId: 'Document',
} as const;
type Kind = keyof typeof KINDS;

/** The record that a subject names. */
export function recordOf(subject: Subject): { readonly kind: Kind; readonly entity: string; readonly id: number } {
  const [kind, id] = Object.entries(subject)[0] as [Kind, number];
  return { kind, entity: KINDS[kind], id };
}

interface Owner {
  readonly id: number;
  readonly customerId: number | null;
  readonly public: number | null;
}

/** Customer and Public flag of records, one statement a kind. */
async function owners(db: Db, kind: Kind, ids: readonly number[]): Promise<Owner[]> {
  if (kind === 'customerId') {
    return db.selectFrom('customer').select(['id', 'id as customerId', 'public']).where('id', 'in', ids).execute();
  }
  if (kind === 'accountId') {
    return db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .select(['a.id', 'c.id as customerId', 'c.public'])
      .where('a.id', 'in', ids)
      .execute();
  }
  if (kind === 'noteId' || kind === 'documentId') {
    return (
      db
        // Both belong to somebody, or to a place, in columns of the same names.
        .selectFrom((kind === 'noteId' ? 'note as n' : 'document as n') as 'note as n')
        .leftJoin('account as a', (on) =>
          on
            .onRef('a.location_id', '=', 'n.location_id')
            .on('a.activity', '=', 'current')
            .on('n.customer_id', 'is', null),
        )
        .leftJoin('customer as c', (on) =>
          on.on((eb) => eb('c.id', '=', eb.fn.coalesce('n.customer_id', 'a.customer_id'))),
        )
        .select(['n.id', 'n.customer_id as customerId', 'c.public'])
        .where('n.id', 'in', ids)
        .execute()
    );
  }
  // A location is nobody's record, but private while somebody private lives there.
  return db
    .selectFrom('location as l')
    .leftJoin('account as a', (on) => on.onRef('a.location_id', '=', 'l.id').on('a.activity', '=', 'current'))
    .leftJoin('customer as c', 'c.id', 'a.customer_id')
    .select((eb) => ['l.id', eb.lit(null).$castTo<number | null>().as('customerId'), 'c.public'])
    .where('l.id', 'in', ids)
    .execute();
}

/** Whose records these were about, in one statement for each kind of record. */
export async function resolved(db: Db, list: readonly Noted[]): Promise<ReadonlyMap<Noted, Resolved>> {
  const found = new Map<Noted, Resolved>();
  const named = list.flatMap((noted) => (noted.subject ? [{ noted, ...recordOf(noted.subject) }] : []));
  for (const [kind, group] of Map.groupBy(named, (one) => one.kind)) {
    const rows = await owners(db, kind, [...new Set(group.map(({ id }) => id))]);
    const byId = Map.groupBy(rows, (row) => row.id);
    for (const { noted, entity, id } of group) {
      const all = byId.get(id) ?? [];
      found.set(noted, {
        entity,
        entityId: id,
        customerId: all[0]?.customerId ?? null,
        private: all.some((row) => row.public === 0),
      });
    }
  }
  return found;
}

/** What was asked for and not found is an event only where it is there, and kept from who asked. */
export const isEvent = ({ refusal, actor }: Noted, of: Resolved | undefined): boolean =>
  refusal !== 'not_found' || (of?.private ?? false) || (actor.customers ?? 'all') !== 'all';

const facts = (noted: Noted, of: Resolved, changes: string | null, newId: () => number): AuditFacts => ({
  id: newId(),
  at: noted.at,
  userId: noted.actor.userId,
  username: noted.actor.username,
  operation: noted.operation,
  outcome: noted.outcome,
  entity: of.entity,
  entityId: of.entityId,
  customerId: of.customerId,
  changes,
  source: noted.actor.source,
  origin: noted.actor.origin ?? null,
  reason: null,
  correlation: newId(),
});

/** The row of a view: who saw which record. */
export const viewFacts = (noted: Noted, of: Resolved, newId: () => number): AuditFacts => facts(noted, of, null, newId);

/** The row of a refusal, with how often it came when it came more than once. */
export function refusalFacts(noted: Noted, of: Resolved, times: number, newId: () => number): AuditFacts {
  const changes: Changes = {
    refusal: [null, noted.refusal ?? null],
    ...(times > 1 ? { times: [null, times] as const } : {}),
  };
  return facts(noted, of, changesText(of.entity ?? '', changes), newId);
}
