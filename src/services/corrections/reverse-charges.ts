import { z } from 'zod';
import { billDifferences, type LineChange, withFollowers } from '#domain/bill-adjustment.ts';
import { addDays, type CivilDate, daysBetween } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { enter } from '../ledger/enter.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { post } from '../ledger/post.ts';
import { lineChanges } from './adjust-bill.ts';
import { pricedLines } from './bill-rates.ts';
import { withLinkedQuantities } from './linked-quantities.ts';
import { askFirst } from './approval.ts';
import { type Bill, billById, type StandingLine } from './bill.ts';
import { chosenCode } from './codes.ts';
import { correction } from './correction.ts';
import { entered } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { assertPosted, entriesBy } from './entries.ts';
import { code, day, id, memo } from './fields.ts';
import { reverseStanding } from './reverse-lines.ts';

const input = z.object({
  transactionId: id.describe('the charge'),
  lineIds: z.array(id).max(200, 'At most 200').optional().describe('all lines, unless said otherwise'),
  reason: code.describe('code of table reversal_reason'),
  memo,
  rebill: lineChanges.optional().describe('bill the reversed lines anew, with these changes'),
  dueOn: day
    .optional()
    .describe('when the new bill is due; as long after its day as the old one, unless said otherwise'),
});

/** Charges that should not be on an invoice: all or some of its lines, with their taxes (guide: domain §3.11). */
export const reverseCharges = correction({
  name: 'bill.reverse',
  summary: 'Reverse lines of an invoice, and bill them anew if wanted',
  permission: 'bills.adjust',
  input,
  run: async (ctx, asked) => {
    const { transactionId, lineIds, reason, rebill } = asked;
    await chosenCode(ctx.db, 'reversal_reason', reason);
    const bill = await billById(ctx, transactionId);
    assertPosted(bill.entry);
    const lines = chosenLines(bill, lineIds);
    const gone = lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
    const changes = rebill && (await withLinkedQuantities(ctx, bill, rebill));
    const anew = changes === undefined ? [] : rebilled(await pricedLines(ctx.db, bill, changes), lines, changes);
    const request = await askFirst(ctx, {
      operation: 'bill.reverse',
      input: asked,
      summary: `Charges of ${bill.entry.number ?? transactionId} reversed`,
      account: bill.entry.account,
      creditCents: gone - anew.reduce((sum, { amountCents }) => sum + amountCents, 0),
    });
    if (request) return request;
    const effectiveOn = await openDayFrom(ctx.db, ctx.today);
    if (effectiveOn !== ctx.today) ctx.warn(`Today is in a closed period: it is dated ${effectiveOn}.`);
    const reversal = await reverseStanding(ctx, bill, lines, { ...asked, effectiveOn });
    const charge = anew.length === 0 ? [] : [await billAnew(ctx, bill, anew, { ...asked, effectiveOn })];
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: bill.entry.account.customerId,
      changes: Object.fromEntries(
        lines.map(({ id: line, amountCents }) => [`line ${line}`, [formatCents(amountCents), formatCents(0)] as const]),
      ),
      reason,
    });
    return entered(reversal, ...charge);
  },
});

/** Lines to reverse: those chosen and what is calculated from them. @throws Failure `refused` with the reason */
function chosenLines({ lines }: Bill, lineIds: readonly number[] | undefined): StandingLine[] {
  const named = lineIds ?? [];
  if (named.some((lineId) => !lines.some((line) => line.id === lineId))) {
    throw new Failure('invalid', 'The charge has no such line.', { lineIds: 'No such line.' });
  }
  if (lines.filter(({ id: line }) => named.includes(line)).some(({ reversed }) => reversed)) {
    throw new Failure('refused', 'This line was reversed before: that is done once.');
  }
  const all = named.length === 0 ? lines.map(({ id: line }) => line) : [...withFollowers(lines, named)];
  const chosen = lines.filter((line) => all.includes(line.id) && !line.reversed && line.amountCents > 0);
  if (chosen.length === 0) throw new Failure('refused', 'Nothing of this charge is left to reverse.');
  if (chosen.some(({ writtenOff }) => writtenOff)) {
    throw new Failure('refused', 'It is written off: take the write-off back first.');
  }
  return chosen;
}

/** How the new bill is dated. */
interface Dated {
  readonly effectiveOn: CivilDate;
  readonly memo: string | null;
  readonly dueOn?: CivilDate | undefined;
}

interface NewBillLine {
  readonly standing: StandingLine;
  readonly amountCents: Cents;
  readonly quantityMilli: number | null;
}

/** The chosen lines as they are to be billed anew. */
function rebilled(
  priced: readonly StandingLine[],
  chosen: readonly StandingLine[],
  changes: readonly LineChange[],
): NewBillLine[] {
  const lines = priced.filter(({ id: line }) => chosen.some((one) => one.id === line));
  const differences = new Map(billDifferences(lines, changes).map((one) => [one.lineId, one]));
  return lines
    .map((standing) => {
      const { cents = 0, quantityMilli = null } = differences.get(standing.id) ?? {};
      return {
        standing,
        amountCents: standing.amountCents + cents,
        quantityMilli: standing.quantityMilli === null ? null : standing.quantityMilli + (quantityMilli ?? 0),
      };
    })
    .filter(({ amountCents }) => amountCents > 0);
}

/** The corrected invoice: the same lines, tied to one another as they were. */
async function billAnew(
  ctx: CorrectionContext,
  { entry }: Bill,
  lines: readonly NewBillLine[],
  { effectiveOn, memo: said, dueOn }: Dated,
): Promise<number> {
  const ids = new Map(lines.map(({ standing }) => [standing.id, ctx.newId()]));
  const earlier = (await entriesBy(ctx.db, 'corrects_id', [entry.id])).filter(({ kind }) => kind === entry.kind);
  const days = entry.dueOn === null ? null : Math.max(0, daysBetween(entry.effectiveOn, entry.dueOn));
  const { id: charge } = await enter(ctx, {
    account: entry.account,
    kind: entry.kind,
    effectiveOn,
    dueOn: dueOn ?? (days === null ? null : addDays(effectiveOn, days)),
    number: entry.number === null ? null : `${entry.number}-${earlier.length + 1}`,
    memo: said,
    correctsId: entry.id,
    lines: lines.map(({ standing: { id: old, line }, amountCents, quantityMilli }) => ({
      id: ids.get(old)!,
      serviceTypeId: line.serviceTypeId,
      description: line.description,
      code: line.code,
      quantityMilli,
      unit: line.unit,
      baseLineId: line.baseLineId === null ? null : (ids.get(line.baseLineId) ?? null),
      shareMillionths: line.shareMillionths,
      debitGl: line.debitGl,
      creditGl: line.creditGl,
      amountCents,
      effect: 1,
    })),
  });
  await post(ctx, [charge]);
  return charge;
}
