import type { Command } from '#keymap/command.ts';
import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import { type FormatRow, listFormats, paperFields, setFormat } from '#services/paper/formats.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { currentRow } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { copyForm, formatForm } from './form.ts';
import { createFormats, type FormatsContext, type FormatsState, lens } from './model.ts';

type FormatCommand = Command<FormatsContext>;

const here = (ctx: FormatsContext): FormatRow | undefined => currentRow(lens, ctx.get());
const any = (ctx: FormatsContext): true | string => (here(ctx) ? true : 'No format is here.');

const record = (command: Omit<FormatCommand, 'group' | 'permission'>): FormatCommand => ({
  when: any,
  ...command,
  group: 'record',
  permission: 'paper.formats',
});

async function edit(ctx: FormatsContext): Promise<void> {
  const saved = await ctx.form(await formatForm(ctx, here(ctx)!.code));
  if (!saved) return;
  ctx.toast(`Format ${saved.code} is saved.`, 'good');
  await ctx.reload();
}

async function copy(ctx: FormatsContext): Promise<void> {
  const saved = await ctx.form(await copyForm(ctx, here(ctx)!.code));
  if (!saved) return;
  ctx.toast(`Format ${saved.code} is added.`, 'good');
  await ctx.reload();
}

async function change(ctx: FormatsContext, to: { standard?: boolean; active?: boolean }, told: string): Promise<void> {
  const { code } = here(ctx)!;
  await ctx.call(setFormat, { code, ...to });
  ctx.toast(`Format ${code} ${told}.`, 'good');
  await ctx.reload();
}

async function showNames(ctx: FormatsContext): Promise<void> {
  const { kind } = here(ctx)!;
  const names = await ctx.call(paperFields, { kind });
  const width = Math.max(0, ...names.map(({ name }) => name.length));
  await ctx.show(
    `Names that the texts of a format may use: ${PAPER_LABELS[kind]}`,
    names.map(({ name, example }) => `${name.padEnd(width)}  ${example}`),
  );
}

const commands: readonly FormatCommand[] = [
  record({
    id: 'formats.edit',
    title: 'Edit the format',
    keys: ['enter', 'e'],
    hint: 'Edit',
    footer: 60,
    when: (ctx) => {
      const row = here(ctx);
      if (!row) return 'No format is here.';
      return row.system ? 'This format belongs to the program. a makes a copy that is yours.' : true;
    },
    run: edit,
  }),
  record({
    id: 'formats.add',
    title: 'Add a format, as a copy of this one',
    keys: ['a'],
    hint: 'Copy',
    footer: 58,
    run: copy,
  }),
  record({
    id: 'formats.standard',
    title: 'Make it the standard one of its kind',
    keys: ['S'],
    hint: 'Standard',
    footer: 56,
    run: (ctx) => change(ctx, { standard: true }, 'is the standard one now'),
  }),
  record({
    id: 'formats.use',
    title: 'Take it out of use, or back',
    keys: ['r'],
    hint: 'Retire',
    footer: 54,
    run: (ctx) => {
      const active = !here(ctx)!.active;
      return change(ctx, { active }, active ? 'is in use again' : 'is out of use');
    },
  }),
  record({
    id: 'formats.names',
    title: 'Names that its texts may use',
    keys: ['n'],
    hint: 'Names',
    footer: 52,
    run: showNames,
  }),
  ...listCommands(lens),
];

/** Formats of paper: those of the program, and the utility's own. */
export const paperFormats: ScreenDefinition<undefined, FormatsState> = {
  id: 'paper-formats',
  code: 'FMT',
  title: 'Paper formats',
  permission: 'paper.formats',
  crumb: () => 'Paper formats',
  create: createFormats,
  load: async (ctx) => ctx.set({ rows: await ctx.call(listFormats, { all: true }) }),
  commands,
  resume: async (ctx, { form }) => {
    const row = ctx.get().rows.find(({ code }) => form === `format.${code}`);
    const saved = row && (await ctx.form(await formatForm(ctx, row.code)));
    if (saved) await ctx.reload();
    return row !== undefined;
  },
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ({ state, size, theme }) => (
    <ListTable lens={lens} state={state} size={size} theme={theme} empty="There are no formats." />
  ),
};
