import { z } from 'zod';
import { compareAccounts } from '#domain/standing.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import type { Panel } from './panel.ts';
import { panelLists } from './panel-lists.ts';
import { panelRow } from './panel-row.ts';
import { panelOf } from './panel-shape.ts';
import { withoutLast4 } from '../secrets/last4.ts';
import { sees } from '../sight.ts';
import { shortText } from '#domain/typed-text.ts';

/** Whom to show; an account brings its customer and its location. */
export interface Wanted {
  readonly accountId?: number;
  readonly customerId?: number;
  readonly locationId?: number;
}

/**
 * The dashboard in two statements.
 * @throws Failure `not_found`
 */
export async function fetchPanel({ db, today, sight, actor }: QueryContext, wanted: Wanted): Promise<Panel> {
  const { accountId = null, customerId = null, locationId = null } = wanted;
  const [row] = await panelRow(db, { accountId, customerId, locationId, today, ...sight });
  const found = row && (accountId === null ? (row.customerId ?? row.locationId) : row.accountId);
  if (!found || (row.customerId !== null && !sees(sight, row)))
    throw new Failure('not_found', 'No such record, or it is private.');
  const lists = await panelLists(db, { customerId: row.customerId, locationId: row.locationId, today });
  return panelOf(withoutLast4(actor, row), lists, sight);
}

/** The account panel's dashboard. */
export const openAccount = query({
  name: 'account.open',
  summary: 'Everything the dashboard shows of an account',
  permission: 'accounts.read',
  input: z.object({ accountId: z.number().int() }),
  subject: ({ accountId }) => ({ accountId }),
  checksSubject: true,
  run: (ctx, { accountId }) => fetchPanel(ctx, { accountId }),
});

/** Whose number it is. */
export interface NumberFound {
  /** The account of this number, or the only one of the customer of this number; null: there are others, or none. */
  readonly accountId: number | null;
  readonly customerId: number;
  /** How many accounts are meant. */
  readonly accounts: number;
}

/**
 * From the number that people say to the identity: of an account, else of a customer, whose number
 * many people take for the account's. Null when there is none, or it is private.
 */
export const findAccount = query({
  name: 'account.find',
  summary: 'Find an account by its exact number, or by its customer’s',
  permission: 'accounts.read',
  identifiers: ['number'],
  input: z.object({ number: shortText().trim().min(1, 'Enter the number of an account or a customer') }),
  run: async ({ db, sight }, { number }): Promise<NumberFound | null> => {
    const account = await db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .select(['a.id', 'c.id as customerId', 'c.public', 'c.customer_group as customerGroup'])
      .where('a.number', '=', number)
      .executeTakeFirst();
    if (account && sees(sight, account)) return { accountId: account.id, customerId: account.customerId, accounts: 1 };
    const customer = await db
      .selectFrom('customer')
      .select(['id', 'public', 'customer_group as customerGroup'])
      .where('number', '=', number)
      .executeTakeFirst();
    if (!customer || !sees(sight, customer)) return null;
    const own = await db.selectFrom('account').select('id').where('customer_id', '=', customer.id).execute();
    return { accountId: own.length === 1 ? own[0]!.id : null, customerId: customer.id, accounts: own.length };
  },
});

/** The account meant when only the customer is known, then its dashboard; or the customer alone. */
export const openCustomer = query({
  name: 'customer.open',
  summary: 'The dashboard of a customer: of the current account, else waiting, else the latest final one',
  permission: 'accounts.read',
  input: z.object({ customerId: z.number().int() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async (ctx, { customerId }) => {
    const accounts = await ctx.db
      .selectFrom('account')
      .select(['id', 'activity', 'moved_in_on as movedInOn'])
      .where('customer_id', '=', customerId)
      .execute();
    const [first] = accounts.sort(compareAccounts);
    return fetchPanel(ctx, first ? { accountId: first.id } : { customerId });
  },
});

/** The account meant when only the location is known, then its dashboard; or the empty location. */
export const openLocation = query({
  name: 'location.open',
  summary: 'The dashboard of a location: of its current resident, else waiting, else the latest former one',
  permission: 'accounts.read',
  input: z.object({ locationId: z.number().int() }),
  subject: ({ locationId }) => ({ locationId }),
  run: async (ctx, { locationId }) => {
    const accounts = await ctx.db
      .selectFrom('account as a')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .select(['a.id', 'a.activity', 'a.moved_in_on as movedInOn'])
      .select(['c.public', 'c.customer_group as customerGroup'])
      .where('a.location_id', '=', locationId)
      .execute();
    const [first] = accounts.filter((account) => sees(ctx.sight, account)).sort(compareAccounts);
    return fetchPanel(ctx, first ? { accountId: first.id } : { locationId });
  },
  viewed: ({ locationId }, { account }) => (account ? { accountId: account.id } : { locationId }),
});
