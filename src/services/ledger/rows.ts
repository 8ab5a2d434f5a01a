import { insertRows } from '#db/bulk.ts';
import type { Schema } from '#db/schema.ts';
import type { TransactionKind } from '#db/entities/ledger.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { Insertable } from 'kysely';
import type { CommandContext } from '../operation.ts';

/** What the engine needs of a command. */
export type LedgerContext = Pick<CommandContext, 'db' | 'newId' | 'now' | 'today' | 'actor'>;

/** Whose account it is. */
export interface AccountRef {
  readonly id: number;
  readonly customerId: number;
}

/** A line to be entered. */
export interface NewLine {
  /** An id made beforehand, where lines point to one another. */
  readonly id?: number;
  readonly serviceTypeId?: number | null;
  readonly description?: string | null;
  readonly code?: string | null;
  readonly quantityMilli?: number | null;
  readonly unit?: string | null;
  readonly baseLineId?: number | null;
  readonly shareMillionths?: number | null;
  readonly correctsLineId?: number | null;
  readonly debitGl: string;
  readonly creditGl: string;
  /** Zero or more. */
  readonly amountCents: Cents;
  /** +1 raises what is owed, −1 lowers it, 0 does not touch it. */
  readonly effect: 1 | -1 | 0;
  /** The transaction's, unless the line keeps a due date of its own (a debt that moves or comes back). */
  readonly dueOn?: CivilDate | null;
}

/** A transaction to be entered; its amount is the sum of its lines. */
export interface NewTransaction {
  readonly account: AccountRef;
  readonly kind: TransactionKind;
  readonly effectiveOn: CivilDate;
  readonly dueOn?: CivilDate | null;
  readonly number?: string | null;
  readonly method?: string | null;
  readonly reference?: string | null;
  readonly reason?: string | null;
  readonly memo?: string | null;
  readonly statementId?: number | null;
  readonly reversesId?: number | null;
  readonly correctsId?: number | null;
  readonly paymentId?: number | null;
  readonly tenderId?: number | null;
  readonly batchId?: number | null;
  readonly depositId?: number | null;
  readonly counterpartId?: number | null;
  /** An id made beforehand, where transactions point to one another. */
  readonly id?: number;
  readonly lines: readonly NewLine[];
}

/** What was entered. */
export interface Entered {
  readonly id: number;
  readonly amountCents: Cents;
  /** Ids of its lines, in the order given. */
  readonly lineIds: readonly number[];
}

export type TransactionRow = Insertable<Schema['ledger_transaction']>;
export type LineRow = Insertable<Schema['ledger_line']>;

const sumOf = (lines: readonly NewLine[]): Cents => {
  const sum = lines.reduce((total, { amountCents, effect }) => total + amountCents * effect, 0);
  return sum === 0 ? 0 : sum;
};

/** The rows of a transaction that is not posted yet. */
export function rowsOf(ctx: LedgerContext, entry: NewTransaction): { transaction: TransactionRow; lines: LineRow[] } {
  const id = entry.id ?? ctx.newId();
  const transaction: TransactionRow = {
    id,
    account_id: entry.account.id,
    customer_id: entry.account.customerId,
    kind: entry.kind,
    status: 'unposted',
    number: entry.number ?? null,
    effective_on: entry.effectiveOn,
    due_on: entry.dueOn ?? null,
    amount_cents: sumOf(entry.lines),
    method: entry.method ?? null,
    reference: entry.reference ?? null,
    reason: entry.reason ?? null,
    memo: entry.memo ?? null,
    statement_id: entry.statementId ?? null,
    reverses_id: entry.reversesId ?? null,
    corrects_id: entry.correctsId ?? null,
    payment_id: entry.paymentId ?? null,
    tender_id: entry.tenderId ?? null,
    batch_id: entry.batchId ?? null,
    deposit_id: entry.depositId ?? null,
    counterpart_id: entry.counterpartId ?? null,
    posted_on: null,
    created_at: ctx.now,
    created_by: ctx.actor.username,
    version: 1,
  };
  return { transaction, lines: entry.lines.map((line) => lineRow(ctx, transaction, line)) };
}

const lineRow = (ctx: LedgerContext, transaction: TransactionRow, line: NewLine): LineRow => ({
  id: line.id ?? ctx.newId(),
  transaction_id: transaction.id,
  customer_id: transaction.customer_id,
  account_id: transaction.account_id,
  service_type_id: line.serviceTypeId ?? null,
  description: line.description ?? null,
  code: line.code ?? null,
  quantity_milli: line.quantityMilli ?? null,
  unit: line.unit ?? null,
  base_line_id: line.baseLineId ?? null,
  share_millionths: line.shareMillionths ?? null,
  corrects_line_id: line.correctsLineId ?? null,
  debit_gl: line.debitGl,
  credit_gl: line.creditGl,
  amount_cents: line.amountCents,
  effect: line.effect,
  open_cents: line.effect === 0 ? 0 : line.amountCents,
  effective_on: transaction.effective_on,
  due_on: line.dueOn === undefined ? (transaction.due_on ?? null) : line.dueOn,
});

/** Writes rows of transactions with their lines. */
export async function writeRows(
  { db }: LedgerContext,
  rows: readonly { readonly transaction: TransactionRow; readonly lines: readonly LineRow[] }[],
): Promise<void> {
  await insertRows(
    db,
    'ledger_transaction',
    rows.map(({ transaction }) => transaction),
  );
  await insertRows(
    db,
    'ledger_line',
    rows.flatMap(({ lines }) => lines),
  );
}
