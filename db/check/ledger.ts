import { sql } from 'kysely';
import type { Db } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

interface Row {
  readonly account: string | null;
  readonly id: number;
  readonly told: number | null;
  readonly right: number | null;
}

const cents = (n: number | null): string => (n === null ? 'nothing' : (n / 100).toFixed(2));

const findings = (rows: readonly Row[], say: (row: Row) => string): Finding[] =>
  rows.map((row) => ({ account: row.account, message: say(row) }));

async function codes(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('ledger_line as l')
    .leftJoin('gl_account as d', 'd.code', 'l.debit_gl')
    .leftJoin('gl_account as c', 'c.code', 'l.credit_gl')
    .leftJoin('account as a', 'a.id', 'l.account_id')
    .select(['l.id', 'a.number as account', 'l.debit_gl', 'l.credit_gl'])
    .where((eb) =>
      eb.or([eb('d.code', 'is', null), eb('c.code', 'is', null), eb('l.debit_gl', '=', eb.ref('l.credit_gl'))]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id, account, debit_gl, credit_gl }) => ({
    account,
    message: `line ${id} does not move money between two codes of the general ledger: ${debit_gl} to ${credit_gl}`,
  }));
}

async function amounts(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Row>`
    select a.number as account, t.id, t.amount_cents as told, s.total as "right"
    from ledger_transaction t
    left join (select transaction_id, sum(effect * amount_cents) as total from ledger_line group by transaction_id) s
      on s.transaction_id = t.id
    left join account a on a.id = t.account_id
    where s.total is null or s.total <> t.amount_cents
    limit ${sql.lit(limit)}`.execute(db);
  return findings(rows, (r) => `transaction ${r.id} says ${cents(r.told)}, its lines ${cents(r.right)}`);
}

async function belongings(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(['l.id', 'a.number as account'])
    .where((eb) =>
      eb.or([
        eb('l.account_id', '<>', eb.ref('t.account_id')),
        eb('l.customer_id', '<>', eb.ref('t.customer_id')),
        eb('a.customer_id', '<>', eb.ref('t.customer_id')),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id, account }) => ({
    account,
    message: `line ${id} is of another account or customer than its transaction`,
  }));
}

/** Open amounts of one side: what was posted less what it was allocated. */
const openAmounts =
  (side: 'debit' | 'credit') =>
  async (db: Db, limit: number): Promise<Finding[]> => {
    const column = sql.ref(`${side}_line_id`);
    const effect = sql.lit(side === 'debit' ? 1 : -1);
    const { rows } = await sql<Row>`
      select a.number as account, l.id, l.open_cents as told, l.amount_cents - coalesce(s.total, 0) as "right"
      from ledger_line l
      left join (select ${column} as line_id, sum(amount_cents) as total from allocation group by ${column}) s
        on s.line_id = l.id
      left join account a on a.id = l.account_id
      where (l.effect = ${effect} and l.open_cents <> l.amount_cents - coalesce(s.total, 0))
         or (l.effect <> ${effect} and s.total <> 0) or (l.effect = 0 and l.open_cents <> 0) or l.open_cents < 0
      limit ${sql.lit(limit)}`.execute(db);
    return findings(rows, (r) => `line ${r.id} says ${cents(r.told)} is open, its allocations leave ${cents(r.right)}`);
  };

async function unposted(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Row>`
    select a.number as account, l.id, l.open_cents as told, l.amount_cents as "right"
    from ledger_transaction t
    join ledger_line l on l.transaction_id = t.id
    left join account a on a.id = t.account_id
    where t.status = 'unposted' and l.effect <> 0 and l.open_cents <> l.amount_cents
    limit ${sql.lit(limit)}`.execute(db);
  return findings(rows, (r) => `line ${r.id} is not posted and yet ${cents(r.right! - r.told!)} of it is allocated`);
}

async function pairs(db: Db, limit: number): Promise<Finding[]> {
  const rows = await db
    .selectFrom('allocation as x')
    .innerJoin('ledger_line as c', 'c.id', 'x.credit_line_id')
    .innerJoin('ledger_line as d', 'd.id', 'x.debit_line_id')
    .leftJoin('account as a', 'a.id', 'd.account_id')
    .select(['x.id', 'a.number as account'])
    .where((eb) =>
      eb.or([
        eb('c.customer_id', '<>', eb.ref('d.customer_id')),
        eb('x.customer_id', '<>', eb.ref('d.customer_id')),
        eb('c.effect', '<>', -1),
        eb('d.effect', '<>', 1),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map(({ id, account }) => ({
    account,
    message: `allocation ${id} does not tie a credit to a debit of its customer`,
  }));
}

/** The stored totals against the lines, posted and not. */
async function balances(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Row>`
    select a.number as account, a.id, b.balance_cents + b.unposted_cents as told,
      coalesce(s.posted, 0) + coalesce(s.unposted, 0) as "right"
    from account a
    left join account_balance b on b.account_id = a.id
    left join (
      select t.account_id,
        sum(case when t.status = 'posted' then l.effect * l.amount_cents else 0 end) as posted,
        sum(case when t.status = 'posted' then 0 else l.effect * l.amount_cents end) as unposted
      from ledger_transaction t join ledger_line l on l.transaction_id = t.id
      group by t.account_id
    ) s on s.account_id = a.id
    where b.account_id is null or b.balance_cents <> coalesce(s.posted, 0) or b.unposted_cents <> coalesce(s.unposted, 0)
      or b.customer_id <> a.customer_id or b.location_id <> a.location_id
    limit ${sql.lit(limit)}`.execute(db);
  return findings(rows, (r) => `the stored balance is ${cents(r.told)}, the ledger says ${cents(r.right)}`);
}

/** The books: what design calls provable. */
export const ledgerRules: readonly Rule[] = [
  { name: 'ledger-codes', title: 'Every line moves money between two codes of the general ledger', find: codes },
  { name: 'ledger-amounts', title: 'Every transaction is the sum of its lines', find: amounts },
  { name: 'ledger-owners', title: 'Lines belong to the account of their transaction', find: belongings },
  { name: 'open-debits', title: 'Open debits are what is not paid', find: openAmounts('debit') },
  { name: 'open-credits', title: 'Open credits are what is not used', find: openAmounts('credit') },
  { name: 'unposted', title: 'What is not posted is not allocated', find: unposted },
  { name: 'allocations', title: 'Allocations tie credits to debits of one customer', find: pairs },
  { name: 'balances', title: 'Stored balances equal the ledger', find: balances },
];
