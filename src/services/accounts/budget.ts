import { z } from 'zod';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { command, query } from '../operation.ts';

const id = z.number().int().positive();
const MOST_CENTS = 10_000_000;

/** The level amount that an account is billed by and, of payments of the required amount, drawn. */
export interface Budget extends LastChange {
  /** Null: the account is not on budget billing. */
  readonly budgetCents: Cents | null;
  readonly version: number;
}

export const readBudget = query({
  name: 'account.budget',
  summary: 'The budget amount of an account',
  permission: 'accounts.read',
  input: z.object({ accountId: id }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ db }, { accountId }): Promise<Budget> => {
    const row = await db
      .selectFrom('account')
      .select(['budget_cents as budgetCents', 'version'])
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!row) throw new Failure('not_found', 'No such record, or it is private.');
    return { ...row, ...(await lastChange(db, 'Account', accountId)) };
  },
});

/** Source: "Required Amount" of automatic payments draws the budget amount in the place of the statement balance. */
export const setBudget = command({
  name: 'account.setBudget',
  summary: 'Set the budget amount of an account, or take the account off budget billing',
  permission: 'customers.edit',
  input: z.object({
    accountId: id,
    version: id,
    budgetCents: z
      .int()
      .positive('Enter an amount above zero, or nothing')
      .max(MOST_CENTS, 'At most 100,000.00')
      .nullable()
      .describe('cents a bill; null: no budget'),
  }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ em, e, audit }, { accountId, version, budgetCents }): Promise<{ version: number }> => {
    const account = await em.findOne(e.Account, { id: accountId });
    if (!account) throw new Failure('not_found', 'No such record, or it is private.');
    if (account.version !== version) {
      throw new Failure('conflict', 'Somebody else has changed this account meanwhile. Nothing was saved.');
    }
    const before = account.budgetCents ?? null;
    if (before === budgetCents) return { version };
    account.budgetCents = budgetCents;
    audit({
      entity: 'Account',
      entityId: accountId,
      customerId: account.customer.id,
      changes: { budgetCents: [before, budgetCents] },
    });
    await em.flush();
    return { version: account.version };
  },
});
