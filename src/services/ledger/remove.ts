import { idList } from '#db/bulk-add.ts';
import { Failure } from '../failure.ts';
import { AccountSums, addUnposted } from './balances.ts';
import type { LedgerContext } from './rows.ts';

/**
 * Deletes transactions that are not posted, with their lines and what they were meant to pay
 * (guide: L8: of posted rows nothing is ever deleted).
 * @throws Failure `refused` when one of them is posted
 */
export async function removeUnposted(ctx: LedgerContext, ids: readonly number[]): Promise<void> {
  const { db } = ctx;
  const rows = await db
    .selectFrom('ledger_transaction')
    .select(['id', 'account_id', 'amount_cents', 'status'])
    .where('id', 'in', idList(db, ids))
    .execute();
  if (rows.some((row) => row.status === 'posted')) {
    throw new Failure('refused', 'This is posted already: reverse it instead.');
  }
  const list = idList(
    db,
    rows.map((row) => row.id),
  );
  await db.deleteFrom('planned_allocation').where('transaction_id', 'in', list).execute();
  await db.deleteFrom('ledger_line').where('transaction_id', 'in', list).execute();
  await db.deleteFrom('ledger_transaction').where('id', 'in', list).execute();
  const sums = new AccountSums();
  for (const row of rows) sums.add(row.account_id, -row.amount_cents);
  await addUnposted(ctx, sums);
}
