import { z } from 'zod';
import { query } from '../operation.ts';
import { type AccountRow, accountRows } from './records.ts';
import { byActivity } from './rows.ts';

/** A value of a filter. */
export interface FilterChoice {
  readonly id: number;
  readonly code: string;
  readonly name: string;
}

/** What lists of accounts can be narrowed to. */
export const filterChoices = query({
  name: 'lookup.choices',
  summary: 'Cycles, routes and revenue classes that lists of accounts can be narrowed to',
  permission: 'lookup.use',
  input: z.object({}),
  run: async ({ db }) => {
    const of = (table: 'cycle' | 'route' | 'revenue_class'): Promise<FilterChoice[]> =>
      db.selectFrom(table).select(['id', 'code', 'name']).where('active', '=', 1).orderBy('code').execute();
    return { cycles: await of('cycle'), routes: await of('route'), revenueClasses: await of('revenue_class') };
  },
});

const MOST_ACCOUNTS = 400;

/** All accounts of a customer, to choose among. */
export const accountsOfCustomer = query({
  name: 'lookup.accounts',
  summary: 'Accounts of a customer: current ones first, then waiting, then final',
  permission: 'lookup.use',
  input: z.object({ customerId: z.number().int() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async ({ db }, { customerId }): Promise<AccountRow[]> => {
    const ids = await db
      .selectFrom('account')
      .select('id')
      .where('customer_id', '=', customerId)
      .orderBy('activity')
      .limit(MOST_ACCOUNTS)
      .execute();
    const rows = await accountRows(
      db,
      ids.map(({ id }) => id),
    );
    return rows.sort(byActivity);
  },
});
