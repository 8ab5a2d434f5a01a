import type { Db } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

const nobodys = (message: string): Finding => ({ account: null, message });

/** Locations that have an owner without being rentals. */
async function unmarked(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('location')
    .select('number')
    .where('owner_id', 'is not', null)
    .where('rental', '=', 0)
    .limit(limit)
    .execute();
  return rows.map(({ number }) => nobodys(`location ${number} has an owner and is no rental`));
}

/** Locations whose owner is not the one whose period is open. */
async function unrecorded(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('location as l')
    .leftJoin('location_owner as o', (on) => on.onRef('o.location_id', '=', 'l.id').on('o.to_on', 'is', null))
    .select('l.number')
    .where((eb) =>
      eb.or([
        eb.and([eb('l.owner_id', 'is not', null), eb('o.id', 'is', null)]),
        eb.and([eb('l.owner_id', 'is', null), eb('o.id', 'is not', null)]),
        eb('l.owner_id', '<>', eb.ref('o.customer_id')),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ number }) => nobodys(`location ${number}: its history names another owner than it has`));
}

/** Periods that end before they begin. */
async function reversed(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('location_owner as o')
    .innerJoin('location as l', 'l.id', 'o.location_id')
    .select('l.number')
    .whereRef('o.to_on', '<', 'o.from_on')
    .limit(limit)
    .execute();
  return rows.map(({ number }) => nobodys(`location ${number}: an owner's time ends before it begins`));
}

export const ownerRules: readonly Rule[] = [
  {
    name: 'owners-of-rentals',
    title: 'Every owner is of a rental and stands in its history',
    find: async (db, limit) => {
      const found = [...(await unmarked(db, limit)), ...(await unrecorded(db, limit)), ...(await reversed(db, limit))];
      return found.slice(0, limit);
    },
  },
];
