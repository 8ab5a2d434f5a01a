import { formatCents } from '#domain/money.ts';
import { may } from '#services/actor.ts';
import {
  approve,
  type ApprovalRow,
  listApprovals,
  previewApproval,
  refuse,
  withdraw,
} from '#services/corrections/approvals.ts';
import type { Command } from '#keymap/command.ts';
import type { ScreenContext, ScreenDefinition } from '#ui/screen.ts';
import { listCommands, listTyping } from '#ui/table/commands.ts';
import type { Column } from '#ui/table/columns.ts';
import { listInput } from '#ui/table/input.ts';
import { currentRow, type ListLens } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { type ListState, newList } from '#ui/table/model.ts';
import { money } from '#ui/money.ts';
import { effectLines } from '../account-panel/tabs/history/corrections/effect-lines.ts';

type Status = ApprovalRow['status'];

interface ApprovalsState {
  readonly list: ListState;
  readonly rows: readonly ApprovalRow[];
  /** Null: all of them. */
  readonly status: Status | null;
}

type Ctx = ScreenContext<undefined, ApprovalsState>;

const columns: readonly Column<ApprovalRow>[] = [
  { id: 'account', title: 'Account', min: 9, max: 14, grow: 1, priority: 8, text: (row) => row.accountNumber ?? '' },
  { id: 'name', title: 'Customer', min: 10, grow: 3, priority: 5, text: (row) => row.customerName ?? '' },
  { id: 'what', title: 'What', min: 23, grow: 8, priority: 9, text: (row) => row.summary },
  {
    id: 'amount',
    title: 'Credit',
    min: 9,
    max: 12,
    priority: 9,
    align: 'right',
    text: (row) => money(row.amountCents),
    sortKey: (row) => row.amountCents,
  },
  { id: 'by', title: 'Asked by', min: 8, max: 12, priority: 7, text: (row) => row.requestedBy },
  { id: 'status', title: 'Status', min: 9, priority: 6, text: (row) => row.status },
  { id: 'decided', title: 'Decided by', min: 10, max: 12, priority: 3, text: (row) => row.decidedBy ?? '' },
  { id: 'reason', title: 'Reason', min: 10, grow: 4, priority: 2, text: (row) => row.reason ?? '' },
];

const lens: ListLens<undefined, ApprovalsState, ApprovalRow> = {
  scope: 'approvals',
  get: (state) => state.list,
  set: (_, list) => ({ list }),
  rows: (state) => state.rows,
  columns: () => columns,
  key: (row) => row.requestId,
  height: (size) => size.rows,
  name: 'approvals',
};

const load = async (ctx: Ctx): Promise<void> =>
  ctx.set({ rows: await ctx.call(listApprovals, { status: ctx.get().status }) });

/** Of the row with the cursor: that it waits, or why nothing can be decided. */
const waiting =
  (whose: 'own' | 'other') =>
  (ctx: Ctx): true | string => {
    const row = currentRow(lens, ctx.get());
    if (!row) return 'There is no request here.';
    if (row.status !== 'pending') return `It was ${row.status} before.`;
    const own = row.requestedBy === ctx.actor.username;
    if (whose === 'own') return own ? true : 'Only its author withdraws it.';
    return own ? 'Nobody decides about a request of their own.' : true;
  };

const linesOf = (row: ApprovalRow): string[] => [
  `${row.summary}, ${formatCents(row.amountCents)}`,
  `Account ${row.accountNumber ?? ''}, ${row.customerName ?? ''}`,
  `Asked for by ${row.requestedBy}`,
];

async function decided(ctx: Ctx, text: string): Promise<void> {
  await load(ctx);
  ctx.toast(text, 'good');
}

async function approveRow(ctx: Ctx): Promise<void> {
  const row = currentRow(lens, ctx.get());
  if (!row) return;
  const asked = { requestId: row.requestId, version: row.version };
  const lines = [...linesOf(row), ...effectLines(await ctx.call(previewApproval, asked))];
  if (!(await ctx.confirm({ title: 'Approve?', lines, action: 'Approve' }))) return;
  await ctx.call(approve, asked);
  await decided(ctx, 'Approved and done.');
}

async function refuseRow(ctx: Ctx): Promise<void> {
  const row = currentRow(lens, ctx.get());
  if (!row) return;
  const saved = await ctx.form({
    title: 'Refuse request',
    fields: [{ name: 'reason', label: 'Why', kind: 'text', required: true, maxLength: 300 }],
    initial: { reason: '' },
    today: ctx.today,
    save: ({ reason }) => ctx.call(refuse, { requestId: row.requestId, version: row.version, reason }),
  });
  if (saved !== null) await decided(ctx, 'Refused.');
}

async function withdrawRow(ctx: Ctx): Promise<void> {
  const row = currentRow(lens, ctx.get());
  if (!row || !(await ctx.confirm({ title: 'Withdraw request?', lines: linesOf(row), action: 'Withdraw' }))) return;
  await ctx.call(withdraw, { requestId: row.requestId, version: row.version });
  await decided(ctx, 'Withdrawn.');
}

const STATUSES: readonly (readonly [Status | null, string])[] = [
  ['pending', 'Waiting'],
  ['approved', 'Approved'],
  ['refused', 'Refused'],
  ['withdrawn', 'Withdrawn'],
  [null, 'All'],
];

async function pickStatus(ctx: Ctx): Promise<void> {
  const picked = await ctx.choose(
    'Requests',
    STATUSES.map(([value, label]) => ({ value: { status: value }, label })),
  );
  if (picked === null) return;
  ctx.set({ ...picked, list: newList() });
  await load(ctx);
}

const commands: readonly Command<Ctx>[] = [
  {
    id: 'approvals.approve',
    title: 'Approve the request: it is done at once',
    group: 'record',
    keys: ['a', 'f9'],
    hint: 'Approve',
    footer: 60,
    permission: 'adjustments.approve',
    when: waiting('other'),
    run: approveRow,
  },
  {
    id: 'approvals.refuse',
    title: 'Refuse the request',
    group: 'record',
    keys: ['r'],
    hint: 'Refuse',
    footer: 55,
    permission: 'adjustments.approve',
    when: waiting('other'),
    run: refuseRow,
  },
  {
    id: 'approvals.withdraw',
    title: 'Withdraw the request',
    group: 'record',
    keys: ['delete', 'D'],
    hint: 'Withdraw',
    footer: 45,
    when: waiting('own'),
    run: withdrawRow,
  },
  {
    id: 'approvals.account',
    title: 'Open the account',
    group: 'go',
    keys: ['enter'],
    hint: 'Account',
    footer: 50,
    permission: 'accounts.read',
    when: (ctx) => (currentRow(lens, ctx.get())?.accountId ? true : 'There is no account here.'),
    run: (ctx) => ctx.open('account', { accountId: currentRow(lens, ctx.get())!.accountId, tab: 'history' }),
  },
  {
    id: 'approvals.status',
    title: 'Choose which requests are shown',
    group: 'list',
    keys: ['w'],
    hint: 'View',
    footer: 40,
    run: pickStatus,
  },
];

/** Corrections above their author's limit, and what became of them. */
export const approvals: ScreenDefinition<undefined, ApprovalsState> = {
  id: 'approvals',
  code: 'APR',
  title: 'Approvals',
  permission: 'adjustments.enter',
  crumb: () => 'Approvals',
  create: () => ({ list: newList(), rows: [], status: 'pending' }),
  load,
  commands: [...commands, ...listCommands(lens)],
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  View: ({ state, size, theme, actor }) => (
    <ListTable
      lens={lens}
      state={state}
      size={size}
      theme={theme}
      empty={may(actor, 'adjustments.approve') ? 'Nothing waits for approval.' : 'None of your requests waits.'}
    />
  ),
};
