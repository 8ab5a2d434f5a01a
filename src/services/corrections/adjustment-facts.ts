import { z } from 'zod';
import { insertRows } from '#db/bulk.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import type { NewTransaction } from '../ledger/rows.ts';
import { chosenCode } from './codes.ts';
import type { CorrectionContext } from './context.ts';
import { assertPosted, type Entry, entryById, type EntryLine, linesBy } from './entries.ts';
import { amount, code, day, id, memo } from './fields.ts';
import { receivables } from './receivable.ts';

/** What an adjustment says. */
export const facts = z.object({
  direction: z.enum(['credit', 'debit'], 'Choose credit or debit').default('credit'),
  cents: amount,
  reason: code.describe('code of table adjustment_reason'),
  effectiveOn: day.optional().describe('today, unless said otherwise'),
  dueOn: day.nullable().default(null).describe('of a debit; that of the line, else its own day'),
  lineId: id.nullable().default(null).describe('the line of the charge that it is for'),
  serviceTypeId: id.nullable().default(null).describe('of an adjustment of the account: for this service'),
  memo,
});

export type AdjustmentFacts = z.output<typeof facts>;

/** An adjustment to be entered, and the debts that it is to pay first. */
export interface MadeAdjustment {
  readonly entry: NewTransaction;
  readonly reasonName: string;
  readonly targets: readonly EntryLine[];
}

/** Kinds that charge something: those can be adjusted. */
export const CHARGES: ReadonlySet<Entry['kind']> = new Set([
  'charge',
  'penalty',
  'nsf_fee',
  'deferred_charge',
  'special_charge',
  'budget_trueup',
]);

async function targetOf(ctx: CorrectionContext, transactionId: number, lineId: number | null) {
  const charge = await entryById(ctx, transactionId);
  assertPosted(charge);
  if (!CHARGES.has(charge.kind)) throw new Failure('refused', 'Only charges are adjusted.');
  const debits = (await linesBy(ctx.db, 'transaction_id', [transactionId])).filter(({ effect }) => effect > 0);
  const lines = lineId === null ? debits : debits.filter((line) => line.id === lineId);
  if (lines.length === 0) throw new Failure('invalid', 'Choose a line of the charge.', { lineId: 'No such line.' });
  return { charge, lines };
}

/** The transaction that an adjustment is. @throws Failure `invalid`, at its field */
export async function adjustmentOf(
  ctx: CorrectionContext,
  input: AdjustmentFacts & { readonly accountId?: number; readonly transactionId?: number },
): Promise<MadeAdjustment> {
  const { direction, cents, transactionId, lineId, accountId } = input;
  const reason = await chosenCode(ctx.db, 'adjustment_reason', input.reason);
  const target = transactionId === undefined ? null : await targetOf(ctx, transactionId, lineId);
  const account =
    target?.charge.account ??
    (accountId === undefined ? undefined : (await accountRefs(ctx.db, [accountId])).get(accountId));
  if (!account) throw new Failure('invalid', 'Name the account.', { accountId: 'Name the account or the charge.' });
  const effectiveOn = input.effectiveOn ?? ctx.today;
  const line = target?.lines.length === 1 ? target.lines[0]! : null;
  const credit = direction === 'credit';
  const receivable = line?.debitGl ?? (await receivables(ctx.db))(input.serviceTypeId);
  return {
    reasonName: reason.name,
    targets: credit ? (target?.lines ?? []) : [],
    entry: {
      account,
      kind: 'adjustment',
      effectiveOn,
      dueOn: credit ? null : (input.dueOn ?? line?.dueOn ?? effectiveOn),
      reason: reason.code,
      memo: input.memo,
      correctsId: target?.charge.id ?? null,
      lines: [
        {
          serviceTypeId: line?.serviceTypeId ?? input.serviceTypeId,
          description: reason.name,
          correctsLineId: line?.id ?? null,
          debitGl: credit ? reason.gl : receivable,
          creditGl: credit ? receivable : reason.gl,
          amountCents: cents,
          effect: credit ? -1 : 1,
        },
      ],
    },
  };
}

/** Plans that an adjustment pays the line that it is for, or the lines of its charge, before anything else. */
export async function planFor(ctx: CorrectionContext, transactionId: number, made: MadeAdjustment): Promise<void> {
  let left: Cents = made.entry.lines.reduce((sum, line) => sum + line.amountCents, 0);
  const rows = made.targets.flatMap((line) => {
    const part = Math.min(left, line.openCents);
    left -= part;
    if (part <= 0) return [];
    return [
      {
        id: ctx.newId(),
        transaction_id: transactionId,
        customer_id: line.customerId,
        debit_line_id: line.id,
        amount_cents: part,
      },
    ];
  });
  if (made.targets.length > 0 && left > 0)
    ctx.warn('It is more than is open of this charge: the rest pays other debts.');
  await insertRows(ctx.db, 'planned_allocation', rows);
}
