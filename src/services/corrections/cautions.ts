import { formatCents } from '#domain/money.ts';
import type { CorrectionContext } from './context.ts';

/** Says in a preview what else goes on at an account: unposted items, and a plan by which debts are paid. */
export async function cautions(ctx: CorrectionContext, accountId: number): Promise<void> {
  if (!ctx.trial) return;
  const balance = await ctx.db
    .selectFrom('account_balance')
    .select('unposted_cents as unposted')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (balance && balance.unposted !== 0) {
    ctx.warn(`There are unposted items of ${formatCents(balance.unposted)} on this account.`);
  }
  const plan = await ctx.db
    .selectFrom('arrangement')
    .select('id')
    .where('account_id', '=', accountId)
    .where('status', '=', 'active')
    .executeTakeFirst();
  if (plan) ctx.warn('A payment arrangement is in force: see whether it can still be kept.');
}
