import { sql } from 'kysely';
import type { Db } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

interface Row {
  readonly id: number;
  readonly account: string | null;
}

const told =
  (what: string) =>
  ({ id, account }: Row): Finding => ({ account, message: `deferred charge ${id} ${what}` });

/** A charge's own transaction, on the account that paid, after a payment of that account. */
async function transactions(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Row>`
    select d.id, a.number as account
    from deferred_posting d
    left join account a on a.id = d.account_id
    left join ledger_transaction c on c.id = d.transaction_id
    left join ledger_transaction p on p.id = d.trigger_id
    where c.id is null or c.kind <> 'deferred_charge' or c.status <> 'posted' or c.account_id <> d.account_id
      or c.customer_id <> d.customer_id
      or p.id is null or p.kind <> 'payment' or p.status <> 'posted' or p.account_id <> d.account_id
    limit ${sql.lit(limit)}`.execute(db);
  return rows.map(told('is no posted charge that followed a payment of its account'));
}

/** What took a payment back took its charges back. */
async function withTheirPayments(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Row>`
    select d.id, a.number as account
    from deferred_posting d
    join account a on a.id = d.account_id
    where d.reversed_by_id is null and exists (
      select 1 from ledger_transaction r
      where r.reverses_id = d.trigger_id and r.kind in ('nsf', 'reversal') and r.status = 'posted'
    )
    limit ${sql.lit(limit)}`.execute(db);
  return rows.map(told('stands although its payment was taken back'));
}

/** It is a reversal, or where nothing was left to reverse what took the money. */
async function takenBack(db: Db, limit: number): Promise<Finding[]> {
  const { rows } = await sql<Row>`
    select d.id, a.number as account
    from deferred_posting d
    join account a on a.id = d.account_id
    left join ledger_transaction r on r.id = d.reversed_by_id
    where d.reversed_by_id is not null
      and (r.id is null or r.status <> 'posted' or r.kind not in ('reversal', 'nsf', 'transfer_out'))
    limit ${sql.lit(limit)}`.execute(db);
  return rows.map(told('is taken back by something else'));
}

/** Deferred charges and the payments that brought them about. */
export const deferredRules: readonly Rule[] = [
  {
    name: 'deferred-charges',
    title: 'Deferred charges are posted, after a payment of their account',
    find: transactions,
  },
  {
    name: 'deferred-taken-back',
    title: 'Deferred charges are taken back with their payments',
    find: async (db, limit) =>
      [...(await withTheirPayments(db, limit)), ...(await takenBack(db, limit))].slice(0, limit),
  },
];
