import { z } from 'zod';
import { billDifferences, type LineChange, type LineDifference, locksOf } from '#domain/bill-adjustment.ts';
import { formatCents } from '#domain/money.ts';
import { insertRows } from '#db/bulk.ts';
import { Failure } from '../failure.ts';
import { changeUnposted } from '../ledger/change.ts';
import { enter } from '../ledger/enter.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { askFirst } from './approval.ts';
import { type Bill, billById, type StandingLine } from './bill.ts';
import { pricedLines } from './bill-rates.ts';
import { withLinkedQuantities } from './linked-quantities.ts';
import { chosenCode } from './codes.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { assertWaiting } from './entries.ts';
import { amount, code, id, memo } from './fields.ts';

/** Lines of a bill and what they are to be. */
export const lineChanges = z
  .array(
    z.object({
      lineId: id,
      amountCents: amount.or(z.literal(0)).optional().describe('the new amount'),
      quantityMilli: z
        .int()
        .min(0, 'Not below zero')
        .max(1e12, 'Too much')
        .optional()
        .describe('the new quantity, thousandths'),
    }),
  )
  .max(200, 'At most 200 lines');

const input = z.object({
  transactionId: id.describe('the charge'),
  lines: lineChanges.min(1, 'Change at least one line'),
  reason: code.describe('code of table adjustment_reason'),
  memo,
});

/** Parts of a bill are changed by hand; taxes and linked charges follow (seed: Adjust Bill). */
export const adjustBill = correction({
  name: 'bill.adjust',
  summary: 'Change amounts or quantities of a charge: taxes and linked charges follow',
  permission: 'bills.adjust',
  input,
  run: async (ctx, asked) => {
    const { transactionId, lines: typed, reason } = asked;
    await chosenCode(ctx.db, 'adjustment_reason', reason);
    const bill = await billById(ctx, transactionId);
    assertFree(bill, typed);
    const changes = await withLinkedQuantities(ctx, bill, typed);
    const differences = billDifferences(await pricedLines(ctx.db, bill, changes), changes);
    if (differences.length === 0) throw new Failure('refused', 'Nothing was changed.');
    const net = differences.reduce((sum, { cents }) => sum + cents, 0);
    const request = await askFirst(ctx, {
      operation: 'bill.adjust',
      input: asked,
      summary: `Bill ${bill.entry.number ?? transactionId} lowered by ${formatCents(-net)}`,
      account: bill.entry.account,
      creditCents: -net,
    });
    if (request) return request;
    const made =
      bill.entry.status === 'posted'
        ? await postDifferences(ctx, bill, differences, asked)
        : await changeLines(ctx, bill, differences);
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: bill.entry.account.customerId,
      changes: Object.fromEntries(
        differences.map(({ lineId, cents }) => {
          const { amountCents } = lineOf(bill, lineId);
          return [`line ${lineId}`, [formatCents(amountCents), formatCents(amountCents + cents)] as const];
        }),
      ),
      reason,
    });
    return entered(made);
  },
});

const lineOf = (bill: Bill, lineId: number): StandingLine => bill.lines.find((line) => line.id === lineId)!;

/** @throws Failure `refused`, saying what is locked and why */
function assertFree(bill: Bill, changes: readonly LineChange[]): void {
  for (const [place, { lineId, amountCents, quantityMilli }] of changes.entries()) {
    const line = bill.lines.find((one) => one.id === lineId);
    const field = `lines.${place}`;
    if (!line) throw new Failure('invalid', 'The charge has no such line.', { [field]: 'No such line.' });
    const { amount: fixed, quantity, leastCents } = locksOf(line);
    const low =
      amountCents !== undefined && amountCents < leastCents
        ? `${formatCents(leastCents)} of it is paid: it cannot be lower.`
        : null;
    const problem =
      (amountCents === undefined ? null : (fixed ?? low)) ?? (quantityMilli === undefined ? null : quantity);
    if (problem !== null) throw new Failure('refused', problem, { [field]: problem });
  }
}

/** The differences of a posted bill: a linked transaction that moves the same revenue, each line paying its own first. */
async function postDifferences(
  ctx: CorrectionContext,
  { entry, lines }: Bill,
  differences: readonly LineDifference[],
  { reason, memo: said }: z.output<typeof input>,
): Promise<number> {
  const effectiveOn = await openDayFrom(ctx.db, ctx.today);
  const { id: made } = await enter(ctx, {
    account: entry.account,
    kind: 'adjustment',
    effectiveOn,
    reason,
    memo: said,
    correctsId: entry.id,
    lines: differences.map(({ lineId, cents, quantityMilli }) => {
      const { line } = lines.find((one) => one.id === lineId)!;
      const raises = cents > 0;
      return {
        serviceTypeId: line.serviceTypeId,
        description: line.description,
        code: line.code,
        quantityMilli: quantityMilli === null ? null : raises ? quantityMilli : -quantityMilli,
        unit: line.unit,
        correctsLineId: lineId,
        debitGl: raises ? line.debitGl : line.creditGl,
        creditGl: raises ? line.creditGl : line.debitGl,
        amountCents: Math.abs(cents),
        effect: cents === 0 ? 0 : raises ? 1 : -1,
        dueOn: raises ? line.dueOn : null,
      };
    }),
  });
  await planOwn(ctx, made, lines, differences);
  await post(ctx, [made]);
  return made;
}

async function planOwn(
  ctx: CorrectionContext,
  transactionId: number,
  lines: readonly StandingLine[],
  differences: readonly LineDifference[],
): Promise<void> {
  const rows = differences.flatMap(({ lineId, cents }) => {
    if (cents >= 0) return [];
    const { line, raises } = lines.find((one) => one.id === lineId)!;
    let left = -cents;
    return [line, ...raises].flatMap((debit) => {
      const part = Math.min(left, debit.openCents);
      left -= part;
      return part > 0 ? [{ debitId: debit.id, part, customerId: debit.customerId }] : [];
    });
  });
  await insertRows(
    ctx.db,
    'planned_allocation',
    rows.map(({ debitId, part, customerId }) => ({
      id: ctx.newId(),
      transaction_id: transactionId,
      customer_id: customerId,
      debit_line_id: debitId,
      amount_cents: part,
    })),
  );
}

/** A bill that is not posted is simply changed. */
async function changeLines(
  ctx: CorrectionContext,
  { entry, lines }: Bill,
  differences: readonly LineDifference[],
): Promise<number> {
  const changed = new Map(differences.map((difference) => [difference.lineId, difference]));
  await assertWaiting(ctx, entry, entry.version);
  await changeUnposted(
    ctx,
    {
      ...entry,
      lines: lines.map(({ line }) => {
        const difference = changed.get(line.id);
        return {
          ...line,
          effect: 1,
          amountCents: line.amountCents + (difference?.cents ?? 0),
          quantityMilli: line.quantityMilli === null ? null : line.quantityMilli + (difference?.quantityMilli ?? 0),
        };
      }),
    },
    entry.version,
  );
  return entry.id;
}
