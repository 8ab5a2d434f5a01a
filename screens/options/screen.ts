import type { Command } from '#keymap/command.ts';
import { listOptions } from '#services/options/operations.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { currentRow } from '#ui/table/lens.ts';
import { optionForm } from './form.ts';
import { lens } from './lens.ts';
import { createOptions, optionOf, type OptionsContext, type OptionsState } from './model.ts';
import { OptionsView } from './view.tsx';

const edit: Command<OptionsContext> = {
  id: 'options.edit',
  title: 'Change the option',
  group: 'record',
  keys: ['enter', 'e'],
  hint: 'Change',
  footer: 60,
  permission: 'options.edit',
  when: (ctx) => (currentRow(lens, ctx.get()) ? true : 'No option is here.'),
  run: async (ctx) => {
    const option = currentRow(lens, ctx.get())!;
    if ((await ctx.form(optionForm(ctx, option))) === null) return;
    ctx.toast(`Option ${option.name} is saved.`, 'good');
    await ctx.reload();
  },
};

/** What the company has chosen: every option with its meaning, its value and its standard. */
export const options: ScreenDefinition<undefined, OptionsState> = {
  id: 'options',
  code: 'OPT',
  title: 'Company options',
  permission: 'options.edit',
  crumb: () => 'Company options',
  create: createOptions,
  load: async (ctx) => ctx.set({ rows: (await ctx.call(listOptions, {})).map(optionOf) }),
  commands: [edit, ...listCommands(lens)],
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: OptionsView,
};
