import { dateText, instantOf } from './days.ts';
import type { NewTransaction } from './posting.ts';

/** The row of a transaction, in the order of its columns. */
export const transactionCells = (
  owner: { readonly accountId: number; readonly customerId: number },
  id: number,
  t: NewTransaction,
  { amount, dueDay }: { readonly amount: number; readonly dueDay: number | null },
) => [
  id,
  owner.accountId,
  owner.customerId,
  t.kind,
  t.unposted ? 'unposted' : 'posted',
  t.number ?? null,
  dateText(t.day),
  dueDay === null ? null : dateText(dueDay),
  amount,
  t.method ?? null,
  t.reference ?? null,
  t.reason ?? null,
  t.memo ?? null,
  t.statementId ?? null,
  t.reversesId ?? null,
  t.paymentId ?? null,
  t.tenderId ?? null,
  t.batchId ?? null,
  t.depositId ?? null,
  t.unposted ? null : dateText(t.day),
  instantOf(t.day, 480 + (id % 540)),
  t.by,
];
