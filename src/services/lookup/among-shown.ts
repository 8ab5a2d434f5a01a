import { SUBJECT_OF, type SubjectKind } from '#db/search/kinds.ts';
import type { QueryContext } from '../operation.ts';
import { boundSight, hiddenResident } from '../shown.ts';
import { type Sight, visible } from '../sight.ts';
import { preparedList } from './records.ts';
import type { Hit } from './scan.ts';

interface Id {
  readonly id: number;
}

/** Of records of each kind, those that the actor may see; a location may be, unless it is a hidden customer's home. */
const shown = {
  customer: preparedList<Id, Sight & Record<string, string | number>>((db, ids, p) =>
    db
      .selectFrom('customer as c')
      .where('c.id', 'in', [...ids])
      .where((eb) => visible(boundSight(p), { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .select('c.id'),
  ),
  account: preparedList<Id, Sight & Record<string, string | number>>((db, ids, p) =>
    db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .where('a.id', 'in', [...ids])
      .where((eb) => visible(boundSight(p), { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .select('a.id'),
  ),
  location: preparedList<Id, Sight & Record<string, string | number>>((db, ids, p) =>
    db
      .selectFrom('location as l')
      .where('l.id', 'in', [...ids])
      .where((eb) => eb.not(eb.exists(hiddenResident(db, eb.ref('l.id'), boundSight(p)))))
      .select('l.id'),
  ),
} satisfies Record<SubjectKind, unknown>;

/** Of what the index answered, the keys of records that the actor may see. */
export async function shownAmong({ db, sight }: QueryContext, hits: readonly Hit[]): Promise<Hit[]> {
  const seen = { customer: new Set<number>(), account: new Set<number>(), location: new Set<number>() };
  for (const [subject, some] of Map.groupBy(hits, ({ kind }) => SUBJECT_OF[kind])) {
    const ids = [...new Set(some.map(({ subjectId }) => subjectId))];
    for (const { id } of await shown[subject](db, ids, { ...sight })) seen[subject].add(id);
  }
  return hits.filter(({ kind, subjectId }) => seen[SUBJECT_OF[kind]].has(subjectId));
}
