import type { Insertable } from 'kysely';
import type { Schema } from '../../schema.ts';
import { insertRows, pieces } from '../../bulk.ts';
import type { ApplyContext, Item } from '../apply-context.ts';
import { codeId } from '../entities/masters.ts';

export type LineRow = Insertable<Schema['ledger_line']>;
export type TransactionRow = Insertable<Schema['ledger_transaction']>;
export type AllocationRow = Insertable<Schema['allocation']>;

/** Default general ledger codes (system rows of every utility). */
const GL = { cash: '1010', receivable: '1200', revenue: '4000', penalty: '4910', deposits: '2100' } as const;

/** Revenue side of a charge by its kind, where it is not simply the service's. */
const REVENUE_OF_KIND: Readonly<Record<string, string>> = { penalty: GL.penalty, deposit_charge: GL.deposits };

/** Whose account it is. */
export interface AccountOwner {
  readonly id: number;
  readonly customerId: number;
  readonly locationId: number;
}

/** A transaction with its lines, complete but for what will be allocated to it. */
export interface Posting {
  readonly transaction: TransactionRow;
  readonly lines: LineRow[];
  readonly owner: AccountOwner;
}

/** Owners of the accounts that items name. */
export async function ownersOf(ctx: ApplyContext, ids: readonly number[]): Promise<ReadonlyMap<number, AccountOwner>> {
  const owners = new Map<number, AccountOwner>();
  for (const some of pieces([...new Set(ids)])) {
    const rows = await ctx.db
      .selectFrom('account')
      .select(['id', 'customer_id as customerId', 'location_id as locationId'])
      .where('id', 'in', some)
      .execute();
    for (const row of rows) owners.set(row.id, row);
  }
  return owners;
}

interface Part {
  readonly service: string | null;
  readonly amountCents: number;
  readonly description: string | null;
  readonly revenueGl: string | null;
}

function partsOf({ record }: Item): readonly Part[] {
  const { values } = record;
  const all: readonly Part[] = record.lines ?? [
    {
      service: values.service === undefined || values.service === null ? null : String(values.service),
      amountCents: Number(values.amount),
      description: textOf(values.description),
      revenueGl: null,
    },
  ];
  const moving = all.filter((part) => part.amountCents !== 0);
  return moving.length > 0 ? moving : all.slice(0, 1);
}

const textOf = (value: string | number | null | undefined): string | null => (value == null ? null : String(value));

function frame(ctx: ApplyContext, item: Item, owner: AccountOwner, correctsId: number | null) {
  const { values } = item.record;
  return {
    id: item.id,
    account_id: owner.id,
    customer_id: owner.customerId,
    status: 'unposted' as const,
    number: textOf(values.number),
    effective_on: String(values.effectiveOn),
    due_on: textOf(values.dueOn),
    method: textOf(values.method),
    reference: textOf(values.reference),
    reason: textOf(values.reason),
    memo: textOf(values.memo),
    statement_id: null,
    reverses_id: null,
    corrects_id: correctsId,
    created_at: ctx.now,
    created_by: ctx.username,
  };
}

/**
 * A charge as a posted transaction. A negative part is a credit; a charge that is negative
 * as a whole is a credit adjustment. One of nothing keeps a line of nothing, so that no row
 * of the file is lost.
 */
export function chargePosting(
  ctx: ApplyContext,
  item: Item,
  owner: AccountOwner,
  correctsId: number | null = null,
): Posting {
  const { values } = item.record;
  const amount = Number(values.amount);
  const kind = amount < 0 ? 'adjustment' : (values.kind ?? 'charge');
  const transaction = { ...frame(ctx, item, owner, correctsId), kind, amount_cents: amount } as TransactionRow;
  const lines = partsOf(item).map((part): LineRow => {
    const serviceId = codeId(ctx, 'services', part.service);
    const gl = part.service === null ? null : ctx.services.get(part.service);
    const receivable = gl?.receivableGl ?? GL.receivable;
    const revenue = part.revenueGl ?? REVENUE_OF_KIND[String(kind)] ?? gl?.revenueGl ?? GL.revenue;
    const debit = part.amountCents >= 0;
    return lineOf(ctx, transaction, owner, {
      service_type_id: serviceId,
      description: part.description,
      debit_gl: debit ? receivable : revenue,
      credit_gl: debit ? revenue : receivable,
      amount_cents: Math.abs(part.amountCents),
      effect: debit ? 1 : -1,
    });
  });
  return { transaction, lines, owner };
}

/** A payment as a posted transaction; money given back is a refund. */
export function paymentPosting(
  ctx: ApplyContext,
  item: Item,
  owner: AccountOwner,
  correctsId: number | null = null,
): Posting {
  const amount = Number(item.record.values.amount);
  const kind = amount < 0 ? 'refund' : 'payment';
  const transaction = {
    ...frame(ctx, item, owner, correctsId),
    kind,
    amount_cents: amount === 0 ? 0 : -amount,
  } as TransactionRow;
  const line = lineOf(ctx, transaction, owner, {
    service_type_id: null,
    description: null,
    debit_gl: amount < 0 ? GL.receivable : GL.cash,
    credit_gl: amount < 0 ? GL.cash : GL.receivable,
    amount_cents: Math.abs(amount),
    effect: amount < 0 ? 1 : -1,
  });
  return { transaction, lines: [line], owner };
}

/** A line of a transaction, all of it open. */
export function lineOf(
  ctx: ApplyContext,
  transaction: TransactionRow,
  owner: AccountOwner,
  facts: Pick<LineRow, 'service_type_id' | 'description' | 'debit_gl' | 'credit_gl' | 'amount_cents' | 'effect'>,
): LineRow {
  return {
    id: ctx.newId(),
    transaction_id: transaction.id,
    customer_id: owner.customerId,
    account_id: owner.id,
    ...facts,
    open_cents: facts.amount_cents,
    effective_on: transaction.effective_on,
    due_on: transaction.due_on ?? null,
  };
}

/** Ties a credit to a debit and lowers what is open of both. */
export function allocate(
  ctx: ApplyContext,
  credit: LineRow,
  debit: LineRow,
  amount: number,
  allocatedOn: string,
): AllocationRow {
  credit.open_cents -= amount;
  debit.open_cents -= amount;
  return {
    id: ctx.newId(),
    customer_id: debit.customer_id,
    credit_line_id: credit.id,
    debit_line_id: debit.id,
    amount_cents: amount,
    allocated_on: allocatedOn,
  };
}

/** Credits within a charge pay its own debits first. */
export function settleWithin(ctx: ApplyContext, { lines, transaction }: Posting): AllocationRow[] {
  const credits = lines.filter((line) => line.effect < 0);
  const debits = lines.filter((line) => line.effect > 0);
  return credits.flatMap((credit) =>
    debits.flatMap((debit) => {
      const amount = Math.min(credit.open_cents, debit.open_cents);
      return amount > 0 ? [allocate(ctx, credit, debit, amount, transaction.effective_on)] : [];
    }),
  );
}

/** Writes transactions with their lines, then posts them: in between the database compares their sums. */
export async function enterAndPost(
  ctx: ApplyContext,
  postings: readonly Pick<Posting, 'transaction' | 'lines'>[],
): Promise<void> {
  await insertRows(
    ctx.db,
    'ledger_transaction',
    postings.map((posting) => posting.transaction),
  );
  await insertRows(
    ctx.db,
    'ledger_line',
    postings.flatMap((posting) => posting.lines),
  );
  for (const some of pieces(postings)) {
    const ids = some.map((posting) => posting.transaction.id);
    await ctx.db.updateTable('ledger_transaction').set({ status: 'posted' }).where('id', 'in', ids).execute();
  }
}

/** Writes postings that are complete, and notes what they do to the balances. */
export async function writePostings(
  ctx: ApplyContext,
  postings: readonly Posting[],
  allocations: readonly AllocationRow[],
): Promise<void> {
  await enterAndPost(ctx, postings);
  await insertRows(ctx.db, 'allocation', allocations);
  for (const { transaction, owner } of postings) ctx.staging.addBalance(owner, transaction.amount_cents);
}
