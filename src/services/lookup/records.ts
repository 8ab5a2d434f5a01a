import type { Compilable } from 'kysely';
import type { SubjectKind } from '#db/search/kinds.ts';
import type { Db } from '#db/schema.ts';
import { type Parameter, prepared } from '../prepared.ts';

/** Sizes of lists that statements are prepared for; a list is filled up by repeating its last. */
const SIZES = [1, 4, 12, 32, 100, 400];

interface Identities {
  [id: `id${number}`]: number;
}

type More = Readonly<Record<string, string | number | null>>;

/** A statement over a list of identities and further arguments, prepared for a few lengths of the list. */
export function preparedList<R, A extends More = Record<never, never>>(
  build: (db: Db, ids: readonly number[], p: Parameter<A>) => Compilable<R>,
): (db: Db, ids: readonly number[], ...more: keyof A extends never ? [] : [A]) => Promise<R[]> {
  const statements = SIZES.map((size) =>
    prepared<Identities & A, R>((db, p) => {
      const id = p as Parameter<Identities>;
      return build(
        db,
        Array.from({ length: size }, (_, slot) => id(`id${slot}`)),
        p as unknown as Parameter<A>,
      );
    }),
  );
  return async (db, ids, ...more) => {
    const rows: R[] = [];
    const largest = SIZES.at(-1)!;
    for (let from = 0; from < ids.length; from += largest) {
      const some = ids.slice(from, from + largest);
      const chosen = SIZES.findIndex((size) => size >= some.length);
      const values: Identities = {};
      for (let slot = 0; slot < SIZES[chosen]!; slot++) values[`id${slot}`] = some[Math.min(slot, some.length - 1)]!;
      rows.push(...(await statements[chosen]!(db, { ...values, ...more[0] } as Identities & A)));
    }
    return rows;
  };
}

/** An account of a customer or of a location. */
export interface AccountOf {
  readonly accountId: number;
  readonly ownerId: number;
  readonly activity: 'current' | 'waiting' | 'final';
  /** Whether its customer may be seen. Of the accounts of one customer not told: that customer is. */
  readonly public: number;
  readonly customerGroup: string | null;
}

/** Accounts read of all owners together: one of a landlord's thousands does not keep the others waiting. */
const ACCOUNTS_READ = 1_500;

/** By nothing but the index. */
const accountsOfCustomers = preparedList<AccountOf>((db, ids) =>
  db
    .selectFrom('account')
    .where('customer_id', 'in', [...ids])
    .select((eb) => ['id as accountId', 'customer_id as ownerId', 'activity', eb.lit(1).as('public')])
    .select((eb) => eb.cast<string | null>(eb.lit(null), 'text').as('customerGroup'))
    .limit((eb) => eb.lit(ACCOUNTS_READ))
    .$castTo<AccountOf>(),
);

/** With whether each resident may be seen by all. */
const accountsOfLocations = preparedList<AccountOf>((db, ids) =>
  db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .where('a.location_id', 'in', [...ids])
    .select(['a.id as accountId', 'a.location_id as ownerId', 'a.activity'])
    .select(['c.public', 'c.customer_group as customerGroup'])
    .limit((eb) => eb.lit(ACCOUNTS_READ))
    .$castTo<AccountOf>(),
);

/** Accounts of each of these customers or locations. */
export const accountsOfOwners = (db: Db, owner: Exclude<SubjectKind, 'account'>, ids: readonly number[]) =>
  (owner === 'customer' ? accountsOfCustomers : accountsOfLocations)(db, ids);

/** What every list of accounts shows of one; parts that are not there are null. */
export interface AccountRow {
  readonly accountId: number | null;
  readonly accountNumber: string | null;
  readonly activity: 'current' | 'waiting' | 'final' | null;
  readonly movedInOn: string | null;
  readonly movedOutOn: string | null;
  readonly customerId: number | null;
  readonly customerNumber: string | null;
  readonly customerName: string | null;
  readonly locationId: number | null;
  readonly locationNumber: string | null;
  readonly line1: string | null;
  readonly city: string | null;
  readonly balanceCents: number | null;
  readonly phone: string | null;
  /** 0 for a customer whom only some may see. */
  readonly public: number;
  readonly customerGroup: string | null;
}

/** Full rows of accounts. */
export const accountRows = preparedList<AccountRow>((db, ids) =>
  db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .leftJoin('account_balance as b', 'b.account_id', 'a.id')
    .where('a.id', 'in', [...ids])
    .select((eb) => [
      'a.id as accountId',
      'a.number as accountNumber',
      'a.activity',
      'a.moved_in_on as movedInOn',
      'a.moved_out_on as movedOutOn',
      'c.id as customerId',
      'c.number as customerNumber',
      'c.display_name as customerName',
      'c.public',
      'c.customer_group as customerGroup',
      'l.id as locationId',
      'l.number as locationNumber',
      'l.line1',
      'l.city',
      'b.balance_cents as balanceCents',
      eb
        .selectFrom('customer_phone as p')
        .select('p.number')
        .whereRef('p.customer_id', '=', 'a.customer_id')
        .where('p.is_primary', '=', eb.lit(1))
        .limit(eb.lit(1))
        .as('phone'),
    ])
    .$castTo<AccountRow>(),
);

const NO_ACCOUNT = {
  accountId: null,
  accountNumber: null,
  activity: null,
  movedInOn: null,
  movedOutOn: null,
  balanceCents: null,
};
const NO_CUSTOMER = {
  customerId: null,
  customerNumber: null,
  customerName: null,
  phone: null,
  public: 1,
  customerGroup: null,
};
const NO_LOCATION = { locationId: null, locationNumber: null, line1: null, city: null };

const customersAlone = preparedList((db, ids) =>
  db
    .selectFrom('customer as c')
    .where('c.id', 'in', [...ids])
    .select((eb) => [
      'c.id as customerId',
      'c.number as customerNumber',
      'c.display_name as customerName',
      'c.public',
      'c.customer_group as customerGroup',
      eb
        .selectFrom('customer_phone as p')
        .select('p.number')
        .whereRef('p.customer_id', '=', 'c.id')
        .where('p.is_primary', '=', eb.lit(1))
        .limit(eb.lit(1))
        .as('phone'),
    ]),
);

const locationsAlone = preparedList((db, ids) =>
  db
    .selectFrom('location')
    .where('id', 'in', [...ids])
    .select(['id as locationId', 'number as locationNumber', 'line1', 'city']),
);

/** Rows of customers or locations without any account. */
export async function ownersAlone(
  db: Db,
  owner: Exclude<SubjectKind, 'account'>,
  ids: readonly number[],
): Promise<AccountRow[]> {
  if (ids.length === 0) return [];
  return owner === 'customer'
    ? (await customersAlone(db, ids)).map((row) => ({ ...NO_ACCOUNT, ...NO_LOCATION, ...row }))
    : (await locationsAlone(db, ids)).map((row) => ({ ...NO_ACCOUNT, ...NO_CUSTOMER, ...row }));
}
