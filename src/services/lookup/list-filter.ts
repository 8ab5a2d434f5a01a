import { z } from 'zod';
import type { QueryContext } from '../operation.ts';
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
});

export type ListFilters = z.infer<typeof listFilters>;

/** Of an account, what the filters ask for. */
export interface Candidate {
  readonly accountId: number;
  readonly ownerId: number;
  readonly activity: 'current' | 'waiting' | 'final';
  readonly public: number;
  readonly cycleId: number | null;
  readonly routeId: number | null;
  readonly revenueClassId: number | null;
  readonly city: string;
  readonly balanceCents: number | null;
  readonly shutoffOn: string | null;
}

const candidatesBy = (column: 'customer_id' | 'location_id' | 'id') =>
  preparedList<Candidate>((db, ids) =>
    db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .innerJoin('location as l', 'l.id', 'a.location_id')
      .leftJoin('account_balance as b', 'b.account_id', 'a.id')
      .where(`a.${column}`, 'in', [...ids])
      .select([
        'a.id as accountId',
        `a.${column} as ownerId`,
        'a.activity',
        'c.public',
        'l.cycle_id as cycleId',
        'l.route_id as routeId',
        'l.revenue_class_id as revenueClassId',
        'l.city',
        'b.balance_cents as balanceCents',
        'a.shutoff_scheduled_on as shutoffOn',
      ])
      .$castTo<Candidate>(),
  );

/** Accounts of these customers, or of these locations, or these accounts themselves. */
export const candidatesOf = {
  customer: candidatesBy('customer_id'),
  location: candidatesBy('location_id'),
  account: candidatesBy('id'),
};

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

const isSame = (wanted: unknown, value: unknown): boolean => wanted === undefined || wanted === value;

const owes = ({ balanceCents }: Candidate): boolean => (balanceCents ?? 0) > 0;

function hasMoney(money: ListFilters['money'], candidate: Candidate): boolean {
  if (money === undefined) return true;
  if (money === 'credit') return (candidate.balanceCents ?? 0) < 0;
  return owes(candidate) && (money !== 'shutoff' || candidate.shutoffOn !== null);
}

/** Those of the accounts that the filters let through, and that the actor may see. */
export async function passing(
  { db, seesPrivate, today }: QueryContext,
  candidates: readonly Candidate[],
  filters: ListFilters,
): Promise<Set<number>> {
  const some = candidates.filter(
    (one) =>
      (seesPrivate || one.public === 1) &&
      isSame(filters.activity, one.activity) &&
      isSame(filters.cycleId, one.cycleId) &&
      isSame(filters.routeId, one.routeId) &&
      isSame(filters.revenueClassId, one.revenueClassId) &&
      isSame(filters.city?.toLowerCase(), filters.city === undefined ? undefined : one.city.toLowerCase()) &&
      hasMoney(filters.money, one),
  );
  const ids = some.map(({ accountId }) => accountId);
  if ((filters.money !== 'past_due' && filters.money !== 'shutoff') || ids.length === 0) return new Set(ids);
  const late = (await openDebits(db, ids)).filter(({ dueOn }) => dueOn !== null && dueOn < today);
  return new Set(late.map(({ accountId }) => accountId));
}

/** Whether anything is asked for that only an account has. */
export const isFiltered = (filters: ListFilters): boolean =>
  Object.values(filters).some((value) => value !== undefined);
