import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { query, type QueryContext } from '../operation.ts';

/** A penalty that would not have been charged had the payment been there. */
export interface PenaltyToReverse {
  readonly transactionId: number;
  readonly accountId: number;
  readonly account: string;
  readonly chargedOn: CivilDate;
  readonly amountCents: Cents;
  /** Number of the run, or what it was charged for. */
  readonly reference: string | null;
  readonly memo: string | null;
}

export const suggestReversals = query({
  name: 'penalty.suggestions',
  summary: 'Penalties between the date of a back-dated payment and today, to be reversed if the payment was on time',
  permission: 'accounts.read',
  input: z.object({
    accountId: z.int().positive(),
    /** The date of the payment. */
    paidOn: z.iso.date('Enter a date as YYYY-MM-DD').max(10),
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: (ctx, { accountId, paidOn }): Promise<PenaltyToReverse[]> => penaltiesSince(ctx, accountId, paidOn),
});

/** Penalties of an account from a day until today that nothing has taken back or changed yet. */
export function penaltiesSince(
  { db, today }: Pick<QueryContext, 'db' | 'today'>,
  accountId: number,
  paidOn: CivilDate,
): Promise<PenaltyToReverse[]> {
  return db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(['t.id as transactionId', 't.account_id as accountId', 'a.number as account'])
    .select(['t.effective_on as chargedOn', 't.amount_cents as amountCents', 't.reference', 't.memo'])
    .where('t.account_id', '=', accountId)
    .where('t.kind', '=', 'penalty')
    .where('t.status', '=', 'posted')
    .where('t.amount_cents', '>', 0)
    .where('t.effective_on', '>=', paidOn)
    .where('t.effective_on', '<=', today)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('ledger_transaction as r')
            .select('r.id')
            .whereRef('r.account_id', '=', 't.account_id')
            .where((s) => s.or([s('r.reverses_id', '=', s.ref('t.id')), s('r.corrects_id', '=', s.ref('t.id'))])),
        ),
      ),
    )
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .execute();
}
