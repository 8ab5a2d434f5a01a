import { formatCents, parseCents } from '#domain/money.ts';
import { may } from '#services/actor.ts';
import { numberChecks, refundCandidates, type RefundCandidate, runRefunds } from '#services/corrections/refund-run.ts';
import { counted, money } from '#ui/money.ts';
import { accountColumns } from './columns.ts';
import type { AccountRun, RunContext } from './model.ts';
import { runScreen } from './screen.tsx';

interface Filters {
  readonly finalOnly: boolean;
  /** Null: that of the options. */
  readonly leastCents: number | null;
}

type Ctx = RunContext<RefundCandidate, Filters>;

const METHODS = [
  { value: 'check', label: 'Check' },
  { value: 'card', label: 'Card' },
  { value: 'draft', label: 'ACH' },
] as const;

async function narrow(ctx: Ctx): Promise<Filters | null> {
  const { finalOnly, leastCents } = ctx.get().filters;
  return ctx.form({
    title: 'Accounts to refund',
    verb: 'Show',
    fields: [
      { name: 'finalOnly', label: 'Closed only', kind: 'flag' },
      { name: 'least', label: 'Least credit', kind: 'amount', help: 'Empty: that of the company options.' },
    ],
    initial: { finalOnly, least: leastCents === null ? '' : formatCents(leastCents) },
    today: ctx.today,
    save: (values) => Promise.resolve({ finalOnly: values.finalOnly, leastCents: parseCents(values.least) }),
  });
}

/** Enters the refunds in the batch of the day; checks get their numbers when who runs it may post. */
async function run(ctx: Ctx, accountIds: readonly number[], lines: readonly string[]): Promise<string | null> {
  const how = await ctx.form({
    title: 'Refund run',
    verb: 'Next',
    fields: [
      { name: 'method', label: 'How', kind: 'code', required: true, choices: METHODS },
      { name: 'memo', label: 'Memo', kind: 'text', maxLength: 500 },
    ],
    initial: { method: 'check' as string, memo: '' },
    today: ctx.today,
    save: (values, _, key) => Promise.resolve({ ...values, key }),
  });
  if (how === null || !(await ctx.confirm({ title: 'Enter these refunds?', lines, action: 'Enter refunds' })))
    return null;
  const input = {
    accountIds: [...accountIds],
    method: how.method as 'check' | 'card' | 'draft',
    memo: how.memo === '' ? null : how.memo,
  };
  const { batchId, transactionIds } = await ctx.call(runRefunds, input, { idempotencyKey: how.key });
  const entered = `Entered for their batch: ${counted(transactionIds.length, 'refund')}.`;
  if (how.method !== 'check' || !may(ctx.actor, 'batches.post')) return entered;
  const numbers = await ctx.confirm({
    title: 'Give the checks their numbers now?',
    lines: ['Numbers go out in the order of accounts.', 'They can be given later, before the batch is posted.'],
    action: 'Number checks',
  });
  if (!numbers) return entered;
  const { checks } = await ctx.call(numberChecks, { batchId });
  return `${entered} Checks ${checks[0]} to ${checks.at(-1)}.`;
}

const refundRun: AccountRun<RefundCandidate, Filters> = {
  id: 'refundRun',
  code: 'RFR',
  title: 'Refund run',
  permission: 'payments.refund',
  filters: { finalOnly: true, leastCents: null },
  which: ({ finalOnly, leastCents }) =>
    `${finalOnly ? 'Closed accounts' : 'All accounts'} with open credit of at least ` +
    (leastCents === null ? 'what the options say' : formatCents(leastCents)),
  columns: [
    ...accountColumns<RefundCandidate>(),
    {
      id: 'credit',
      title: 'Refund',
      min: 10,
      max: 14,
      priority: 9,
      align: 'right',
      text: (row) => money(row.creditCents),
      sortKey: (row) => row.creditCents,
      value: (row) => row.creditCents / 100,
    },
  ],
  empty: 'No account has that much open credit.',
  fetch: (ctx) => {
    const { finalOnly, leastCents } = ctx.get().filters;
    return ctx.call(refundCandidates, { finalOnly, ...(leastCents === null ? {} : { leastCents }) });
  },
  centsOf: ({ creditCents }) => creditCents,
  narrow,
  verb: 'Refund',
  run,
};

/** Open credit of closed accounts goes back, many at a time. */
export const refundRunScreen = runScreen(refundRun);
