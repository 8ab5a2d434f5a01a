import type { DualMigration } from './dual.ts';

const statements = (today: string): string[] => [
  'update location set rental = 1 where owner_id is not null and rental = 0;',
  // The location's identity serves its first period: identities made from now on are larger than any before.
  `insert into location_owner (id, location_id, customer_id, from_on, changed_at, changed_by, version)
    select l.id, l.id, l.owner_id,
      coalesce((select min(a.moved_in_on) from account a where a.location_id = l.id and a.moved_in_on <= ${today}), ${today}),
      0, 'upgrade', 1
    from location l
    where l.owner_id is not null
      and not exists (select 1 from location_owner o where o.location_id = l.id and o.to_on is null);`,
  // So far every owner got a copy of what was printed with duplicates.
  `update account set owner_copy = 1 where owner_copy = 0
    and location_id in (select l.id from location l where l.owner_id is not null and l.owner_id <> account.customer_id);`,
];

/** Owners that are named already get a row in the history; whoever has one is a rental. */
export const migration: DualMigration = {
  name: '2026-11-26-people-owners',
  sqlite: { up: statements("date('now')") },
  postgresql: { up: statements('current_date') },
};
