import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { type BillLine, type LineLocks, locksOf } from '#domain/bill-adjustment.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { type Tie, tiesOf } from '../ledger/release.ts';
import { query, type CommandContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { CHARGES } from './adjustment-facts.ts';
import { entriesBy, type Entry, type EntryLine, entryById, linesBy } from './entries.ts';
import { id } from './fields.ts';

/** A line of a charge with what corrections and payments made of it. */
export interface StandingLine extends BillLine {
  readonly line: EntryLine;
  /** Debits that raised it later: they are open beside it. */
  readonly raises: readonly EntryLine[];
  /** What pays it and its raises, other than corrections of the bill. */
  readonly ties: readonly Tie[];
  readonly writtenOff: boolean;
}

/** A charge as it stands. */
export interface Bill {
  readonly entry: Entry;
  readonly lines: readonly StandingLine[];
}

/** Credits that are no money: what they pay is not paid in the sense of the seed. */
const NO_MONEY: ReadonlySet<Entry['kind']> = new Set(['adjustment', 'reversal', 'write_off', 'transfer_out']);

/** A charge that may be corrected, with its lines as they stand. @throws Failure `refused` for anything else */
export async function billById(ctx: CommandContext, transactionId: number): Promise<Bill> {
  const entry = await entryById(ctx, transactionId);
  if (!CHARGES.has(entry.kind)) throw new Failure('refused', 'Only charges are corrected so.');
  return { entry, lines: await standingLines(ctx.db, entry) };
}

export async function standingLines(db: Db, entry: Entry): Promise<StandingLine[]> {
  const lines = (await linesBy(db, 'transaction_id', [entry.id])).filter(({ effect }) => effect > 0);
  const later = [
    ...(await entriesBy(db, 'corrects_id', [entry.id])),
    ...(await entriesBy(db, 'reverses_id', [entry.id])),
  ];
  const kinds = new Map(later.map(({ id: transaction, kind }) => [transaction, kind]));
  const corrections = (await linesBy(db, 'transaction_id', [...kinds.keys()])).filter(
    (one) => one.correctsLineId !== null,
  );
  const parts = lines.map((line) => ofLine(line, corrections, kinds));
  const debits = parts.flatMap(({ line, raises }) => [line.id, ...raises.map((raise) => raise.id)]);
  const ties = await tiesOf({ db }, 'debit', debits);
  const payers = await payersOf(db, ties);
  const own = new Set(corrections.map((one) => one.id));
  return parts.map((part) => {
    const mine = new Set([part.line.id, ...part.raises.map((raise) => raise.id)]);
    const paying = ties.filter(({ debitLineId, creditLineId }) => mine.has(debitLineId) && !own.has(creditLineId));
    const paidBy = (tie: Tie): Entry['kind'] => payers.get(tie.creditLineId)!;
    return {
      ...part,
      ties: paying,
      writtenOff: paying.some((tie) => paidBy(tie) === 'write_off'),
      paidCents: paying.filter((tie) => !NO_MONEY.has(paidBy(tie))).reduce((sum, { cents }) => sum + cents, 0),
    };
  });
}

type Part = Omit<StandingLine, 'ties' | 'writtenOff' | 'paidCents'>;

/** A line after the corrections of its bill: those that move its own revenue, not a courtesy on top. */
function ofLine(line: EntryLine, corrections: readonly EntryLine[], kinds: ReadonlyMap<number, Entry['kind']>): Part {
  const mine = corrections.filter(
    (one) => one.correctsLineId === line.id && (one.effect > 0 ? one.creditGl : one.debitGl) === line.creditGl,
  );
  const sum = (of: (one: EntryLine) => number): number => mine.reduce((total, one) => total + of(one), 0);
  return {
    line,
    id: line.id,
    amountCents: line.amountCents + sum(({ effect, amountCents }) => effect * amountCents),
    quantityMilli:
      line.quantityMilli === null
        ? null
        : line.quantityMilli + sum(({ effect, quantityMilli }) => Math.sign(effect) * (quantityMilli ?? 0)),
    baseLineId: line.baseLineId,
    shareMillionths: line.shareMillionths,
    reversed: mine.some(({ transactionId }) => kinds.get(transactionId) === 'reversal'),
    raises: mine.filter(({ effect }) => effect > 0),
  };
}

async function payersOf(db: Db, ties: readonly Tie[]): Promise<Map<number, Entry['kind']>> {
  const credits = await linesBy(db, 'id', [...new Set(ties.map(({ creditLineId }) => creditLineId))]);
  const entries = await entriesBy(db, 'id', [...new Set(credits.map(({ transactionId }) => transactionId))]);
  const kinds = new Map(entries.map((entry) => [entry.id, entry.kind]));
  return new Map(credits.map((line) => [line.id, kinds.get(line.transactionId)!]));
}

/** A line as a form shows it. */
export interface BillLineView extends LineLocks {
  readonly lineId: number;
  readonly description: string | null;
  readonly serviceName: string | null;
  readonly serviceTypeId: number | null;
  readonly baseLineId: number | null;
  readonly shareMillionths: number | null;
  readonly amountCents: Cents;
  readonly quantityMilli: number | null;
  readonly unit: string | null;
  readonly openCents: Cents;
  readonly paidCents: Cents;
  readonly reversed: boolean;
}

export const billLines = query({
  name: 'bill.lines',
  summary: 'Lines of a charge as they stand, and what of them can still be changed',
  permission: 'history.read',
  input: z.object({ transactionId: id }),
  run: async (ctx, { transactionId }): Promise<BillLineView[]> => {
    const [entry] = await entriesBy(ctx.db, 'id', [transactionId]);
    if (!entry) throw new Failure('not_found', 'There is no such transaction.');
    await assertVisible(ctx, { accountId: entry.account.id });
    if (!CHARGES.has(entry.kind)) return [];
    const services = await ctx.db.selectFrom('service_type').select(['id', 'name']).execute();
    const names = new Map(services.map((service) => [service.id, service.name]));
    return (await standingLines(ctx.db, entry)).map((standing) => ({
      ...locksOf(standing),
      lineId: standing.id,
      description: standing.line.description,
      serviceName: names.get(standing.line.serviceTypeId ?? 0) ?? null,
      serviceTypeId: standing.line.serviceTypeId,
      baseLineId: standing.baseLineId,
      shareMillionths: standing.shareMillionths,
      amountCents: standing.amountCents,
      quantityMilli: standing.quantityMilli,
      unit: standing.line.unit,
      openCents: [standing.line, ...standing.raises].reduce((sum, { openCents }) => sum + openCents, 0),
      paidCents: standing.paidCents,
      reversed: standing.reversed,
    }));
  },
});
