import { formatCents } from '#domain/money.ts';
import type { Command } from '#keymap/command.ts';
import { BATCH_KIND_LABELS, BATCH_KINDS_LIST } from '#services/batches/kinds.ts';
import type { BatchRow } from '#services/batches/list.ts';
import { balanceBatch, deleteBatch, reopenBatch } from '#services/batches/state.ts';
import { counted } from '#ui/money.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { newList } from '#ui/table/model.ts';
import { load } from './fetch.ts';
import { editForm, openForm } from './forms.ts';
import { lens } from './lens.ts';
import type { BatchesContext, StatusFilter } from './model.ts';
import { post, stop } from './post.ts';

type BatchesCommand = Command<BatchesContext>;

export const STATUSES: Readonly<Record<StatusFilter, string>> = {
  unposted: 'Not posted',
  open: 'Open',
  balanced: 'Balanced',
  posted: 'Posted',
  all: 'All',
};

/** Other ones are shown, from the first on. */
async function narrowed(ctx: BatchesContext, to: Partial<ReturnType<BatchesContext['get']>>): Promise<void> {
  ctx.set({ ...to, rows: [], list: newList() });
  await load(ctx);
}

async function narrow(ctx: BatchesContext): Promise<void> {
  const value = await ctx.choose(
    'Show',
    (Object.keys(STATUSES) as StatusFilter[]).map((status) => ({ value: status, label: STATUSES[status] })),
  );
  if (value !== null) await narrowed(ctx, { status: value });
}

async function narrowKind(ctx: BatchesContext): Promise<void> {
  const value = await ctx.choose('Kind', [
    { value: 'all' as const, label: 'All kinds' },
    ...BATCH_KINDS_LIST.map((kind) => ({ value: kind, label: BATCH_KIND_LABELS[kind] })),
  ]);
  if (value !== null) await narrowed(ctx, { kind: value === 'all' ? null : value });
}

async function open(ctx: BatchesContext): Promise<void> {
  const opened = await ctx.form(openForm(ctx));
  if (!opened) return;
  ctx.toast(`Batch ${opened.number} is open.`, 'good');
  await ctx.reload();
}

/** A command on the batch under the cursor; says what was done and shows it. */
const onBatch = (
  command: Pick<BatchesCommand, 'id' | 'title' | 'keys' | 'hint' | 'footer'>,
  possible: (batch: BatchRow) => true | string,
  act: (ctx: BatchesContext, batch: BatchRow) => Promise<string | null>,
): BatchesCommand => ({
  ...command,
  group: 'record',
  permission: 'batches.manage',
  when: (ctx) => {
    const batch = currentRow(lens, ctx.get());
    return batch ? possible(batch) : 'No batch is here.';
  },
  run: async (ctx) => {
    const done = await act(ctx, currentRow(lens, ctx.get())!);
    if (done === null) return;
    ctx.toast(done, 'good');
    await ctx.reload();
  },
});

const isOpen = ({ status }: BatchRow): true | string => (status === 'open' ? true : `It is ${status}.`);

const work: readonly BatchesCommand[] = [
  onBatch(
    { id: 'batches.edit', title: 'Change description and control figures', keys: ['e'] },
    isOpen,
    async (ctx, batch) => ((await ctx.form(editForm(ctx, batch))) ? `Batch ${batch.number} is saved.` : null),
  ),
  onBatch(
    {
      id: 'batches.balance',
      title: 'Balance the batch: compare with the control figures and close entry',
      keys: ['b'],
      hint: 'Balance',
      footer: 68,
    },
    isOpen,
    async (ctx, { id, version, number, count, cents }) => {
      await ctx.call(balanceBatch, { batchId: id, version });
      return `Batch ${number} balances: ${counted(count, 'item')}, ${formatCents(cents)}.`;
    },
  ),
  onBatch(
    { id: 'batches.reopen', title: 'Open the balanced batch again for entry', keys: ['r'], hint: 'Reopen', footer: 64 },
    ({ status }) => (status === 'balanced' ? true : 'Only a balanced batch is reopened.'),
    async (ctx, { id, version, number }) => {
      await ctx.call(reopenBatch, { batchId: id, version });
      return `Batch ${number} takes entries again.`;
    },
  ),
  onBatch(
    { id: 'batches.delete', title: 'Delete the empty batch', keys: ['delete', 'D'] },
    (batch) => (batch.count > 0 ? `It holds ${counted(batch.count, 'item')}.` : isOpen(batch)),
    async (ctx, { id, version, number }) => {
      const lines = [`Batch ${number}, which is empty`];
      if (!(await ctx.confirm({ title: 'Delete batch?', lines, action: 'Delete batch' }))) return null;
      await ctx.call(deleteBatch, { batchId: id, version });
      return `Batch ${number} is deleted.`;
    },
  ),
];

export const commands: readonly BatchesCommand[] = [
  {
    id: 'batches.items',
    title: 'Open the batch: its edit list',
    group: 'go',
    keys: ['enter', 'right', 'l'],
    hint: 'Items',
    footer: 80,
    when: (ctx) => (currentRow(lens, ctx.get()) ? true : 'No batch is here.'),
    run: (ctx) => ctx.open('batch', { batchId: currentRow(lens, ctx.get())!.id }),
  },
  {
    id: 'batches.open',
    title: 'Open a new batch with its control figures',
    group: 'record',
    keys: ['n'],
    hint: 'New',
    footer: 70,
    permission: 'batches.manage',
    run: open,
  },
  ...work,
  {
    id: 'batches.post',
    title: 'Post the balanced batch',
    group: 'record',
    keys: ['p'],
    hint: 'Post',
    footer: 66,
    permission: 'batches.post',
    background: true,
    when: (ctx) => {
      if (ctx.get().posting) return 'A batch is being posted.';
      const batch = currentRow(lens, ctx.get());
      if (!batch) return 'No batch is here.';
      if (batch.status === 'open') return 'Balance it first.';
      return batch.status === 'posted' ? 'It is posted.' : true;
    },
    run: (ctx) => post(ctx, currentRow(lens, ctx.get())!),
  },
  {
    id: 'batches.stop',
    title: 'Stop posting behind the step at work',
    group: 'record',
    keys: ['escape'],
    hint: 'Stop',
    footer: 100,
    permission: 'batches.post',
    applies: (ctx) => ctx.get().posting !== null,
    run: stop,
  },
  {
    id: 'batches.take',
    title: 'Take payments into this batch',
    group: 'go',
    keys: ['$'],
    permission: 'payments.enter',
    when: (ctx) => {
      const batch = currentRow(lens, ctx.get());
      return batch?.kind === 'payments' && batch.status === 'open' ? true : 'No open batch of payments is here.';
    },
    run: (ctx) => ctx.open('payment', { batchId: currentRow(lens, ctx.get())!.id }),
  },
  {
    id: 'batches.narrow',
    title: 'Show open, balanced, posted or all',
    group: 'list',
    keys: ['f4'],
    hint: 'Show',
    footer: 62,
    run: narrow,
  },
  { id: 'batches.kind', title: 'Show one kind only', group: 'list', keys: ['K'], run: narrowKind },
  {
    id: 'batches.mine',
    title: 'Show my own only, or everybody’s',
    group: 'list',
    keys: ['m'],
    hint: 'Mine',
    footer: 60,
    run: (ctx) => narrowed(ctx, { mine: !ctx.get().mine }),
  },
  ...listCommands(lens),
];
