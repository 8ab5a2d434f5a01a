import type { ApplyContext, ChangedItem, Item } from '../apply-context.ts';
import { insertRows } from '../../bulk.ts';
import { codeId } from '../entities/masters.ts';
import { type Freed, reverse } from './correct.ts';
import {
  type AllocationRow,
  chargePosting,
  ownersOf,
  paymentPosting,
  type Posting,
  settleWithin,
  writePostings,
} from './posting.ts';
import { linesOf, settle, storeOpen } from './settle.ts';

/** Posts new charges. */
export async function insertCharges(ctx: ApplyContext, items: readonly Item[]): Promise<void> {
  const owners = await ownersOf(
    ctx,
    items.map((item) => item.refs.account!),
  );
  const postings = items.map((item) => chargePosting(ctx, item, owners.get(item.refs.account!)!));
  await writePostings(
    ctx,
    postings,
    postings.flatMap((posting) => settleWithin(ctx, posting)),
  );
}

/** Posts new payments, allocated to the charges that they name. */
export async function insertPayments(ctx: ApplyContext, items: readonly Item[]): Promise<void> {
  const owners = await ownersOf(
    ctx,
    items.map((item) => item.refs.account!),
  );
  const postings = items.map((item) => paymentPosting(ctx, item, owners.get(item.refs.account!)!));
  await settleAndWrite(ctx, items, postings);
}

async function settleAndWrite(ctx: ApplyContext, items: readonly Item[], postings: readonly Posting[]): Promise<void> {
  const settlements = items.flatMap((item, i) =>
    item.refs.pays === undefined ? [] : [{ posting: postings[i]!, charge: item.refs.pays }],
  );
  const charges = await linesOf(
    ctx,
    settlements.map((one) => one.charge),
  );
  const { allocations, debits, credits } = settle(ctx, settlements, charges);
  await writePostings(ctx, postings, allocations);
  await storeOpen(ctx, 'debit', [...debits]);
  await storeOpen(ctx, 'credit', [...credits]);
}

/** Replaces a posted charge by a corrected one; answers the new transaction's identity. */
export async function correctCharge(ctx: ApplyContext, item: ChangedItem): Promise<number> {
  const oldId = item.id;
  const { old, freed } = await reverse(ctx, item, oldId);
  const owners = await ownersOf(ctx, [item.refs.account!]);
  const posting = chargePosting(ctx, { ...item, id: ctx.newId() }, owners.get(item.refs.account!)!, oldId);
  const within = settleWithin(ctx, posting);
  const again = posting.transaction.account_id === old.account_id ? reallocate(ctx, posting, freed) : [];
  await writePostings(ctx, [posting], [...within, ...again]);
  const theirs = new Map(freed.map((one) => [one.lineId, one.effect]));
  await storeOpen(
    ctx,
    'credit',
    [...theirs].flatMap(([id, effect]) => (effect < 0 ? [id] : [])),
  );
  await storeOpen(
    ctx,
    'debit',
    [...theirs].flatMap(([id, effect]) => (effect > 0 ? [id] : [])),
  );
  noteCorrection(ctx, item, old.amount_cents, posting);
  return posting.transaction.id;
}

/** What had paid the old charge pays the new one, as far as it goes; so with what a credit had paid. */
function reallocate(ctx: ApplyContext, posting: Posting, freed: readonly Freed[]): AllocationRow[] {
  const rows: AllocationRow[] = [];
  for (const one of freed) {
    let left = one.amountCents;
    for (const line of posting.lines) {
      const amount = Math.min(left, line.open_cents);
      if (line.effect * one.effect !== -1 || amount <= 0) continue;
      left -= amount;
      line.open_cents -= amount;
      rows.push({
        id: ctx.newId(),
        customer_id: line.customer_id,
        credit_line_id: one.effect < 0 ? one.lineId : line.id,
        debit_line_id: one.effect < 0 ? line.id : one.lineId,
        amount_cents: amount,
        allocated_on: one.allocatedOn > line.effective_on ? one.allocatedOn : line.effective_on,
      });
    }
  }
  return rows;
}

/** Replaces a posted payment by a corrected one; answers the new transaction's identity. */
export async function correctPayment(ctx: ApplyContext, item: ChangedItem): Promise<number> {
  const oldId = item.id;
  const { old } = await reverse(ctx, item, oldId);
  const owners = await ownersOf(ctx, [item.refs.account!]);
  const posting = paymentPosting(ctx, { ...item, id: ctx.newId() }, owners.get(item.refs.account!)!, oldId);
  await settleAndWrite(ctx, [item], [posting]);
  noteCorrection(ctx, item, old.amount_cents, posting);
  return posting.transaction.id;
}

function noteCorrection(ctx: ApplyContext, item: ChangedItem, before: number, { transaction }: Posting): void {
  ctx.changed({
    entity: 'ledger_transaction',
    entityId: transaction.id,
    customerId: transaction.customer_id,
    changes: {
      amount_cents: [before, transaction.amount_cents],
      corrects_id: [null, transaction.corrects_id],
      fields: [null, item.fields.join(', ')],
    },
  });
}

/** Writes meter reads. */
export async function insertReads(ctx: ApplyContext, items: readonly Item[]): Promise<void> {
  const owners = await ownersOf(
    ctx,
    items.map((item) => item.refs.account!),
  );
  await insertRows(
    ctx.db,
    'meter_read',
    items.map((item) => readRow(ctx, item, owners.get(item.refs.account!)!)),
  );
}

function readRow(ctx: ApplyContext, item: Item, owner: { id: number; customerId: number; locationId: number }) {
  const { values: v } = item.record;
  const number = (value: string | number | null | undefined): number => Number(value ?? 0);
  const orNull = (value: string | number | null | undefined): number | null => (value == null ? null : Number(value));
  return {
    id: item.id,
    customer_id: owner.customerId,
    account_id: owner.id,
    location_id: owner.locationId,
    meter_id: item.refs.meter!,
    service_type_id: codeId(ctx, 'services', v.service ?? null)!,
    rate_code_id: codeId(ctx, 'rates', v.rate ?? null),
    read_on: String(v.readOn),
    previous_on: v.previousOn == null ? null : String(v.previousOn),
    kind: (v.kind ?? 'regular') as 'regular',
    reading_milli: orNull(v.reading),
    previous_milli: orNull(v.previousReading),
    usage_milli: number(v.usage),
    billed_milli: number(v.billed ?? v.usage),
    adjusted_milli: 0,
    minimum_cents: number(v.minimum),
    charge_cents: number(v.charge),
    budget: 0 as const,
    statement_id: null,
    comment: v.comment == null ? null : String(v.comment),
  };
}

/** Changes a read in place: what was billed from it stands in the ledger, which is corrected on its own. */
export async function correctRead(ctx: ApplyContext, item: ChangedItem): Promise<number> {
  const owners = await ownersOf(ctx, [item.refs.account!]);
  const {
    id: _,
    adjusted_milli: __,
    budget: ___,
    statement_id: ____,
    ...row
  } = readRow(ctx, item, owners.get(item.refs.account!)!);
  const before = await ctx.db.selectFrom('meter_read').selectAll().where('id', '=', item.id).executeTakeFirstOrThrow();
  await ctx.db.updateTable('meter_read').set(row).where('id', '=', item.id).execute();
  const changes = Object.entries(row).filter(([column, value]) => before[column as keyof typeof before] !== value);
  ctx.changed({
    entity: 'meter_read',
    entityId: item.id,
    customerId: row.customer_id,
    changes: Object.fromEntries(
      changes.map(([column, value]) => [column, [before[column as keyof typeof before], value]]),
    ),
  });
  return item.id;
}
