import { Box } from 'ink';
import { formatCents } from '#domain/money.ts';
import type { Command } from '#keymap/command.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { currentRow, type ListLens, markedRows, shownRows } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { line, Painted } from '#ui/text.tsx';
import { newList } from '#ui/table/model.ts';
import { type AccountRun, type Candidate, newRun, type RunContext, type RunState } from './model.ts';

/** Lines above the list. */
const HEADING = 1;

/** Those that were marked, else all that are shown. */
function chosen<R extends Candidate, F>(
  lens: ListLens<undefined, RunState<R, F>, R>,
  state: RunState<R, F>,
): readonly R[] {
  const marked = markedRows(lens, state);
  return marked.length > 0 ? marked : shownRows(lens, state);
}

function commandsOf<R extends Candidate, F>(
  run: AccountRun<R, F>,
  lens: ListLens<undefined, RunState<R, F>, R>,
): readonly Command<RunContext<R, F>>[] {
  const some = (ctx: RunContext<R, F>): true | string =>
    shownRows(lens, ctx.get()).length > 0 ? true : 'There is no account here.';
  return [
    {
      id: `${run.id}.run`,
      title: `${run.verb} the marked accounts, or all that are shown`,
      group: 'record',
      keys: ['f9', 'a'],
      hint: run.verb,
      footer: 60,
      permission: run.permission,
      when: some,
      run: async (ctx) => {
        const rows = chosen(lens, ctx.get());
        const sum = rows.reduce((total, row) => total + run.centsOf(row), 0);
        const lines = [`${rows.length} of ${ctx.get().rows.length} accounts, ${formatCents(sum)} in all.`];
        const told = await run.run(
          ctx,
          rows.map(({ accountId }) => accountId),
          lines,
        );
        if (told === null) return;
        ctx.set({ list: newList(), rows: await run.fetch(ctx) });
        ctx.toast(told, 'good');
      },
    },
    {
      id: `${run.id}.narrow`,
      title: 'Choose which accounts are shown',
      group: 'list',
      keys: ['w'],
      hint: 'Which',
      footer: 50,
      run: async (ctx) => {
        const filters = await run.narrow(ctx);
        if (filters === null) return;
        ctx.set({ filters, list: newList() });
        ctx.set({ rows: await run.fetch(ctx) });
      },
    },
    {
      id: `${run.id}.account`,
      title: 'Open the account',
      group: 'go',
      keys: ['enter'],
      hint: 'Account',
      footer: 45,
      permission: 'accounts.read',
      when: some,
      run: (ctx) => {
        const row = currentRow(lens, ctx.get());
        if (row) ctx.open('account', { accountId: row.accountId, tab: 'history' });
      },
    },
  ];
}

/** The screen of a run over many accounts. */
export function runScreen<R extends Candidate, F>(run: AccountRun<R, F>): ScreenDefinition<undefined, RunState<R, F>> {
  const lens: ListLens<undefined, RunState<R, F>, R> = {
    scope: run.id,
    get: (state) => state.list,
    set: (_, list) => ({ list }),
    rows: (state) => state.rows,
    columns: () => run.columns,
    key: (row) => row.accountId,
    height: (size) => size.rows - HEADING,
    name: run.id,
  };
  return {
    id: run.id,
    code: run.code,
    title: run.title,
    permission: run.permission,
    crumb: () => run.title,
    create: () => newRun(run.filters),
    load: async (ctx) => ctx.set({ rows: await run.fetch(ctx) }),
    commands: [...commandsOf(run, lens), ...listCommands(lens)],
    typing: (state) => listTyping(lens, state),
    onInput: (ctx, event) => listInput(lens, ctx, event),
    View: ({ state, size, theme }) => (
      <Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0} overflowY="hidden">
        <Painted text={line([[` ${run.which(state.filters)}`, theme.title]], size.columns, theme.glyphs.ellipsis)} />
        <ListTable
          lens={lens}
          state={state}
          size={{ ...size, rows: size.rows - HEADING }}
          theme={theme}
          empty={run.empty}
          note={`${formatCents(chosen(lens, state).reduce((sum, row) => sum + run.centsOf(row), 0))} in all`}
        />
      </Box>
    ),
  };
}
