import { Failure } from '#services/failure.ts';
import { find } from '#services/lookup/find.ts';
import { accountsOfCustomer } from '#services/lookup/choices.ts';
import type { FormField } from '#ui/form/definition.ts';
import type { Ctx } from './ask.ts';

/** The account that something goes to, by its number; the customer's others are offered by F1. */
export async function toAccountField(ctx: Ctx): Promise<FormField> {
  const { customerId, accountId } = ctx.params;
  const own = customerId === null ? [] : await ctx.call(accountsOfCustomer, { customerId });
  const others = own.filter((row) => row.accountId !== accountId).map((row) => row.accountNumber);
  return {
    name: 'toAccountId',
    label: 'To account',
    kind: 'text',
    required: true,
    maxLength: 40,
    help: others.length === 0 ? 'The number of the account.' : `Of the same customer: ${others.slice(0, 6).join(', ')}`,
  };
}

/** The account of that number. @throws Failure `invalid`, at the field */
export async function accountNumbered(ctx: Ctx, number: string): Promise<number> {
  const { rows } = await ctx.call(find, { text: number, limit: 20 });
  const exact = rows.filter((row) => row.accountNumber === number.trim());
  const only = exact.length > 0 ? exact : rows;
  const accountId = only.length === 1 ? only[0]!.accountId : null;
  if (accountId === null) {
    throw new Failure('invalid', 'Enter the number of one account.', { toAccountId: 'No account of that number.' });
  }
  return accountId;
}
