import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { post } from '../ledger/post.ts';
import type { AccountRef, NewLine } from '../ledger/rows.ts';
import { loadOptions } from '../options/operations.ts';
import type { CommandContext } from '../operation.ts';
import { chosenCode } from './codes.ts';
import { correction, entered } from './correction.ts';
import { day, id } from './fields.ts';

/** The bill that special charges go on. */
export interface BillFacts {
  readonly effectiveOn: CivilDate;
  readonly dueOn: CivilDate;
  readonly statementId?: number | null;
  readonly batchId?: number | null;
  /** Number of the bill. */
  readonly number?: string | null;
}

const MILLION = 1_000_000;

/**
 * Puts the special charges that wait for the next bill of an account on it: one transaction, not
 * posted yet, with a line for each and one for its tax; they are billed from then on. To be called
 * by whatever makes the bill, in its transaction.
 * @returns the transaction; null when nothing waits
 */
export async function billSpecialCharges(
  ctx: CommandContext,
  account: AccountRef,
  bill: BillFacts,
): Promise<number | null> {
  const waiting = await ctx.db
    .selectFrom('special_charge')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('status', '=', 'pending')
    .orderBy('id')
    .execute();
  if (waiting.length === 0) return null;
  const { specialTaxMillionths } = await loadOptions(ctx.db);
  const lines: NewLine[] = [];
  for (const charge of waiting) {
    // A code that was retired meanwhile still names what its charges post to.
    const gl = await chosenCode(ctx.db, 'charge_code', charge.code, 'code').then(
      (chosen) => chosen.gl,
      () => GL.other,
    );
    const lineId = ctx.newId();
    const raises = charge.amount_cents > 0;
    const shared = { serviceTypeId: charge.service_type_id, effect: raises ? (1 as const) : (-1 as const) };
    const sides = (revenue: string) =>
      raises
        ? { debitGl: GL.receivable, creditGl: revenue }
        : { debitGl: revenue, creditGl: GL.receivable, dueOn: null };
    const amountCents = Math.abs(charge.amount_cents);
    lines.push({
      ...shared,
      ...sides(gl),
      id: lineId,
      description: charge.description,
      code: charge.code,
      amountCents,
    });
    const tax = charge.taxable === 1 ? Math.round((amountCents * specialTaxMillionths) / MILLION) : 0;
    if (tax === 0) continue;
    lines.push({
      ...shared,
      ...sides(GL.taxes),
      description: `Tax, ${charge.description}`.slice(0, 120),
      code: 'tax',
      baseLineId: lineId,
      shareMillionths: specialTaxMillionths,
      amountCents: tax,
    });
  }
  const { id: transactionId } = await enter(ctx, { ...bill, account, kind: 'special_charge', lines });
  await ctx.db
    .updateTable('special_charge')
    .set((eb) => ({ status: 'billed', transaction_id: transactionId, version: eb('version', '+', 1) }))
    .where(
      'id',
      'in',
      idList(
        ctx.db,
        waiting.map((charge) => charge.id),
      ),
    )
    .execute();
  return transactionId;
}

/** Bills what waits without waiting for the next bill, as a closing account needs it. */
export const billNow = correction({
  name: 'specialCharge.bill',
  summary: 'Bill and post the special charges of an account that wait',
  permission: 'charges.special',
  input: z.object({
    accountId: id,
    effectiveOn: day.optional().describe('today, unless said otherwise'),
    dueOn: day.optional().describe('twenty days later, unless said otherwise'),
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, effectiveOn = ctx.today, dueOn }) => {
    const account = (await accountRefs(ctx.db, [accountId])).get(accountId)!;
    const billed = await billSpecialCharges(ctx, account, { effectiveOn, dueOn: dueOn ?? addDays(effectiveOn, 20) });
    if (billed === null) throw new Failure('refused', 'No special charge waits on this account.');
    await post(ctx, [billed]);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: billed,
      customerId: account.customerId,
      changes: { status: [null, 'posted'] },
    });
    return entered(billed);
  },
});
