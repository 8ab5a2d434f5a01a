import type { Command } from '#keymap/command.ts';
import { createNewCustomer, isBegun, type NewCustomerContext } from './model.ts';
import { saveAll } from './save.ts';
import { SECTIONS } from './sections.ts';
import { goThrough, openPart } from './steps.ts';

const move = (ctx: NewCustomerContext, by: number): void =>
  ctx.set({ at: Math.max(0, Math.min(SECTIONS.length - 1, ctx.get().at + by)) });

const ready = (ctx: NewCustomerContext): true | string => (ctx.get().choices ? true : 'Still loading.');

export const newCustomerCommands: readonly Command<NewCustomerContext>[] = [
  {
    id: 'new-customer.down',
    title: 'Next part',
    group: 'list',
    keys: ['down', 'j', 'tab'],
    run: (ctx) => move(ctx, 1),
  },
  {
    id: 'new-customer.up',
    title: 'Previous part',
    group: 'list',
    keys: ['up', 'k', 'shift+tab'],
    run: (ctx) => move(ctx, -1),
  },
  {
    id: 'new-customer.open',
    title: 'Fill in the part',
    group: 'record',
    keys: ['enter'],
    hint: 'Fill in',
    footer: 60,
    when: ready,
    run: async (ctx) => void (await openPart(ctx)),
  },
  {
    id: 'new-customer.through',
    title: 'Go through the parts from here on',
    group: 'record',
    keys: ['n'],
    hint: 'Go through',
    footer: 50,
    when: ready,
    run: goThrough,
  },
  {
    id: 'new-customer.save',
    title: 'Save the new customer, all of it or nothing',
    group: 'record',
    keys: ['f9', 'ctrl+s'],
    hint: 'Save',
    footer: 70,
    when: (ctx) => (isBegun(ctx.get()) ? ready(ctx) : 'Nothing is typed yet.'),
    run: saveAll,
  },
  {
    id: 'new-customer.clear',
    title: 'Throw away what is typed and begin anew',
    group: 'record',
    keys: ['ctrl+x'],
    hint: 'Begin anew',
    footer: 20,
    when: (ctx) => (isBegun(ctx.get()) ? true : 'Nothing is typed yet.'),
    run: async (ctx) => {
      const lines = ['Everything that is typed for the new customer is thrown away.'];
      if (!(await ctx.confirm({ title: 'Begin anew?', lines, action: 'Throw away' }))) return;
      const { choices, custom } = ctx.get();
      ctx.set({ ...createNewCustomer(), choices, custom });
    },
  },
];
