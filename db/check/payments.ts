import { sql } from 'kysely';
import type { Db } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

const cents = (n: number | null): string => (n === null ? 'nothing' : (n / 100).toFixed(2));
const nobodys = (message: string): Finding => ({ account: null, message });

interface Sums {
  readonly number: string;
  readonly told: number;
  readonly right: number | null;
}

/** A receipt and what was handed over. */
async function tenders(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Sums>`
    select p.number, p.total_cents as told, s.total as "right"
    from payment p
    left join (select payment_id, sum(amount_cents) as total from tender group by payment_id) s on s.payment_id = p.id
    where s.total is null or s.total <> p.total_cents
    limit ${sql.lit(limit)}`.execute(db);
  return rows.map((r) => nobodys(`payment ${r.number} is of ${cents(r.told)}, its means of payment ${cents(r.right)}`));
}

/** What was handed over and what the accounts got of it, by each means. */
async function parts(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Sums>`
    select p.number, t.amount_cents as told, s.total as "right"
    from tender t
    join payment p on p.id = t.payment_id
    left join (
      select tender_id, payment_id, -sum(amount_cents) as total from ledger_transaction
      where kind = 'payment' and tender_id is not null group by tender_id, payment_id
    ) s on s.tender_id = t.id and s.payment_id = t.payment_id
    where s.total is null or s.total <> t.amount_cents
    limit ${sql.lit(limit)}`.execute(db);
  return rows.map((r) => nobodys(`${cents(r.told)} of payment ${r.number} gave accounts ${cents(r.right)}`));
}

async function plans(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('planned_allocation as x')
    .leftJoin('ledger_transaction as t', 't.id', 'x.transaction_id')
    .leftJoin('account as a', 'a.id', 't.account_id')
    .select(['x.id', 'a.number as account'])
    .where((eb) => eb.or([eb('t.id', 'is', null), eb('t.status', '<>', 'unposted')]))
    .limit(limit)
    .execute();
  return rows.map(({ id, account }) => ({ account, message: `plan ${id} is of no unposted transaction` }));
}

async function batches(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('batch as b')
    .innerJoin('ledger_transaction as t', 't.batch_id', 'b.id')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(['t.id', 'b.number', 'a.number as account'])
    .where('b.status', '=', 'posted')
    .where('t.status', '<>', 'posted')
    .limit(limit)
    .execute();
  return rows.map(({ id, number, account }) => ({
    account,
    message: `batch ${number} is posted, its transaction ${id} is not`,
  }));
}

async function deposits(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('deposit')
    .select(['id', 'charged_cents as charged', 'collected_cents as collected', 'held_cents as held'])
    .where((eb) =>
      eb.or([
        eb('held_cents', '<', 0),
        eb('held_cents', '>', eb.ref('collected_cents')),
        eb('collected_cents', '>', eb.ref('charged_cents')),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id, charged, collected, held }) =>
    nobodys(`deposit ${id}: charged ${cents(charged)}, collected ${cents(collected)}, held ${cents(held)}`),
  );
}

async function periods(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('accounting_period as p')
    .innerJoin('accounting_period as q', (on) => on.onRef('p.id', '<', 'q.id').onRef('p.starts_on', '<=', 'q.ends_on'))
    .select(['p.name', 'q.name as other'])
    .whereRef('q.starts_on', '<=', 'p.ends_on')
    .limit(limit)
    .execute();
  return rows.map(({ name, other }) => nobodys(`the accounting periods ${name} and ${other} overlap`));
}

/** Money as it came in, and what is held. */
export const paymentRules: readonly Rule[] = [
  { name: 'tenders', title: 'Every payment is the sum of its means of payment', find: tenders },
  { name: 'payments', title: 'Every means of payment went to accounts in full', find: parts },
  { name: 'plans', title: 'Only what is not posted has a plan of what it pays', find: plans },
  { name: 'batches', title: 'Posted batches hold only what is posted', find: batches },
  {
    name: 'deposit-amounts',
    title: 'Deposits hold no more than was collected, nor collected more than charged',
    find: deposits,
  },
  { name: 'periods', title: 'Accounting periods do not overlap', find: periods },
];
