import { expect } from 'vitest';
import type { Database } from '#db/database.ts';

/** Asserts what must hold of every ledger (design §4): stored amounts follow from lines and allocations. */
export async function clean({ db }: Database): Promise<void> {
  const lines = await db.selectFrom('ledger_line').selectAll().execute();
  const transactions = await db.selectFrom('ledger_transaction').selectAll().execute();
  const allocations = await db.selectFrom('allocation').selectAll().execute();
  const balances = await db.selectFrom('account_balance').selectAll().execute();
  const settled = new Map<number, number>();
  for (const row of allocations) {
    for (const id of [row.credit_line_id, row.debit_line_id])
      settled.set(id, (settled.get(id) ?? 0) + row.amount_cents);
  }
  const effect = (rows: typeof lines): number => rows.reduce((sum, row) => sum + row.effect * row.amount_cents, 0);
  expect(lines.filter((line) => line.open_cents !== line.amount_cents - (settled.get(line.id) ?? 0))).toEqual([]);
  expect(lines.filter((line) => line.open_cents < 0)).toEqual([]);
  for (const { id, amount_cents: amount } of transactions) {
    expect(effect(lines.filter((line) => line.transaction_id === id))).toBe(amount);
  }
  for (const { account_id: id, balance_cents: balance } of balances) {
    expect(effect(lines.filter((line) => line.account_id === id))).toBe(balance);
  }
  const sides = new Map(lines.map((line) => [line.id, line.effect]));
  expect(
    allocations.filter((row) => sides.get(row.credit_line_id) !== -1 || sides.get(row.debit_line_id) !== 1),
  ).toEqual([]);
}
