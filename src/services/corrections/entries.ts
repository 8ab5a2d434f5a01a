import { idList } from '#db/bulk-add.ts';
import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { assertOpenBatch } from '../batches/find.ts';
import { Failure } from '../failure.ts';
import type { AccountRef } from '../ledger/rows.ts';
import type { CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';

/** A transaction as corrections look at it. */
export interface Entry {
  readonly id: number;
  readonly account: AccountRef;
  readonly accountNumber: string;
  readonly kind: Schema['ledger_transaction']['kind'];
  readonly status: 'unposted' | 'posted';
  readonly number: string | null;
  readonly effectiveOn: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly amountCents: Cents;
  readonly method: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
  readonly memo: string | null;
  readonly statementId: number | null;
  readonly correctsId: number | null;
  readonly reversesId: number | null;
  readonly paymentId: number | null;
  readonly tenderId: number | null;
  readonly counterpartId: number | null;
  readonly batchId: number | null;
  readonly version: number;
}

/** One of its lines. */
export interface EntryLine {
  readonly id: number;
  readonly transactionId: number;
  readonly accountId: number;
  readonly customerId: number;
  readonly serviceTypeId: number | null;
  readonly description: string | null;
  readonly code: string | null;
  readonly quantityMilli: number | null;
  readonly unit: string | null;
  readonly baseLineId: number | null;
  readonly shareMillionths: number | null;
  readonly correctsLineId: number | null;
  readonly debitGl: string;
  readonly creditGl: string;
  readonly amountCents: Cents;
  readonly effect: number;
  readonly openCents: Cents;
  readonly effectiveOn: CivilDate;
  readonly dueOn: CivilDate | null;
}

const transactions = (db: Db) =>
  db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select([
      't.id',
      't.account_id as accountId',
      't.customer_id as customerId',
      'a.number as accountNumber',
      't.kind',
      't.status',
      't.number',
      't.effective_on as effectiveOn',
      't.due_on as dueOn',
      't.amount_cents as amountCents',
      't.method',
      't.reference',
      't.reason',
      't.memo',
      't.statement_id as statementId',
      't.corrects_id as correctsId',
      't.reverses_id as reversesId',
      't.payment_id as paymentId',
      't.tender_id as tenderId',
      't.counterpart_id as counterpartId',
      't.batch_id as batchId',
      't.version',
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof transactions>['execute']>>[number];

const entryOfRow = ({ accountId, customerId, ...row }: Row): Entry => ({
  ...row,
  account: { id: accountId, customerId },
});

/** A transaction that may be changed by this actor. @throws Failure `not_found` */
export async function entryById(ctx: CommandContext, id: number): Promise<Entry> {
  const row = await transactions(ctx.db).where('t.id', '=', id).executeTakeFirst();
  if (!row) throw new Failure('not_found', 'There is no such transaction.');
  await assertChangeable(ctx, { accountId: row.accountId });
  return entryOfRow(row);
}

/** Those whose column is one of these ids, in the order of their own ids. */
export async function entriesBy(
  db: Db,
  column: 'id' | 'payment_id' | 'reverses_id' | 'corrects_id' | 'batch_id',
  ids: readonly number[],
): Promise<Entry[]> {
  if (ids.length === 0) return [];
  const rows = await transactions(db).where(`t.${column}`, 'in', idList(db, ids)).orderBy('t.id').execute();
  return rows.map(entryOfRow);
}

/** Lines by the column named, in the order of their ids. */
export async function linesBy(db: Db, column: 'id' | 'transaction_id', ids: readonly number[]): Promise<EntryLine[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom('ledger_line as l')
    .select([
      'l.id',
      'l.transaction_id as transactionId',
      'l.account_id as accountId',
      'l.customer_id as customerId',
      'l.service_type_id as serviceTypeId',
      'l.description',
      'l.code',
      'l.quantity_milli as quantityMilli',
      'l.unit',
      'l.base_line_id as baseLineId',
      'l.share_millionths as shareMillionths',
      'l.corrects_line_id as correctsLineId',
      'l.debit_gl as debitGl',
      'l.credit_gl as creditGl',
      'l.amount_cents as amountCents',
      'l.effect',
      'l.open_cents as openCents',
      'l.effective_on as effectiveOn',
      'l.due_on as dueOn',
    ])
    .where(`l.${column}`, 'in', idList(db, ids))
    .orderBy('l.id')
    .execute();
}

/**
 * Asks that a transaction can still be changed: not posted, in a batch that takes changes, and as it was read.
 * @throws Failure `refused`, `conflict`
 */
export async function assertWaiting(ctx: CommandContext, entry: Entry, read: number): Promise<void> {
  if (entry.status === 'posted') throw new Failure('refused', 'This is posted already: correct or reverse it instead.');
  if (entry.version !== read) {
    throw new Failure('conflict', 'Somebody else has changed this meanwhile. Nothing was saved.');
  }
  if (entry.batchId !== null) await assertOpenBatch(ctx, entry.batchId);
}

/** Asks that something is posted. @throws Failure `refused` */
export function assertPosted({ status }: Entry): void {
  if (status !== 'posted') throw new Failure('refused', 'This is not posted yet: change or delete it instead.');
}
