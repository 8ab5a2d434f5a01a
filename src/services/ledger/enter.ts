import { AccountSums, addUnposted } from './balances.ts';
import { type Entered, type LedgerContext, type NewTransaction, rowsOf, writeRows } from './rows.ts';

/** Enters transactions, not posted yet: they show beside the balance and can still be changed or deleted. */
export async function enterAll(ctx: LedgerContext, entries: readonly NewTransaction[]): Promise<Entered[]> {
  const rows = entries.map((entry) => rowsOf(ctx, entry));
  await writeRows(ctx, rows);
  const sums = new AccountSums();
  for (const { transaction } of rows) sums.add(transaction.account_id, transaction.amount_cents);
  await addUnposted(ctx, sums);
  return rows.map(({ transaction, lines }) => ({
    id: transaction.id,
    amountCents: transaction.amount_cents,
    lineIds: lines.map((line) => line.id),
  }));
}

/** Enters one transaction. */
export async function enter(ctx: LedgerContext, entry: NewTransaction): Promise<Entered> {
  const [entered] = await enterAll(ctx, [entry]);
  return entered!;
}
