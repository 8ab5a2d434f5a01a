import { formatCents, parseCents } from '#domain/money.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { runWriteOffs, type WriteOffCandidate, writeOffCandidates } from '#services/corrections/write-off-run.ts';
import { counted } from '#ui/money.ts';
import { accountColumns } from './columns.ts';
import type { AccountRun, RunContext } from './model.ts';
import { runScreen } from './screen.tsx';

interface Filters {
  readonly closedDays: number;
  readonly leastCents: number;
  /** Balances up to the small balance of the options, whenever closed. */
  readonly small: boolean;
}

type Ctx = RunContext<WriteOffCandidate, Filters>;

async function narrow(ctx: Ctx): Promise<Filters | null> {
  const { closedDays, leastCents, small } = ctx.get().filters;
  const notSmall = (values: { readonly small?: string | boolean }): true | string =>
    values.small === true ? 'Small balances are taken whenever the account was closed.' : true;
  return ctx.form({
    title: 'Accounts to write off',
    verb: 'Show',
    fields: [
      { name: 'small', label: 'Small balances', kind: 'flag', help: 'Up to the limit of the company options.' },
      { name: 'days', label: 'Closed for days', kind: 'text', maxLength: 5, enabled: notSmall },
      { name: 'least', label: 'Least balance', kind: 'amount', enabled: notSmall },
    ],
    initial: { small, days: String(closedDays), least: formatCents(leastCents) },
    today: ctx.today,
    save: (values) =>
      Promise.resolve({
        small: values.small,
        closedDays: Number.parseInt(values.days, 10) || 0,
        leastCents: Math.max(1, parseCents(values.least) ?? 1),
      }),
  });
}

async function run(ctx: Ctx, accountIds: readonly number[], lines: readonly string[]): Promise<string | null> {
  const reasons = await ctx.call(listCodeValues, { table: 'write_off_reason', all: false });
  const why = await ctx.form({
    title: 'Write off',
    verb: 'Next',
    fields: [
      {
        name: 'reason',
        label: 'Reason',
        kind: 'code',
        required: true,
        choices: reasons.map(({ code, name }) => ({ value: code, label: name })),
      },
      { name: 'memo', label: 'Memo', kind: 'text', maxLength: 500 },
    ],
    initial: { reason: ctx.get().filters.small ? 'small' : '', memo: '' },
    today: ctx.today,
    save: (values, _, key) => Promise.resolve({ ...values, key }),
  });
  if (why === null) return null;
  const chosen = new Set(accountIds);
  const waiting = ctx.get().rows.filter((row) => chosen.has(row.accountId) && row.unpostedCents !== 0).length;
  const more = [
    ...lines,
    'What they owe becomes bad debt at once; it can be taken back.',
    ...(waiting > 0 ? [`! Accounts among them with items that are not posted: ${waiting}.`] : []),
  ];
  if (!(await ctx.confirm({ title: 'Write these off?', lines: more, action: 'Write off' }))) return null;
  const input = { accountIds: [...accountIds], reason: why.reason, memo: why.memo === '' ? null : why.memo };
  const { transactionIds } = await ctx.call(runWriteOffs, input, { idempotencyKey: why.key });
  return `Written off: ${counted(transactionIds.length, 'account')}.`;
}

const writeOffRun: AccountRun<WriteOffCandidate, Filters> = {
  id: 'writeOffRun',
  code: 'WOR',
  title: 'Write-offs',
  permission: 'writeoffs.enter',
  filters: { closedDays: 120, leastCents: 1, small: false },
  which: ({ closedDays, leastCents, small }) =>
    small
      ? 'Closed accounts that owe no more than the small balance of the options'
      : `Accounts closed for ${closedDays} days or longer that owe at least ${formatCents(leastCents)}`,
  columns: [
    ...accountColumns<WriteOffCandidate>(),
    {
      id: 'unposted',
      title: 'Unposted',
      min: 10,
      max: 14,
      priority: 5,
      align: 'right',
      text: ({ unpostedCents }) => (unpostedCents === 0 ? '' : formatCents(unpostedCents)),
      tone: () => 'warning',
      sortKey: ({ unpostedCents }) => unpostedCents,
      value: ({ unpostedCents }) => unpostedCents / 100,
    },
  ],
  empty: 'No closed account owes that much for so long.',
  fetch: (ctx) => ctx.call(writeOffCandidates, ctx.get().filters),
  centsOf: ({ balanceCents }) => balanceCents,
  narrow,
  verb: 'Write off',
  run,
};

/** Debts of closed accounts are given up, many at a time. */
export const writeOffScreen = runScreen(writeOffRun);
