import { fieldOf } from '../account-panel/records/field-form.ts';
import { NewCustomerView } from './view.tsx';
import { newCustomerChoices } from '#services/customers/new/choices.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { newCustomerCommands } from './commands.ts';
import { newCustomerDraft, resumeNewCustomer, takeUpLeft } from './draft.ts';
import { createNewCustomer, isBegun, type NewCustomerContext, type NewCustomerState } from './model.ts';

async function load(ctx: NewCustomerContext): Promise<void> {
  const choices = await ctx.call(newCustomerChoices, {});
  ctx.set({ choices, custom: choices.custom.map(fieldOf) });
  await takeUpLeft(ctx);
}

/** Somebody new: who, where bills go, how reached, where it moves in, with what deposit; all saved at once. */
export const newCustomerScreen: ScreenDefinition<undefined, NewCustomerState> = {
  id: 'new-customer',
  code: 'NEW',
  title: 'New customer',
  permission: 'customers.create',
  crumb: () => 'New customer',
  create: createNewCustomer,
  load,
  commands: newCustomerCommands,
  draft: newCustomerDraft,
  resume: resumeNewCustomer,
  unsaved: (state) => (!state.done && isBegun(state) ? 'the new customer' : null),
  View: NewCustomerView,
};
