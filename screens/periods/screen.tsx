import type { Command } from '#keymap/command.ts';
import { Failure } from '#services/failure.ts';
import { addPeriods, closePeriod, listPeriods, type PeriodRow, reopenPeriod } from '#services/periods/operations.ts';
import type { ScreenContext, ScreenDefinition } from '#ui/screen.ts';
import type { Column } from '#ui/table/columns.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { currentRow, type ListLens } from '#ui/table/lens.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { Table } from '#ui/table/table.tsx';

interface State {
  readonly list: ListState;
  readonly rows: readonly PeriodRow[];
}

type Context = ScreenContext<undefined, State>;

const columns: readonly Column<PeriodRow>[] = [
  { id: 'name', title: 'Period', min: 10, grow: 1, max: 20, priority: 9, text: ({ name }) => name },
  { id: 'from', title: 'From', min: 10, priority: 7, text: ({ startsOn }) => startsOn },
  { id: 'to', title: 'To', min: 10, priority: 7, text: ({ endsOn }) => endsOn },
  {
    id: 'status',
    title: 'State',
    min: 8,
    priority: 8,
    text: ({ status }) => status,
    tone: ({ status }) => (status === 'open' ? 'text' : 'dim'),
  },
  {
    id: 'unposted',
    title: 'Unposted',
    min: 9,
    align: 'right',
    priority: 6,
    text: ({ unposted }) => (unposted === 0 ? '' : String(unposted)),
    tone: () => 'warning',
    sortKey: ({ unposted }) => unposted,
    value: ({ unposted }) => unposted,
  },
  { id: 'by', title: 'Closed by', min: 10, grow: 1, max: 24, priority: 4, text: ({ closedBy }) => closedBy ?? '' },
];

const lens: ListLens<undefined, State, PeriodRow> = {
  scope: 'periods',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (period) => period.id,
  height: (size) => size.rows,
  name: 'periods',
};

const MOST_MONTHS = 60;

async function add(ctx: Context): Promise<void> {
  const done = await ctx.form<{ from: string; months: string }, { added: number }>({
    title: 'Add monthly periods',
    verb: 'Add',
    today: ctx.today,
    fields: [
      { name: 'from', label: 'From the month of', kind: 'date', required: true },
      { name: 'months', label: 'Months', kind: 'text', required: true, maxLength: 2 },
    ],
    initial: { from: ctx.today, months: '12' },
    save: ({ from, months }) => {
      const number = Number(months);
      if (!Number.isInteger(number) || number < 1 || number > MOST_MONTHS) {
        throw new Failure('invalid', `From 1 to ${MOST_MONTHS}.`, { months: `From 1 to ${MOST_MONTHS}.` });
      }
      return ctx.call(addPeriods, { from, months: number });
    },
  });
  if (!done) return;
  ctx.toast(done.added === 0 ? 'All of these months are there already.' : `${done.added} periods are added.`, 'good');
  await ctx.reload();
}

const here = (ctx: Context, status: PeriodRow['status'], otherwise: string): true | string => {
  const period = currentRow(lens, ctx.get());
  if (!period) return 'No period is here.';
  return period.status === status ? true : otherwise;
};

async function turn(ctx: Context, to: 'closed' | 'open'): Promise<void> {
  const { id, version, name, startsOn, endsOn } = currentRow(lens, ctx.get())!;
  const sure = await ctx.confirm({
    title: to === 'closed' ? 'Close period?' : 'Open period again?',
    lines: [
      `${name}: ${startsOn} to ${endsOn}`,
      to === 'closed'
        ? 'Nothing is posted into it any more.'
        : 'Postings into it are possible again; the audit trail tells.',
    ],
    action: to === 'closed' ? 'Close period' : 'Open again',
  });
  if (!sure) return;
  await ctx.call(to === 'closed' ? closePeriod : reopenPeriod, { periodId: id, version });
  ctx.toast(`Period ${name} is ${to}.`, 'good');
  await ctx.reload();
}

const commands: readonly Command<Context>[] = [
  {
    id: 'periods.add',
    title: 'Add monthly periods',
    group: 'record',
    keys: ['n'],
    hint: 'Add',
    footer: 60,
    permission: 'periods.close',
    run: add,
  },
  {
    id: 'periods.close',
    title: 'Close the period: nothing is posted into it any more',
    group: 'record',
    keys: ['c'],
    hint: 'Close',
    footer: 58,
    permission: 'periods.close',
    when: (ctx) => {
      const open = here(ctx, 'open', 'It is closed.');
      return open === true ? (currentRow(lens, ctx.get())!.obstacle ?? true) : open;
    },
    run: (ctx) => turn(ctx, 'closed'),
  },
  {
    id: 'periods.reopen',
    title: 'Open the closed period again',
    group: 'record',
    keys: ['r'],
    hint: 'Reopen',
    footer: 56,
    permission: 'periods.close',
    when: (ctx) => here(ctx, 'closed', 'It is open.'),
    run: (ctx) => turn(ctx, 'open'),
  },
  ...listCommands(lens),
];

/** Spans of business dates whose books are open or closed. */
export const periods: ScreenDefinition<undefined, State> = {
  id: 'periods',
  code: 'PER',
  title: 'Accounting periods',
  permission: 'history.read',
  crumb: () => 'Periods',
  create: () => ({ list: newList(), rows: [] }),
  load: async (ctx) => ctx.set({ rows: await ctx.call(listPeriods, {}) }),
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ({ state, size, theme }) => (
    <Table
      columns={columns}
      rows={state.rows}
      list={state.list}
      keyOf={lens.key}
      width={size.columns}
      height={size.rows}
      theme={theme}
      empty="There are no periods yet: every day is open."
    />
  ),
};
