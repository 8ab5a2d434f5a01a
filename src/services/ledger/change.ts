import { insertRows } from '#db/bulk.ts';
import { Failure } from '../failure.ts';
import { AccountSums, addUnposted } from './balances.ts';
import { type Entered, type LedgerContext, type NewTransaction, rowsOf } from './rows.ts';

/**
 * Gives a transaction that is not posted other facts and lines; what it was meant to pay is forgotten.
 * Its account, and who entered it when, stay.
 * @throws Failure `conflict` when somebody else has changed, posted or deleted it meanwhile
 */
export async function changeUnposted(
  ctx: LedgerContext,
  entry: NewTransaction & { readonly id: number },
  version: number,
): Promise<Entered> {
  const { db } = ctx;
  const before = await db
    .selectFrom('ledger_transaction')
    .select(['amount_cents', 'status', 'version', 'created_at', 'created_by'])
    .where('id', '=', entry.id)
    .executeTakeFirst();
  if (before?.status !== 'unposted' || before.version !== version) {
    throw new Failure('conflict', 'Somebody else has changed, posted or deleted this meanwhile. Nothing was saved.');
  }
  const { transaction, lines } = rowsOf(ctx, entry);
  await db.deleteFrom('planned_allocation').where('transaction_id', '=', entry.id).execute();
  await db.deleteFrom('ledger_line').where('transaction_id', '=', entry.id).execute();
  await db
    .updateTable('ledger_transaction')
    .set({ ...transaction, created_at: before.created_at, created_by: before.created_by, version: version + 1 })
    .where('id', '=', entry.id)
    .execute();
  await insertRows(db, 'ledger_line', lines);
  const sums = new AccountSums();
  sums.add(entry.account.id, transaction.amount_cents - before.amount_cents);
  await addUnposted(ctx, sums);
  return { id: entry.id, amountCents: transaction.amount_cents, lineIds: lines.map((line) => line.id) };
}
