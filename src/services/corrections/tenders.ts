import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { Cents } from '#domain/money.ts';
import type { CoreMethod } from '#domain/payment-core.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { coreOf } from './codes.ts';
import { entriesBy, type Entry } from './entries.ts';
import { id } from './fields.ts';
import { moneyTrail } from './money-trail.ts';
import { takenBack } from './returned-money.ts';

/** One means of payment of a payment, with its parts on accounts. */
export interface PaidTender {
  /** Null for a payment that consists of one transaction alone. */
  readonly tenderId: number | null;
  readonly method: string | null;
  readonly core: CoreMethod | null;
  readonly reference: string | null;
  readonly amountCents: Cents;
  /** It was returned or reversed. */
  readonly takenBack: boolean;
  readonly parts: readonly Entry[];
}

/** The tenders of the payment that a transaction is a part of, as they were entered. */
export async function tendersOf(db: Db, entry: Entry): Promise<PaidTender[]> {
  const parts =
    entry.paymentId === null
      ? [entry]
      : (await entriesBy(db, 'payment_id', [entry.paymentId])).filter(({ kind }) => kind === 'payment');
  const tenders: PaidTender[] = [];
  for (const [tenderId, mine] of Map.groupBy(parts, (part) => part.tenderId)) {
    const [first] = mine;
    const { held } = await moneyTrail(db, mine);
    tenders.push({
      tenderId,
      method: first!.method,
      core: await coreOf(db, first!.method),
      reference: first!.reference,
      amountCents: -mine.reduce((sum, { amountCents }) => sum + amountCents, 0),
      takenBack: (await takenBack(db, [...new Set(held.map(({ entry: place }) => place.id))])).size > 0,
      parts: mine,
    });
  }
  return tenders;
}

/**
 * Those of the tenders that an operator chose; all where only one can be meant.
 * @throws Failure `invalid` when it must be said which
 */
export function chosenTenders(tenders: readonly PaidTender[], chosen: readonly number[] | undefined): PaidTender[] {
  if (chosen === undefined || chosen.length === 0) {
    if (tenders.length === 1) return [...tenders];
    throw new Failure('invalid', 'Say which of the payment’s tenders.', { tenderIds: 'Choose at least one.' });
  }
  return chosen.map((tenderId) => {
    const tender = tenders.find((one) => one.tenderId === tenderId);
    if (!tender)
      throw new Failure('invalid', 'This payment has no such tender.', { tenderIds: 'Not of this payment.' });
    return tender;
  });
}

export const listTenders = query({
  name: 'payment.tenders',
  summary: 'Tenders of a payment, and which were returned',
  permission: 'history.read',
  input: z.object({ transactionId: id }),
  run: async (ctx, { transactionId }): Promise<Omit<PaidTender, 'parts'>[]> => {
    const [entry] = await entriesBy(ctx.db, 'id', [transactionId]);
    if (!entry) throw new Failure('not_found', 'There is no such transaction.');
    await assertVisible(ctx, { accountId: entry.account.id });
    if (entry.kind !== 'payment') return [];
    const tenders = await tendersOf(ctx.db, entry);
    return tenders.map(({ tenderId, method, core, reference, amountCents, takenBack: back }) => ({
      tenderId,
      method,
      core,
      reference,
      amountCents,
      takenBack: back,
    }));
  },
});
