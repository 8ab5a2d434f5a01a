import { sees, type Visible } from '../sight.ts';
import type { QueryContext } from '../operation.ts';
import type { Ranked } from './rank.ts';
import { accountsOfOwners, preparedList } from './records.ts';

interface Owned extends Visible {
  readonly id: number;
}

const customers = preparedList<Owned>((db, ids) =>
  db
    .selectFrom('customer as c')
    .where('c.id', 'in', [...ids])
    .select(['c.id', 'c.public', 'c.customer_group as customerGroup']),
);

const accounts = preparedList<Owned>((db, ids) =>
  db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .where('a.id', 'in', [...ids])
    .select(['a.id', 'c.public', 'c.customer_group as customerGroup']),
);

/** Of what was found, the records that the actor may see: asked first where most may not be. */
export async function shownAmong({ db, sight }: QueryContext, found: readonly Ranked[]): Promise<Ranked[]> {
  const idsOf = (subject: Ranked['subject']) => found.filter((one) => one.subject === subject).map(({ id }) => id);
  const shown = {
    customer: seen(await customers(db, idsOf('customer'))),
    account: seen(await accounts(db, idsOf('account'))),
  };
  const hidden = new Set<number>();
  for (const { ownerId, activity, ...resident } of await accountsOfOwners(db, 'location', idsOf('location'))) {
    if (activity === 'current' && !sees(sight, resident)) hidden.add(ownerId);
  }
  return found.filter(({ subject, id }) => (subject === 'location' ? !hidden.has(id) : shown[subject].has(id)));

  function seen(rows: readonly Owned[]): Set<number> {
    return new Set(rows.filter((row) => sees(sight, row)).map(({ id }) => id));
  }
}
