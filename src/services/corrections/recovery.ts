import { insertRows } from '#db/bulk.ts';
import { idList } from '#db/bulk-add.ts';
import type { LedgerContext } from '../ledger/rows.ts';
import { entriesBy, type Entry } from './entries.ts';
import { bringBack, standingOf } from './reinstate.ts';

/**
 * Money on an account with written-off debts pays those first, not new charges (guide: domain §4.4):
 * as much of them as the money covers is owed again, and planned to be paid by it. What somebody
 * planned by hand goes before. To be called before payments are posted.
 * @param ids unposted transactions; those that are no payments are left alone
 * @returns the reinstatements
 */
export async function recoverBadDebt(ctx: LedgerContext, ids: readonly number[]): Promise<number[]> {
  const writeOffs = await writeOffsFor(ctx, ids);
  if (writeOffs.length === 0) return [];
  const payments = (await entriesBy(ctx.db, 'id', ids)).filter(
    ({ kind, status }) => kind === 'payment' && status !== 'posted',
  );
  const planned = await plannedCents(ctx, payments);
  const made: number[] = [];
  for (const payment of payments) {
    let left = -payment.amountCents - (planned.get(payment.id) ?? 0);
    for (const written of writeOffs.filter(({ account }) => account.id === payment.account.id)) {
      const standing = left > 0 ? await standingOf(ctx, [written]) : [];
      const cents = Math.min(
        left,
        standing.reduce((sum, part) => sum + part.cents, 0),
      );
      if (cents <= 0) continue;
      const back = await bringBack(ctx, written, standing, {
        cents,
        reference: payment.number,
        memo: 'Paid after it was written off',
      });
      await insertRows(
        ctx.db,
        'planned_allocation',
        back.opened.map((debt) => ({
          id: ctx.newId(),
          transaction_id: payment.id,
          customer_id: payment.account.customerId,
          debit_line_id: debt.debitLineId,
          amount_cents: debt.cents,
        })),
      );
      made.push(back.id);
      left -= cents;
    }
  }
  return made;
}

/** Posted write-offs of the accounts that these payments go to, the oldest first. */
async function writeOffsFor({ db }: LedgerContext, ids: readonly number[]): Promise<Entry[]> {
  const rows = await db
    .selectFrom('ledger_transaction as p')
    .innerJoin('ledger_transaction as w', 'w.account_id', 'p.account_id')
    .select('w.id')
    .distinct()
    .where('p.id', 'in', idList(db, ids))
    .where('p.kind', '=', 'payment')
    .where('w.kind', '=', 'write_off')
    .where('w.status', '=', 'posted')
    .execute();
  return entriesBy(
    db,
    'id',
    rows.map(({ id }) => id),
  );
}

async function plannedCents({ db }: LedgerContext, payments: readonly Entry[]): Promise<Map<number, number>> {
  const list = idList(
    db,
    payments.map(({ id }) => id),
  );
  const rows = await db
    .selectFrom('planned_allocation')
    .select('transaction_id as id')
    .select((eb) => eb.fn.sum<number>('amount_cents').as('cents'))
    .where('transaction_id', 'in', list)
    .groupBy('transaction_id')
    .execute();
  return new Map(rows.map(({ id, cents }) => [id, Number(cents)]));
}
