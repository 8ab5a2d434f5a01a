import { z } from 'zod';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, query } from '../operation.ts';
import { visible } from '../sight.ts';
import { assertChangeable } from '../subject.ts';
import { Trial } from '../trial.ts';
import { typedText } from '#domain/typed-text.ts';
import { adjustBill } from './adjust-bill.ts';
import { enterAdjustment } from './adjust.ts';
import type { CorrectionReceipt } from './receipt.ts';
import type { CorrectionContext } from './context.ts';
import { type Effect, effectOf } from './effect.ts';
import { id, version } from './fields.ts';
import { reverseCharges } from './reverse-charges.ts';

/** A request with what it needs to run. */
interface Approvable {
  readonly run: (ctx: CorrectionContext, input: unknown) => Promise<CorrectionReceipt>;
}

const approvable = <I>({
  input,
  run,
}: {
  readonly input: z.ZodType<I>;
  readonly run: (ctx: CorrectionContext, asked: I) => Promise<CorrectionReceipt>;
}): Approvable => ({ run: (ctx, asked) => run(ctx, input.parse(asked)) });

/** Corrections that can wait for approval, by their names. */
const APPROVABLE: ReadonlyMap<string, Approvable> = new Map([
  [enterAdjustment.name, approvable(enterAdjustment)],
  [adjustBill.name, approvable(adjustBill)],
  [reverseCharges.name, approvable(reverseCharges)],
]);

/** A request as the list of approvals shows it. */
export interface ApprovalRow {
  readonly requestId: number;
  readonly operation: string;
  readonly summary: string;
  readonly accountId: number | null;
  readonly accountNumber: string | null;
  readonly customerName: string | null;
  readonly amountCents: Cents;
  readonly status: 'pending' | 'approved' | 'refused' | 'withdrawn';
  readonly requestedAt: number;
  readonly requestedBy: string;
  readonly decidedAt: number | null;
  readonly decidedBy: string | null;
  readonly reason: string | null;
  readonly transactionId: number | null;
  readonly version: number;
}

/** Longest list: what waits for longer is decided first. */
const MOST = 500;

export const listApprovals = query({
  name: 'approval.list',
  summary: 'Corrections that wait for approval, or were decided',
  permission: 'adjustments.enter',
  input: z.object({ status: z.enum(['pending', 'approved', 'refused', 'withdrawn']).nullable().default('pending') }),
  run: async (ctx, { status }): Promise<ApprovalRow[]> =>
    ctx.db
      .selectFrom('approval_request as r')
      .leftJoin('account as a', 'a.id', 'r.account_id')
      .innerJoin('customer as c', 'c.id', 'r.customer_id')
      .select([
        'r.id as requestId',
        'r.operation',
        'r.summary',
        'r.account_id as accountId',
        'a.number as accountNumber',
        'c.display_name as customerName',
        'r.amount_cents as amountCents',
        'r.status',
        'r.requested_at as requestedAt',
        'r.requested_by as requestedBy',
        'r.decided_at as decidedAt',
        'r.decided_by as decidedBy',
        'r.reason',
        'r.transaction_id as transactionId',
        'r.version',
      ])
      .$if(status !== null, (q) => q.where('r.status', '=', status!))
      .where((eb) => visible(ctx.sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .orderBy('r.requested_at', status === 'pending' ? 'asc' : 'desc')
      .orderBy('r.id')
      .limit(MOST)
      .execute(),
});

type Waiting = Awaited<ReturnType<typeof waiting>>;

async function waiting(ctx: CommandContext, requestId: number, read: number) {
  const row = await ctx.db.selectFrom('approval_request').selectAll().where('id', '=', requestId).executeTakeFirst();
  if (!row) throw new Failure('not_found', 'There is no such request.');
  if (row.account_id !== null) await assertChangeable(ctx, { accountId: row.account_id });
  if (row.status !== 'pending' || row.version !== read) {
    throw new Failure('conflict', `This request was ${row.status === 'pending' ? 'changed' : row.status} meanwhile.`);
  }
  return row;
}

async function decide(
  ctx: CommandContext,
  row: Waiting,
  status: 'approved' | 'refused' | 'withdrawn',
  { reason, transactionId = null }: { readonly reason: string | null; readonly transactionId?: number | null },
): Promise<void> {
  await ctx.db
    .updateTable('approval_request')
    .set({
      status,
      reason,
      transaction_id: transactionId,
      decided_at: ctx.now,
      decided_by: ctx.actor.username,
      version: row.version + 1,
    })
    .where('id', '=', row.id)
    .execute();
  ctx.audit({
    entity: 'ApprovalRequest',
    entityId: row.id,
    customerId: row.customer_id,
    changes: { status: ['pending', status] },
    ...(reason === null ? {} : { reason }),
  });
}

/** Who decides: never the author, and only within one's own limit. */
function assertMayDecide({ actor }: CommandContext, row: Waiting): void {
  if (row.requested_by === actor.username) {
    throw new Failure('refused', 'Nobody approves a request of their own.');
  }
  const limit = actor.creditLimitCents ?? null;
  if (limit !== null && row.amount_cents > limit) {
    throw new Failure('refused', `Your own limit is ${formatCents(limit)}: somebody with a higher one decides this.`);
  }
}

function wantedBy({ operation }: Waiting): Approvable {
  const wanted = APPROVABLE.get(operation);
  if (!wanted) throw new Failure('refused', 'This can no longer be approved: refuse it.');
  return wanted;
}

const decision = z.object({ requestId: id, version });
const because = typedText(300).min(1, 'Say why.');

export const previewApproval = command({
  name: 'approval.preview',
  summary: 'What approving a correction that waits would do',
  permission: 'adjustments.approve',
  unaudited: true,
  input: decision,
  run: async (ctx, { requestId, version: read }): Promise<Effect> => {
    const row = await waiting(ctx, requestId, read);
    const asked: unknown = JSON.parse(row.input);
    throw new Trial(await effectOf(ctx, (watched) => wantedBy(row).run({ ...watched, approved: true }, asked)));
  },
});

export const approve = command({
  name: 'approval.approve',
  summary: 'Approve a correction that waits: it is done at once',
  permission: 'adjustments.approve',
  input: decision,
  run: async (ctx, { requestId, version: read }): Promise<CorrectionReceipt> => {
    const row = await waiting(ctx, requestId, read);
    assertMayDecide(ctx, row);
    const receipt = await wantedBy(row).run(
      { ...ctx, trial: false, approved: true, warn: () => {} },
      JSON.parse(row.input),
    );
    await decide(ctx, row, 'approved', { reason: null, transactionId: receipt.transactionIds[0] ?? null });
    return { ...receipt, requestId };
  },
});

export const refuse = command({
  name: 'approval.refuse',
  summary: 'Refuse a correction that waits for approval',
  permission: 'adjustments.approve',
  input: decision.extend({ reason: because }),
  run: async (ctx, { requestId, version: read, reason }): Promise<CorrectionReceipt> => {
    const row = await waiting(ctx, requestId, read);
    assertMayDecide(ctx, row);
    await decide(ctx, row, 'refused', { reason });
    return { transactionIds: [], requestId };
  },
});

export const withdraw = command({
  name: 'approval.withdraw',
  summary: 'Withdraw a request of one’s own',
  permission: 'adjustments.enter',
  input: decision,
  run: async (ctx, { requestId, version: read }): Promise<CorrectionReceipt> => {
    const row = await waiting(ctx, requestId, read);
    if (row.requested_by !== ctx.actor.username) throw new Failure('refused', 'Only its author withdraws it.');
    await decide(ctx, row, 'withdrawn', { reason: null });
    return { transactionIds: [], requestId };
  },
});
