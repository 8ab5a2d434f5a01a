import { formatCents } from '#domain/money.ts';
import { calculatePenalties, type CalculatedRun } from '#services/penalties/calculate.ts';
import { excludePenalties, includePenalties, type ReviewReceipt } from '#services/penalties/exclude.ts';
import { type PenaltyPosting, postWholeRun } from '#services/penalties/post.ts';
import { type PenaltyCandidateRow, penaltyItems } from '#services/penalties/review.ts';
import type { FormValues } from '#ui/form/definition.ts';
import { counted } from '#ui/money.ts';
import { currentRow, markedRows } from '#ui/table/lens.ts';
import { fit } from '#ui/width.ts';
import { overrideField, working } from '../penalties/form.ts';
import { lens } from './lens.ts';
import type { PenaltyRunContext } from './model.ts';

/** The marked rows, else the one with the cursor. */
export function selected(ctx: PenaltyRunContext): PenaltyCandidateRow[] {
  const marked = markedRows(lens, ctx.get());
  if (marked.length > 0) return marked;
  const row = currentRow(lens, ctx.get());
  return row ? [row] : [];
}

const named = (rows: readonly PenaltyCandidateRow[]): string =>
  rows.length === 1 ? `${rows[0]!.account} ${rows[0]!.customer}` : `${rows.length} accounts`;

const candidatesOf = (rows: readonly PenaltyCandidateRow[]) =>
  rows.map(({ id: candidateId, version }) => ({ candidateId, version }));

const unmark = (ctx: PenaltyRunContext): void =>
  ctx.set({ list: { ...ctx.get().list, marks: new Set(), anchor: null } });

/** The debts behind the penalty, as they were and are. */
export async function showDebts(ctx: PenaltyRunContext): Promise<void> {
  const row = currentRow(lens, ctx.get())!;
  const debts = await ctx.call(penaltyItems, { candidateId: row.id });
  const cells = (a: string, b: string, c: string, d: string): string =>
    `${fit(a, 11)}${fit(b, 30)}${fit(c, 12, 'right')}${fit(d, 12, 'right')}`;
  await ctx.show(`${row.account} ${row.customer}`, [
    cells('Due', 'For', 'Open then', 'Open now'),
    ...debts.map(({ dueOn, number, service, description, kind, openCents, nowCents }) =>
      cells(
        dueOn ?? '',
        [number, service ?? description ?? kind].filter(Boolean).join(' '),
        formatCents(openCents),
        formatCents(nowCents),
      ),
    ),
    '',
    `Past due ${formatCents(row.baseCents)}, penalty ${formatCents(row.penaltyCents)}`,
    ...(row.reason === null ? [] : [`Not charged: ${row.reason}`]),
  ]);
}

export async function exclude(ctx: PenaltyRunContext): Promise<void> {
  const rows = selected(ctx);
  const done = await ctx.form<FormValues & { readonly reason: string }, ReviewReceipt>({
    title: `Take out ${named(rows)}`,
    verb: 'Take out',
    fields: [{ name: 'reason', label: 'Reason', kind: 'text', required: true, maxLength: 200 }],
    initial: { reason: '' },
    today: ctx.today,
    save: ({ reason }) =>
      ctx.call(excludePenalties, { runId: ctx.get().run!.id, candidates: candidatesOf(rows), reason }),
  });
  if (done === null) return;
  unmark(ctx);
  await ctx.reload();
  ctx.toast(`${named(rows)} taken out: ${formatCents(done.penaltyCents)} less.`, 'good');
}

export async function include(ctx: PenaltyRunContext): Promise<void> {
  const rows = selected(ctx);
  const done = await ctx.call(includePenalties, { runId: ctx.get().run!.id, candidates: candidatesOf(rows) });
  unmark(ctx);
  await ctx.reload();
  ctx.toast(`${named(rows)} brought back: ${formatCents(done.penaltyCents)} more.`, 'good');
}

/** Shows how far something long is, as long as it lasts. */
async function atWork<R>(ctx: PenaltyRunContext, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } finally {
    ctx.set({ working: null });
  }
}

export async function recalculate(ctx: PenaltyRunContext): Promise<void> {
  const run = ctx.get().run!;
  const done = await atWork(ctx, () =>
    ctx.form<FormValues & { readonly runOn: string; readonly overrideReason: string }, CalculatedRun>({
      title: `Calculate ${run.number} again`,
      verb: 'Calculate',
      fields: [{ name: 'runOn', label: 'Day of the run', kind: 'date', required: true }, overrideField],
      initial: { runOn: run.runOn, overrideReason: '' },
      today: ctx.today,
      save: ({ runOn, overrideReason }, _version, idempotencyKey) =>
        ctx.call(
          calculatePenalties,
          { runId: run.id, runOn, overrideReason },
          { idempotencyKey, progress: (...told) => ctx.set({ working: working(...told) }) },
        ),
    }),
  );
  if (done === null) return;
  await ctx.reload();
  ctx.toast(`${done.number}: ${counted(done.charged, 'account')}, ${formatCents(done.penaltyCents)}.`, 'good');
}

/** A second question where payments wait; null when it is left. */
const askWhy = (ctx: PenaltyRunContext, message: string): Promise<string | null> =>
  ctx.form<FormValues & { readonly overrideReason: string }, string>({
    title: 'Post although payments wait?',
    verb: 'Post',
    fields: [
      { name: 'waiting', label: 'Waiting', kind: 'readonly' },
      { ...overrideField, required: true },
    ],
    initial: { waiting: message, overrideReason: '' },
    today: ctx.today,
    save: async ({ overrideReason }) => overrideReason,
  });

export async function post(ctx: PenaltyRunContext): Promise<void> {
  const run = ctx.get().run!;
  const rest = run.charged - run.posted;
  const sure = await ctx.confirm({
    title: run.status === 'posting' ? 'Go on posting the penalties?' : 'Post the penalties?',
    lines: [
      `${run.number} of ${run.runOn}: ${rest} accounts`,
      `${formatCents(run.penaltyCents)} in all, on ${formatCents(run.baseCents)} past due`,
      'Accounts that paid meanwhile are left out. What is posted can only be reversed.',
    ],
    action: 'Post penalties',
  });
  if (!sure) return;
  const options = { progress: (...told: Parameters<typeof working>) => ctx.set({ working: working(...told) }) };
  const input = { runId: run.id, ...(run.status === 'calculated' ? { version: run.version } : {}) };
  const done = await atWork(ctx, () => posted(ctx, input, options));
  if (done === null) return;
  await ctx.reload();
  const dropped = done.dropped === 0 ? '' : ` ${done.dropped} were left out: paid or penalised meanwhile.`;
  ctx.toast(
    `${done.posted} accounts charged ${formatCents(done.penaltyCents)}, batch ${done.batch}.${dropped}`,
    'good',
  );
}

async function posted(
  ctx: PenaltyRunContext,
  input: { readonly runId: number; readonly version?: number },
  options: Parameters<typeof postWholeRun>[2],
): Promise<PenaltyPosting | null> {
  try {
    return await postWholeRun(ctx.call, input, options);
  } catch (error) {
    const fields = (error as { fields?: Readonly<Record<string, string>> }).fields;
    const message = fields?.overrideReason;
    if (message === undefined) throw error;
    const overrideReason = await askWhy(ctx, message);
    return overrideReason === null ? null : postWholeRun(ctx.call, { ...input, overrideReason }, options);
  }
}
