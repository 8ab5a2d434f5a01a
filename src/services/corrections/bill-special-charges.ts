import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { Schema } from '#db/schema.ts';
import type { Selectable } from 'kysely';
import { bookedLines, chargeBooks } from '../charges/lines.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enter } from '../ledger/enter.ts';
import { GL } from '../ledger/gl.ts';
import { post } from '../ledger/post.ts';
import type { AccountRef, NewLine } from '../ledger/rows.ts';
import type { CommandContext } from '../operation.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
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
  const waiting = await waitingOn(ctx, account);
  if (waiting.length === 0) return null;
  const lines = await linesOf(ctx, account, waiting);
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

const waitingOn = ({ db }: Pick<CommandContext, 'db'>, account: AccountRef): Promise<Waiting[]> =>
  db
    .selectFrom('special_charge')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('status', '=', 'pending')
    .orderBy('id')
    .execute();

/** What waits for the next bill of an account, with its tax as it would be billed today. */
export async function waitingCents(ctx: CommandContext, account: AccountRef): Promise<Cents> {
  const lines = await linesOf(ctx, account, await waitingOn(ctx, account));
  return lines.reduce((sum, { amountCents, effect }) => sum + effect * amountCents, 0);
}

/** Special charges whose bill is deleted before it was posted wait for the next one. */
export async function waitAgain({ db }: Pick<CommandContext, 'db'>, transactionIds: readonly number[]): Promise<void> {
  await db
    .updateTable('special_charge')
    .set((eb) => ({ status: 'pending', transaction_id: null, version: eb('version', '+', 1) }))
    .where('transaction_id', 'in', idList(db, transactionIds))
    .where('status', '=', 'billed')
    .execute();
}

type Waiting = Selectable<Schema['special_charge']>;

/** Lines with their taxes, booked like those of any invoice. */
async function linesOf(ctx: CommandContext, account: AccountRef, waiting: readonly Waiting[]): Promise<NewLine[]> {
  const books = await chargeBooks(ctx.db);
  const { tax_exempt_number: exempt } = await ctx.db
    .selectFrom('customer')
    .select('tax_exempt_number')
    .where('id', '=', account.customerId)
    .executeTakeFirstOrThrow();
  // A code that was retired meanwhile still bills what waits under it.
  const retired = waiting.filter(({ code }) => !books.codes.has(code));
  const codes = new Map([
    ...books.codes,
    ...retired.map(
      ({ code }) => [code, { code, name: code, gl: GL.other, taxable: 0 as const, millionths: 0 }] as const,
    ),
  ]);
  const booked = bookedLines(
    waiting.map((charge) => ({
      serviceTypeId: charge.service_type_id,
      code: charge.code,
      description: charge.description,
      quantityMilli: null,
      unit: null,
      cents: charge.amount_cents,
      taxable: charge.taxable === 1,
    })),
    { ...books, codes },
    (exempt ?? '') !== '',
  );
  return booked.flatMap(({ line, tax }) => {
    const id = ctx.newId();
    return [{ ...line, id }, ...(tax === null ? [] : [{ ...tax, baseLineId: id }])];
  });
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
