import { type RawBuilder, sql } from 'kysely';
import type { CivilDate } from '#domain/civil-date.ts';
import type { DepositSums, Release } from '#domain/deposit.ts';
import { idList } from './bulk-add.ts';
import type { Db } from './schema.ts';

interface SumsRow {
  readonly id: number;
  readonly charged: number;
  readonly collected: number;
  readonly released: number;
  readonly applied: number | null;
  readonly refunded: number | null;
  readonly transferred: number | null;
  readonly forfeited: number | null;
  readonly releasedOn: CivilDate | null;
}

const RELEASES: readonly Release[] = ['applied', 'refunded', 'transferred', 'forfeited'];

/** The latest of the ways in which money left; identities rise with time. */
function lastOf(row: SumsRow): Release | null {
  let last: Release | null = null;
  for (const way of RELEASES) if (row[way] !== null && (last === null || row[way] > row[last]!)) last = way;
  return last;
}

/**
 * The lines of posted transactions that name a deposit, by what they do to it. What a deposit
 * owes stands on an account of liabilities: a line that credits one adds, one that debits it takes.
 */
const lines = (which: RawBuilder<unknown>) => sql`
  select t.id as transaction_id, t.deposit_id, t.kind, t.effective_on, l.id, l.amount_cents, l.credit_gl as gl,
    case
      when c.kind = 'liability' and t.kind = 'deposit_charge' and l.effect = 1 then 'charge'
      when d.kind = 'liability' and l.effect = -1 and t.kind <> 'deposit_apply' then 'other'
      when c.kind = 'liability' and l.effect = 0 and t.kind = 'transfer_in' then 'moved'
      when c.kind = 'liability' then 'back'
      when d.kind = 'liability' then 'out'
      else 'other'
    end as part
  from ledger_transaction t
  join ledger_line l on l.transaction_id = t.id
  left join gl_account d on d.code = l.debit_gl
  left join gl_account c on c.code = l.credit_gl
  where t.deposit_id is not null and t.status = 'posted' ${which}`;

/** A credit that took the charge itself back (it debits what the charge credited), or wrote it off: no money came. */
const takenBack = sql`(x.kind = 'write_off' or (x.kind <> 'deposit_apply' and y.debit_gl = m.gl))`;

/** What was paid on charges of deposits, and what was taken back of them. */
const payments = sql`
  select m.deposit_id,
    sum(case when ${takenBack} then 0 else a.amount_cents end) as paid,
    sum(case when ${takenBack} then a.amount_cents else 0 end) as taken_back
  from mine m
  join allocation a on a.debit_line_id = m.id
  join ledger_line y on y.id = a.credit_line_id
  join ledger_transaction x on x.id = y.transaction_id
  where m.part = 'charge'
  group by m.deposit_id`;

const latest = (condition: RawBuilder<unknown>) =>
  sql`max(case when part = 'out' and ${condition} then transaction_id end)`;

/**
 * What the ledger says of deposits, set-based: of some, or of all that it knows. Deposits of which
 * it has no transaction (taken over from elsewhere) are not in the answer.
 */
export async function depositSums(db: Db, ids?: readonly number[]): Promise<Map<number, DepositSums>> {
  const which = ids === undefined ? sql`` : sql`and t.deposit_id in (${idList(db, ids)})`;
  const { rows } = await sql<SumsRow>`
    with mine as (${lines(which)}), paid as (${payments}), summed as (
      select deposit_id,
        sum(case when part in ('charge', 'moved') then amount_cents else 0 end) as charged,
        sum(case when part = 'moved' then amount_cents else 0 end) as moved,
        sum(case when part = 'out' then amount_cents when part = 'back' then -amount_cents else 0 end) as released,
        ${latest(sql`kind = 'deposit_apply'`)} as applied,
        ${latest(sql`kind = 'deposit_refund'`)} as refunded,
        ${latest(sql`kind = 'transfer_out'`)} as transferred,
        ${latest(sql`kind not in ('deposit_apply', 'deposit_refund', 'transfer_out')`)} as forfeited,
        max(case when part = 'out' then effective_on end) as released_on
      from mine group by deposit_id)
    select s.deposit_id as id, s.charged - coalesce(p.taken_back, 0) as charged,
      s.moved + coalesce(p.paid, 0) as collected, s.released,
      s.applied, s.refunded, s.transferred, s.forfeited, s.released_on as "releasedOn"
    from summed s left join paid p on p.deposit_id = s.deposit_id`.execute(db);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        chargedCents: Number(row.charged),
        collectedCents: Number(row.collected),
        releasedCents: Number(row.released),
        lastRelease: lastOf(row),
        lastReleaseOn: row.releasedOn,
      },
    ]),
  );
}

/** Money that came to a deposit or left it, by day: what interest is calculated on. */
export interface DepositChange {
  readonly depositId: number;
  readonly on: CivilDate;
  readonly cents: number;
}

/** All changes of what some deposits held. Of one that the ledger does not know: what it holds, from its day on. */
export async function depositChanges(db: Db, ids: readonly number[]): Promise<DepositChange[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number; day: CivilDate; cents: number }>`
    with mine as (${lines(sql`and t.deposit_id in (${idList(db, ids)})`)})
    select m.deposit_id as id, a.allocated_on as day, a.amount_cents as cents
    from mine m
    join allocation a on a.debit_line_id = m.id
    join ledger_line y on y.id = a.credit_line_id
    join ledger_transaction x on x.id = y.transaction_id
    where m.part = 'charge' and not ${takenBack}
    union all
    select deposit_id, effective_on, case when part = 'out' then -amount_cents else amount_cents end
    from mine where part in ('moved', 'back', 'out')
    union all
    select d.id, d.charged_on, d.held_cents from deposit d
    where d.id in (${idList(db, ids)}) and not exists (select 1 from mine where mine.deposit_id = d.id)`.execute(db);
  return rows.map(({ id, day, cents }) => ({ depositId: id, on: day, cents: Number(cents) }));
}

/** Deposits whose charges have these lines. */
export async function depositsOfLines(db: Db, lineIds: readonly number[]): Promise<number[]> {
  if (lineIds.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select distinct t.deposit_id as id from ledger_line l join ledger_transaction t on t.id = l.transaction_id
    where l.id in (${idList(db, lineIds)}) and t.deposit_id is not null`.execute(db);
  return rows.map(({ id }) => id);
}

/** Deposits that posted transactions are about. */
export async function depositsOfTransactions(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<{ id: number }>`
    select distinct deposit_id as id from ledger_transaction
    where id in (${idList(db, ids)}) and deposit_id is not null`.execute(db);
  return rows.map(({ id }) => id);
}
