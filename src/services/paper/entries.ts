import type { TransactionKind } from '#db/entities/ledger.ts';
import type { Db } from '#db/schema.ts';
import { ageingAsOf } from '#domain/ageing.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { KIND_LABELS, KINDS_OF_VIEW } from '../history/kinds.ts';
import type { Entry, PaperAgeing } from './data.ts';

/** A posted transaction of an account, as papers tell of it. */
export interface PaperTransaction {
  readonly id: number;
  readonly kind: TransactionKind;
  readonly number: string | null;
  readonly effectiveOn: CivilDate;
  readonly dueOn: CivilDate | null;
  readonly amountCents: number;
  readonly methodName: string | null;
  readonly reference: string | null;
  readonly memo: string | null;
  readonly statementId: number | null;
}

/** Posted transactions of an account, the oldest first; of those days only. */
export const postedTransactions = (
  db: Db,
  accountId: number,
  { after, until }: { readonly after?: CivilDate | undefined; readonly until?: CivilDate | undefined },
): Promise<PaperTransaction[]> =>
  db
    .selectFrom('ledger_transaction as t')
    .leftJoin('code_value as m', (on) => on.on('m.table_name', '=', 'payment_method').onRef('m.code', '=', 't.method'))
    .select(['t.id', 't.kind', 't.number', 't.effective_on as effectiveOn', 't.due_on as dueOn'])
    .select(['t.amount_cents as amountCents', 'm.name as methodName', 't.reference', 't.memo'])
    .select('t.statement_id as statementId')
    .where('t.account_id', '=', accountId)
    .where('t.status', '=', 'posted')
    .$if(after !== undefined, (q) => q.where('t.effective_on', '>', after!))
    .$if(until !== undefined, (q) => q.where('t.effective_on', '<=', until!))
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .execute();

/** `Payment R1042, Check 588`: what a customer is told of it. */
export function described({ kind, number, methodName, reference, memo }: PaperTransaction): string {
  const by = [methodName, kind === 'payment' ? reference : null].filter(Boolean).join(' ');
  return [number === null ? KIND_LABELS[kind] : `${KIND_LABELS[kind]} ${number}`, by, memo].filter(Boolean).join(', ');
}

export const entryOf = (row: PaperTransaction): Entry => ({
  on: row.effectiveOn,
  description: described(row),
  amountCents: row.amountCents,
});

/** Where a statement tells of it; what takes something back stands with it. */
export function sectionOf({
  kind,
  amountCents,
}: Pick<PaperTransaction, 'kind' | 'amountCents'>): 'charges' | 'payments' | 'adjustments' {
  if (kind === 'reversal') return amountCents < 0 ? 'charges' : 'payments';
  if (KINDS_OF_VIEW.charges.includes(kind)) return 'charges';
  return KINDS_OF_VIEW.payments.includes(kind) ? 'payments' : 'adjustments';
}

/** What is open of an account by days past due, as of a day: by the allocations that there were by then. */
export async function ageingOf(db: Db, accountId: number, asOf: CivilDate): Promise<PaperAgeing> {
  const posted = db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .where('l.account_id', '=', accountId)
    .where('t.status', '=', 'posted')
    .where('l.effect', '<>', 0);
  const lines = await posted
    .select(['l.id', 'l.amount_cents as amountCents', 'l.effect'])
    .select(['l.effective_on as effectiveOn', 'l.due_on as dueOn'])
    .execute();
  // A credit may have paid a line of another account, and the other way round: either end counts.
  const allocations = await db
    .selectFrom('allocation as al')
    .select(['al.credit_line_id as creditLineId', 'al.debit_line_id as debitLineId'])
    .select(['al.amount_cents as amountCents', 'al.allocated_on as allocatedOn'])
    .where((eb) =>
      eb.or([
        eb('al.credit_line_id', 'in', posted.select('l.id').$castTo<{ id: number }>()),
        eb('al.debit_line_id', 'in', posted.select('l.id').$castTo<{ id: number }>()),
      ]),
    )
    .execute();
  const { current, days30, days60, days90, older, credit } = ageingAsOf(lines, allocations, asOf);
  return {
    currentCents: current.cents,
    days30Cents: days30.cents,
    days60Cents: days60.cents,
    days90Cents: days90.cents,
    olderCents: older.cents,
    creditCents: credit,
  };
}
