import type { Db } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

const TABLES = { contact_address: 'addresses', contact_email: 'e-mails', contact_phone: 'phones' } as const;

/** Contacts of which not exactly one address, e-mail or phone is primary. */
async function primaries(db: Db, limit: number): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const [table, words] of Object.entries(TABLES) as [keyof typeof TABLES, string][]) {
    const rows = await db
      .selectFrom(table)
      .select('contact_id')
      .groupBy('contact_id')
      .having((eb) => eb.fn.sum('is_primary'), '<>', 1)
      .limit(limit)
      .execute();
    for (const { contact_id: id } of rows) {
      found.push({ account: null, message: `contact ${id}: not exactly one of its ${words} is primary` });
    }
  }
  return found;
}

/** Contacts that do not go with just what their level says. */
async function homeless(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('contact')
    .select(['id', 'level'])
    .where((eb) =>
      eb.or([
        eb.and([
          eb('level', '=', 'customer'),
          eb.or([eb('customer_id', 'is', null), eb('location_id', 'is not', null)]),
        ]),
        eb.and([
          eb('level', '=', 'location'),
          eb.or([eb('location_id', 'is', null), eb('customer_id', 'is not', null)]),
        ]),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id, level }) => ({
    account: null,
    message: `contact ${id} of a ${level} goes with something else`,
  }));
}

export const contactRules: readonly Rule[] = [
  {
    name: 'contacts',
    title: 'Every contact goes with a customer or a location, and one of each kind of its ways is primary',
    find: async (db, limit) => [...(await homeless(db, limit)), ...(await primaries(db, limit))].slice(0, limit),
  },
];
