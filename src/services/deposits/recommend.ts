import { z } from 'zod';
import { addMonths } from '#domain/civil-date.ts';
import { recommendedDeposit } from '#domain/deposit.ts';
import type { Cents } from '#domain/money.ts';
import { query } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { id } from './input.ts';

export interface Recommendation {
  /** Null: there is no bill to judge by. */
  readonly amountCents: Cents | null;
  readonly bills: number;
  /** Bills of this location, whoever lived there, where the account itself has none. */
  readonly of: 'account' | 'location';
}

const YEAR = 12;

export const recommendDeposit = query({
  name: 'deposit.recommend',
  summary: 'The deposit to ask for: so many times the highest or average bill of a year, capped',
  permission: 'deposits.read',
  input: z.object({ accountId: id }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ db, today }, { accountId }): Promise<Recommendation> => {
    const options = await loadOptions(db);
    const billsOf = (of: 'account' | 'location') =>
      db
        .selectFrom('ledger_transaction as t')
        .innerJoin('account as a', 'a.id', 't.account_id')
        .select('t.amount_cents as cents')
        .$if(of === 'account', (q) => q.where('t.account_id', '=', accountId))
        .$if(of === 'location', (q) =>
          q.where('a.location_id', '=', (eb) =>
            eb.selectFrom('account as mine').select('mine.location_id').where('mine.id', '=', accountId),
          ),
        )
        .where('t.kind', '=', 'charge')
        .where('t.status', '=', 'posted')
        .where('t.effective_on', '>', addMonths(today, -YEAR))
        .orderBy('t.effective_on', 'desc')
        .limit(24)
        .execute();
    const own = await billsOf('account');
    const bills = (own.length > 0 ? own : await billsOf('location')).map(({ cents }) => cents);
    const most = options.depositAskCents;
    const policy = {
      basis: options.depositBasis,
      bills: options.depositBills,
      mostCents: most === 0 ? null : most,
    };
    const amountCents = recommendedDeposit(bills, policy);
    return { amountCents, bills: bills.length, of: own.length > 0 ? 'account' : 'location' };
  },
});
