import { type Cents, formatCents } from '#domain/money.ts';
import type { AccountRef } from '../ledger/rows.ts';
import type { CorrectionReceipt } from './receipt.ts';
import type { CorrectionContext } from './context.ts';

/** A credit that its author may not give alone. */
interface Wanted {
  /** The correction's name, and what it was asked. */
  readonly operation: string;
  readonly input: unknown;
  readonly summary: string;
  readonly account: AccountRef;
  readonly creditCents: Cents;
}

/**
 * Above the actor's own limit a credit waits for somebody who may give it: answers the receipt of the
 * request, or null when no approval is needed.
 */
export async function askFirst(ctx: CorrectionContext, wanted: Wanted): Promise<CorrectionReceipt | null> {
  const limit = ctx.actor.creditLimitCents ?? null;
  if (ctx.approved || limit === null || wanted.creditCents <= limit) return null;
  if (ctx.trial) {
    ctx.warn(`Your limit is ${formatCents(limit)}: it waits until somebody else approves it.`);
    return null;
  }
  const requestId = ctx.newId();
  await ctx.db
    .insertInto('approval_request')
    .values({
      id: requestId,
      operation: wanted.operation,
      input: JSON.stringify(wanted.input),
      summary: wanted.summary,
      account_id: wanted.account.id,
      customer_id: wanted.account.customerId,
      amount_cents: wanted.creditCents,
      status: 'pending',
      requested_at: ctx.now,
      requested_by: ctx.actor.username,
      version: 1,
    })
    .execute();
  ctx.audit({
    entity: 'ApprovalRequest',
    entityId: requestId,
    customerId: wanted.account.customerId,
    changes: { status: [null, 'pending'], amount: [null, formatCents(wanted.creditCents)] },
    reason: wanted.summary,
  });
  return { transactionIds: [], requestId };
}
