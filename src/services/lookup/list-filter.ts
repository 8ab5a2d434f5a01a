import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { QueryContext } from '../operation.ts';
import type { Parameter } from '../prepared.ts';
import { sees } from '../sight.ts';
import { preparedList } from './records.ts';

/** What a list may be narrowed to. */
export const listFilters = z.object({
  activity: z.enum(['current', 'waiting', 'final']).optional(),
  /** Past due: something is late; credit: we owe them; owing: they owe anything. */
  money: z.enum(['past_due', 'shutoff', 'owing', 'credit']).optional(),
  cycleId: z.number().int().optional(),
  routeId: z.number().int().optional(),
  revenueClassId: z.number().int().optional(),
  city: z.string().max(80).optional(),
  /** Value of a user-defined code of the customer or the location. */
  code: z.string().max(61).optional(),
});

export type ListFilters = z.infer<typeof listFilters>;

/** An account that the filters of its own tables let through. */
export interface Candidate {
  readonly accountId: number;
  readonly ownerId: number;
  readonly activity: 'current' | 'waiting' | 'final';
  readonly public: number;
  readonly customerGroup: string | null;
  readonly balanceCents: number | null;
  readonly shutoffOn: string | null;
}

/** Null: any. */
interface Conditions {
  readonly activity: string | null;
  readonly cycleId: number | null;
  readonly routeId: number | null;
  readonly revenueClassId: number | null;
  readonly city: string | null;
  readonly leastCents: number;
  readonly mostCents: number;
}

const COLUMNS = {
  cycleId: 'l.cycle_id',
  routeId: 'l.route_id',
  revenueClassId: 'l.revenue_class_id',
} as const;

const candidatesBy = (column: 'customer_id' | 'location_id' | 'id') =>
  preparedList<Candidate, Record<keyof Conditions, string | number | null>>((db, ids, parameter) => {
    const p = parameter as unknown as Parameter<Conditions>;
    let accounts = db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .innerJoin('location as l', 'l.id', 'a.location_id')
      .leftJoin('account_balance as b', 'b.account_id', 'a.id')
      .where(`a.${column}`, 'in', [...ids])
      .where((eb) =>
        eb.or([
          eb(eb.cast(eb.val(p('activity')), 'text'), 'is', null),
          eb(eb.cast<string>('a.activity', 'text'), '=', p('activity')),
        ]),
      )
      .where((eb) =>
        eb.or([
          eb(eb.cast(eb.val(p('city')), 'text'), 'is', null),
          eb(eb.fn<string>('lower', ['l.city']), '=', p('city')),
        ]),
      )
      .where((eb) => eb.between(eb.fn.coalesce('b.balance_cents', eb.lit(0)), p('leastCents'), p('mostCents')));
    for (const name of ['cycleId', 'routeId', 'revenueClassId'] as const) {
      accounts = accounts.where((eb) =>
        eb.or([eb(eb.cast(eb.val(p(name)), 'bigint'), 'is', null), eb(COLUMNS[name], '=', p(name))]),
      );
    }
    return accounts
      .select([
        'a.id as accountId',
        `a.${column} as ownerId`,
        'a.activity',
        'c.public',
        'c.customer_group as customerGroup',
        'b.balance_cents as balanceCents',
        'a.shutoff_scheduled_on as shutoffOn',
      ])
      .$castTo<Candidate>();
  });

const candidates = {
  customer: candidatesBy('customer_id'),
  location: candidatesBy('location_id'),
  account: candidatesBy('id'),
};

const MUCH = Number.MAX_SAFE_INTEGER;

/** Bounds of the balance that a standing asks for. */
const BALANCES = {
  any: [-MUCH, MUCH],
  past_due: [1, MUCH],
  shutoff: [1, MUCH],
  owing: [1, MUCH],
  credit: [-MUCH, -1],
} as const;

/** Accounts of these customers, or of these locations, or these accounts themselves, that the filters let through. */
export function candidatesOf(
  db: Db,
  owner: keyof typeof candidates,
  ids: readonly number[],
  filters: ListFilters,
): Promise<Candidate[]> {
  const [leastCents, mostCents] = BALANCES[filters.money ?? 'any'];
  const { activity = null, cycleId = null, routeId = null, revenueClassId = null, city } = filters;
  const conditions = { activity, cycleId, routeId, revenueClassId, city: city?.toLowerCase() ?? null };
  return candidates[owner](db, ids, { ...conditions, leastCents, mostCents });
}

/** Open debits of accounts: the due dates tell which is late. */
const openDebits = preparedList<{ accountId: number; dueOn: string | null }>((db, ids) =>
  db
    .selectFrom('account as a')
    .innerJoin('ledger_line as x', (on) =>
      on.onRef('x.customer_id', '=', 'a.customer_id').onRef('x.account_id', '=', 'a.id'),
    )
    .innerJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
    .where('a.id', 'in', [...ids])
    .where((eb) => eb('x.open_cents', '<>', eb.lit(0)))
    .where('x.effect', '=', 1)
    .where('t.status', '=', 'posted')
    .select(['a.id as accountId', 'x.due_on as dueOn'])
    .$castTo<{ accountId: number; dueOn: string | null }>(),
);

/** Those of the accounts whose customer or location has the code. */
async function coded(db: Db, ids: readonly number[], code: string): Promise<number[]> {
  const rows = await db
    .selectFrom('account as a')
    .innerJoin('user_code as u', (on) =>
      on.on((eb) =>
        eb.or([eb('u.customer_id', '=', eb.ref('a.customer_id')), eb('u.location_id', '=', eb.ref('a.location_id'))]),
      ),
    )
    .select('a.id')
    .distinct()
    .where('a.id', 'in', [...ids])
    .where('u.value', '=', code)
    .execute();
  return rows.map(({ id }) => id);
}

/** Those of the accounts that the standing asked for lets through, and that the actor may see. */
export async function passing(
  { db, sight, today }: QueryContext,
  found: readonly Candidate[],
  { money, code }: ListFilters,
): Promise<Set<number>> {
  const seen = found
    .filter((one) => sees(sight, one) && (money !== 'shutoff' || one.shutoffOn !== null))
    .map(({ accountId }) => accountId);
  const ids = code === undefined || seen.length === 0 ? seen : await coded(db, seen, code);
  if ((money !== 'past_due' && money !== 'shutoff') || ids.length === 0) return new Set(ids);
  const late = (await openDebits(db, ids)).filter(({ dueOn }) => dueOn !== null && dueOn < today);
  return new Set(late.map(({ accountId }) => accountId));
}

/** Whether anything is asked for that only an account has. */
export const isFiltered = (filters: ListFilters): boolean =>
  Object.values(filters).some((value) => value !== undefined);
