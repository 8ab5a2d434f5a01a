import { formatCents, parseCents } from '#domain/money.ts';
import { type Budget, readBudget, setBudget } from '#services/accounts/budget.ts';
import type { FormDefinition } from '#ui/form/definition.ts';
import { takingBack } from '#ui/undo.ts';
import type { PartCommand, PartContext } from '../part.ts';

type BudgetValues = { readonly budgetCents: string };

const valuesOf = ({ budgetCents }: Budget): BudgetValues => ({
  budgetCents: budgetCents === null ? '' : formatCents(budgetCents),
});

const typed = ({ budgetCents }: BudgetValues) => ({
  budgetCents: budgetCents === '' ? null : (parseCents(budgetCents) ?? 0),
});

async function budgetForm(
  ctx: PartContext,
  accountId: number,
): Promise<FormDefinition<BudgetValues, { version: number }>> {
  const budget = await ctx.call(readBudget, { accountId });
  return {
    title: 'Budget amount of the account',
    fields: [
      {
        name: 'budgetCents',
        label: 'Each bill',
        kind: 'amount',
        help: 'Drawn as "Required Amount" where =OPT accountBudgets says so. Empty: not on budget billing.',
      },
    ],
    initial: valuesOf(budget),
    version: budget.version,
    draft: ctx.draft('autopay.budget', accountId),
    today: ctx.today,
    save: (values, version) => ctx.call(setBudget, { accountId, version, ...typed(values) }),
    undo: ({ version: made }, { before }) =>
      takingBack(`account ${accountId}`, made, (version, how) =>
        ctx.call(setBudget, { accountId, version, ...typed(before) }, how),
      ),
    current: async () => {
      const now = await ctx.call(readBudget, { accountId });
      return { values: valuesOf(now), version: now.version, changedBy: now.changedBy, changedAt: now.changedAt };
    },
  };
}

/** Opens the form of an account's budget amount; false when it was left. */
export async function fillInBudget(ctx: PartContext, accountId: number): Promise<boolean> {
  const saved = await ctx.form(await budgetForm(ctx, accountId));
  if (saved === null) return false;
  await ctx.refresh();
  ctx.toast('Saved.', 'good');
  return true;
}

/** The account on whose tab this is; an owner's tab stands beside the account of the resident. */
const accountOf = ({ tab, params }: PartContext): number | null => (tab === 'customer' ? params.accountId : null);

export const budgetCommand: PartCommand<unknown> = {
  id: 'autopayBudget',
  title: 'Budget amount of the account',
  keys: ['B'],
  permission: 'customers.edit',
  when: (ctx) => accountOf(ctx) !== null || 'Open an account of the customer: a budget is of one.',
  run: async (ctx) => {
    const accountId = accountOf(ctx);
    if (accountId !== null) await fillInBudget(ctx, accountId);
  },
};
