import type { ApplyContext, Item } from '../apply-context.ts';
import { insertRows } from '../../bulk.ts';
import { ImportProblem } from '../problem.ts';
import {
  type AccountOwner,
  type AllocationRow,
  enterAndPost,
  type LineRow,
  lineOf,
  type Posting,
  type TransactionRow,
} from './posting.ts';
import { linesOf, storeOpen } from './settle.ts';

/** What of an old transaction was paid by, or paid, another one. */
interface Tie {
  readonly creditLineId: number;
  readonly debitLineId: number;
  readonly amountCents: number;
  readonly allocatedOn: string;
}

/** A line of another transaction that the reversed one gave back, free for the one that replaces it. */
export interface Freed {
  readonly lineId: number;
  /** −1 a credit that had paid, +1 a debit that had been paid. */
  readonly effect: 1 | -1;
  readonly amountCents: number;
  readonly allocatedOn: string;
}

/**
 * Takes back a posted transaction by linked, opposite rows, because posted rows are never
 * changed (guide: domain L8). What it was allocated to is freed by opposite allocations, all
 * on the original days, so that the ledger as of any past day shows the correction whole.
 * @throws ImportProblem when somebody has reversed it already
 */
export async function reverse(
  ctx: ApplyContext,
  item: Item,
  oldId: number,
): Promise<{ old: TransactionRow; freed: Freed[] }> {
  const old = await ctx.db
    .selectFrom('ledger_transaction')
    .selectAll()
    .where('id', '=', oldId)
    .executeTakeFirstOrThrow();
  const already = await ctx.db
    .selectFrom('ledger_transaction')
    .select('id')
    .where('account_id', '=', old.account_id)
    .where('reverses_id', '=', oldId)
    .executeTakeFirst();
  if (already) {
    throw new ImportProblem(
      `${item.record.file}, row ${item.record.row}: ${item.rule.id} “${item.record.key}” has changed, but it was reversed by hand`,
    );
  }
  const lines = (await linesOf(ctx, [oldId])).get(oldId) ?? [];
  const ties = await tiesOf(ctx, lines);
  await insertRows(
    ctx.db,
    'allocation',
    ties.map((tie) => opposite(ctx, old.customer_id, tie)),
  );
  const reversal = reversalOf(ctx, item, old, lines);
  const closing = closingAllocations(ctx, old, lines, reversal.lines);
  await enterAndPost(ctx, [reversal]);
  await insertRows(ctx.db, 'allocation', closing);
  await storeOpen(ctx, 'debit', [...new Set([...ties, ...closing.map(tieOf)].map((tie) => tie.debitLineId))]);
  await storeOpen(ctx, 'credit', [...new Set([...ties, ...closing.map(tieOf)].map((tie) => tie.creditLineId))]);
  const owner = await ownerOf(ctx, old.account_id);
  ctx.staging.addBalance(owner, -old.amount_cents);
  const own = new Set(lines.map((line) => line.id));
  const freed = ties.flatMap(({ creditLineId, debitLineId, ...tie }): Freed[] => {
    if (own.has(creditLineId) === own.has(debitLineId)) return [];
    return [
      own.has(debitLineId) ? { lineId: creditLineId, effect: -1, ...tie } : { lineId: debitLineId, effect: 1, ...tie },
    ];
  });
  return { old, freed };
}

const tieOf = (row: AllocationRow): Tie => ({
  creditLineId: row.credit_line_id,
  debitLineId: row.debit_line_id,
  amountCents: row.amount_cents,
  allocatedOn: row.allocated_on,
});

async function ownerOf(ctx: ApplyContext, accountId: number): Promise<AccountOwner> {
  return ctx.db
    .selectFrom('account')
    .select(['id', 'customer_id as customerId', 'location_id as locationId'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
}

/** What lines are allocated to now, netted by counterpart and day. */
async function tiesOf(ctx: ApplyContext, lines: readonly LineRow[]): Promise<Tie[]> {
  const ids = lines.map((line) => line.id);
  if (ids.length === 0) return [];
  return ctx.db
    .selectFrom('allocation')
    .select(['credit_line_id as creditLineId', 'debit_line_id as debitLineId', 'allocated_on as allocatedOn'])
    .select((s) => s.fn.sum<number>('amount_cents').as('amountCents'))
    .where((eb) => eb.or([eb('credit_line_id', 'in', ids), eb('debit_line_id', 'in', ids)]))
    .groupBy(['credit_line_id', 'debit_line_id', 'allocated_on'])
    .having((s) => s.fn.sum('amount_cents'), '<>', 0)
    .orderBy('allocated_on')
    .orderBy('credit_line_id')
    .execute();
}

const opposite = (ctx: ApplyContext, customerId: number, tie: Tie): AllocationRow => ({
  id: ctx.newId(),
  customer_id: customerId,
  credit_line_id: tie.creditLineId,
  debit_line_id: tie.debitLineId,
  amount_cents: -tie.amountCents,
  allocated_on: tie.allocatedOn,
});

function reversalOf(ctx: ApplyContext, item: Item, old: TransactionRow, lines: readonly LineRow[]): Posting {
  const owner: AccountOwner = { id: old.account_id, customerId: old.customer_id, locationId: 0 };
  const transaction: TransactionRow = {
    ...old,
    id: ctx.newId(),
    kind: 'reversal',
    status: 'unposted',
    amount_cents: old.amount_cents === 0 ? 0 : -old.amount_cents,
    due_on: null,
    reason: 'import',
    memo: `Corrected by ${item.record.file.split('/').at(-1) ?? 'a file'}, row ${item.record.row}`,
    reverses_id: old.id,
    corrects_id: null,
    created_at: ctx.now,
    created_by: ctx.username,
  };
  return {
    transaction,
    owner,
    lines: lines.map((line) =>
      lineOf(ctx, transaction, owner, {
        service_type_id: line.service_type_id ?? null,
        description: line.description ?? null,
        debit_gl: line.credit_gl,
        credit_gl: line.debit_gl,
        amount_cents: line.amount_cents,
        effect: line.effect === 0 ? 0 : -line.effect,
      }),
    ),
  };
}

/** Each line of the reversal settles the line that it takes back. */
function closingAllocations(
  ctx: ApplyContext,
  old: TransactionRow,
  lines: readonly LineRow[],
  reversals: readonly LineRow[],
): AllocationRow[] {
  return lines.flatMap((line, i) => {
    const back = reversals[i]!;
    if (line.effect === 0 || line.amount_cents === 0) return [];
    return [
      {
        id: ctx.newId(),
        customer_id: old.customer_id,
        credit_line_id: line.effect > 0 ? back.id : line.id,
        debit_line_id: line.effect > 0 ? line.id : back.id,
        amount_cents: line.amount_cents,
        allocated_on: old.effective_on,
      },
    ];
  });
}
