import { Failure } from '#services/failure.ts';
import { listHistory } from '#services/history/list.ts';
import { getPayment } from '#services/payments/get.ts';
import type { PaymentContext } from './context.ts';
import { listed } from './recent.ts';

/** Newest payments of an account among which one that was just taken is. */
const AMONG = 100;

/** The receipt of the payment under the cursor: printed, written or sent. */
export async function giveReceipt(ctx: PaymentContext): Promise<void> {
  const {
    sourceAccountId: accountId,
    receipt,
    accounts,
  } = await ctx.call(getPayment, {
    paymentId: listed(ctx)!.paymentId,
  });
  // The receipt tells of all accounts; it goes to the one who paid, who need not be among them.
  const of = accounts.some((one) => one.accountId === accountId) ? accountId : accounts[0]!.accountId;
  const { rows } = await ctx.call(listHistory, { accountId: of, view: 'payments', limit: AMONG });
  const row = rows.find(({ kind, number }) => kind === 'payment' && number === receipt);
  if (!row)
    throw new Failure('not_found', `Receipt ${receipt} is not among the last payments: open the account’s history.`);
  await ctx.paper({ kind: 'receipt', accountId: of, transactionId: row.id, title: `Receipt ${receipt}` });
}
