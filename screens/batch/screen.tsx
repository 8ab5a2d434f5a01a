import { type BatchItem, type BatchRecord, getBatch } from '#services/batches/list.ts';
import { BATCH_KIND_LABELS } from '#services/batches/kinds.ts';
import { counted, money } from '#ui/money.ts';
import { centsColumn } from '#ui/table/figure-columns.ts';
import type { ScreenContext, ScreenDefinition } from '#ui/screen.ts';
import type { Column } from '#ui/table/columns.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import { currentRow, type ListLens } from '#ui/table/lens.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { nextPage, noPages, type Pages, shownOrPage } from '#ui/table/pages.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';

/** What opens the screen: a batch by its id, or by its number as typed. */
interface Params {
  readonly batchId?: number;
  readonly number?: string;
}

interface State extends Pages<BatchItem> {
  readonly list: ListState;
  readonly record: BatchRecord | null;
}

type Context = ScreenContext<Params | undefined, State>;

const PAGE = 200;
/** What an export takes at most. */
const EXPORTED = 50_000;
/** The lines that say what the batch is. */
const HEAD = 2;

/** Batches of money that came in: their amounts are shown as on the tape, like their sum. */
const COMES_IN = new Set(['payments', 'lockbox']);

const columnsOf = ({ record }: State): readonly Column<BatchItem>[] => {
  const sign = record && COMES_IN.has(record.batch.kind) ? -1 : 1;
  return [
    { id: 'number', title: 'Number', min: 9, max: 14, grow: 1, priority: 8, text: ({ number }) => number ?? '' },
    { id: 'account', title: 'Account', min: 10, max: 16, grow: 1, priority: 9, text: (item) => item.accountNumber },
    { id: 'name', title: 'Name', min: 14, max: 36, grow: 3, priority: 7, text: ({ customerName }) => customerName },
    { id: 'date', title: 'Date', min: 10, priority: 6, text: ({ effectiveOn }) => effectiveOn },
    {
      id: 'method',
      title: 'Method',
      min: 8,
      max: 12,
      grow: 1,
      priority: 5,
      text: ({ method, methodName }) => methodName ?? method ?? '',
    },
    centsColumn({ id: 'amount', title: 'Amount', min: 12, priority: 9 }, (item) => sign * item.amountCents),
    {
      id: 'reference',
      title: 'Reference',
      min: 10,
      max: 24,
      grow: 1,
      priority: 3,
      text: (item) => item.reference ?? '',
    },
    { id: 'kind', title: 'Kind', min: 10, priority: 2, text: ({ kind }) => kind.replaceAll('_', ' ') },
    { id: 'status', title: 'State', min: 8, priority: 2, text: ({ status }) => status, tone: () => 'dim' },
    { id: 'by', title: 'By', min: 8, priority: 1, text: ({ createdBy }) => createdBy },
  ];
};

/** As many as were shown, anew. */
async function load(ctx: Context): Promise<void> {
  ctx.set(await read(ctx, 0, shownOrPage(ctx.get(), PAGE, 1000)));
}

/** The batch as it is now, and some of what it holds. */
async function read(ctx: Context, after: number, limit: number): Promise<Pick<State, 'record' | 'rows' | 'next'>> {
  const record = await ctx.call(getBatch, { ...ctx.params, after, limit });
  return { record, rows: record.items, next: record.next };
}

const more = (ctx: Context): Promise<void> => nextPage(ctx, (after) => read(ctx, after, PAGE));

/** The whole batch, for an export. */
async function everything(ctx: Context): Promise<readonly BatchItem[]> {
  const rows: BatchItem[] = [];
  for (let after: number | null = 0; after !== null && rows.length < EXPORTED;) {
    const page: BatchRecord = await ctx.call(getBatch, { ...ctx.params, after, limit: 1000 });
    rows.push(...page.items);
    after = page.next;
  }
  return rows;
}

const lens: ListLens<Params | undefined, State, BatchItem> = {
  scope: 'batch',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: columnsOf,
  key: (item) => item.transactionId,
  height: (size) => size.rows - HEAD,
  name: 'batch',
  nearEnd: more,
  all: everything,
};

const some = (ctx: Context): true | string => (currentRow(lens, ctx.get()) ? true : 'Nothing is in this batch.');

function head({ record }: State, theme: Theme): readonly (readonly Segment[])[] {
  if (!record) return [[''], ['']];
  const { batch, hidden } = record;
  const control = [
    batch.controlCents === null ? '' : `control ${money(batch.controlCents)}`,
    batch.controlCount === null ? '' : `${batch.controlCount} items`,
  ].filter(Boolean);
  return [
    [
      [` ${batch.number} ${BATCH_KIND_LABELS[batch.kind]}, ${batch.status}`, theme.title],
      `  ${batch.description ?? ''}`,
    ],
    [
      [` ${counted(batch.count, 'item')}, ${money(batch.cents)}`, theme.text],
      [control.length > 0 ? `  (${control.join(', ')})` : '', theme.dim],
      [hidden > 0 ? `  ${hidden} of customers that you may not see` : '', theme.warning],
    ],
  ];
}

/** `12` is B000012. */
const numberOf = (typed: string): string => {
  const text = typed.trim().toUpperCase();
  return /^\d+$/.test(text) ? `B${text.padStart(6, '0')}` : text;
};

/** What a batch holds: its edit list. */
export const batch: ScreenDefinition<Params | undefined, State> = {
  id: 'batch',
  code: 'EDL',
  title: 'Edit list of a batch',
  permission: 'history.read',
  crumb: ({ record }) => record?.batch.number ?? 'Batch',
  parseArgument: (argument) => ({ number: numberOf(argument) }),
  create: () => ({ ...noPages, list: newList(), record: null }),
  load: async (ctx) => (ctx.params?.batchId || ctx.params?.number ? load(ctx) : undefined),
  commands: [
    {
      id: 'batch.open',
      title: 'Open the account',
      group: 'go',
      keys: ['enter'],
      hint: 'Account',
      footer: 60,
      permission: 'accounts.read',
      when: some,
      run: (ctx) => ctx.open('account', { accountId: currentRow(lens, ctx.get())!.accountId, tab: 'history' }),
    },
    {
      id: 'batch.edit',
      title: 'Change the unposted payment',
      group: 'record',
      keys: ['e'],
      hint: 'Edit',
      footer: 58,
      permission: 'payments.edit',
      when: (ctx) => {
        const item = currentRow(lens, ctx.get());
        if (!item?.paymentId) return 'No payment is here.';
        return item.status === 'posted' ? 'It is posted: reverse it instead.' : true;
      },
      run: (ctx) => ctx.open('payment', { paymentId: currentRow(lens, ctx.get())!.paymentId! }),
    },
    ...listCommands(lens),
  ],
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ({ state, size, theme }) => (
    <ListBody
      lens={lens}
      state={state}
      size={size}
      theme={theme}
      head={head(state, theme)}
      empty={state.record ? 'Nothing is in this batch.' : 'Type =EDL and the number of a batch.'}
      note={state.next === null ? '' : 'more follow'}
    />
  ),
};
