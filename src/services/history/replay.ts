import type { TransactionKind } from '#db/entities/ledger.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { QueryContext } from '../operation.ts';
import { ledger } from './ledger.ts';
import { inScope, type Scope } from './scope.ts';

/** What a transaction is called by. */
export interface NamedTransaction {
  readonly id: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly kind: TransactionKind;
  readonly number: string | null;
  readonly effectiveOn: CivilDate;
}

/** A transaction as an explanation speaks of it. */
export interface ReplayTransaction extends NamedTransaction {
  readonly status: 'unposted' | 'posted';
  readonly amountCents: Cents;
  readonly statementId: number | null;
  readonly reference: string | null;
  readonly memo: string | null;
}

/** A line that touches what is owed. */
export interface ReplayLine {
  readonly id: number;
  readonly transactionId: number;
  readonly serviceTypeId: number | null;
  readonly description: string | null;
  readonly amountCents: Cents;
  readonly effect: number;
  readonly dueOn: CivilDate | null;
}

/** One end of an allocation. */
export interface ReplayEnd {
  readonly lineId: number;
  readonly serviceTypeId: number | null;
  readonly transaction: NamedTransaction;
}

export interface ReplayAllocation {
  readonly id: number;
  readonly amountCents: Cents;
  readonly allocatedOn: CivilDate;
  readonly credit: ReplayEnd;
  readonly debit: ReplayEnd;
}

/** Everything from which the balance of a scope follows, the oldest first. */
export interface Replay {
  readonly transactions: readonly ReplayTransaction[];
  readonly lines: readonly ReplayLine[];
  /** Those with at least one end within the scope. */
  readonly allocations: readonly ReplayAllocation[];
}

/**
 * The ledger of a scope as it stood at the end of a day; without one, all that is entered. An
 * allocation counts from the day on which both of its lines have taken effect.
 */
export async function readReplay(ctx: QueryContext, scope: Scope, asOf: CivilDate | undefined): Promise<Replay> {
  const transactions = await ledger(ctx.db, scope, asOf)
    .innerJoin('account as a', 'a.id', 't.account_id')
    .select(['t.id', 't.account_id as accountId', 'a.number as accountNumber', 't.kind', 't.status', 't.number'])
    .select(['t.effective_on as effectiveOn', 't.amount_cents as amountCents', 't.statement_id as statementId'])
    .select(['t.reference', 't.memo'])
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .execute();
  const lines = await ledger(ctx.db, scope, asOf)
    .innerJoin('ledger_line as l', 'l.transaction_id', 't.id')
    .select(['l.id', 'l.transaction_id as transactionId', 'l.service_type_id as serviceTypeId', 'l.description'])
    .select(['l.amount_cents as amountCents', 'l.effect', 'l.due_on as dueOn'])
    .where('l.effect', '<>', 0)
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .orderBy('l.id')
    .execute();
  const used = await allocations(ctx, scope, asOf, 'credit');
  // Allocations stay within a customer: money from outside comes to single accounts only.
  const got = 'customerId' in scope ? [] : await allocations(ctx, scope, asOf, 'debit');
  return { transactions, lines, allocations: [...used, ...got] };
}

/** Allocations whose credit is in the scope; with `debit`, those whose debit alone is. */
async function allocations(
  { db }: QueryContext,
  scope: Scope,
  asOf: CivilDate | undefined,
  side: 'credit' | 'debit',
): Promise<ReplayAllocation[]> {
  const rows = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('ledger_line as mine', 'mine.transaction_id', 't.id')
    .innerJoin('allocation as x', `x.${side}_line_id`, 'mine.id')
    .innerJoin('ledger_line as c', 'c.id', 'x.credit_line_id')
    .innerJoin('ledger_line as d', 'd.id', 'x.debit_line_id')
    .innerJoin('ledger_transaction as ct', 'ct.id', 'c.transaction_id')
    .innerJoin('ledger_transaction as dt', 'dt.id', 'd.transaction_id')
    .innerJoin('account as ca', 'ca.id', 'ct.account_id')
    .innerJoin('account as da', 'da.id', 'dt.account_id')
    .select(['x.id', 'x.amount_cents as amountCents', 'x.allocated_on as allocatedOn'])
    .select(['c.id as creditLine', 'c.service_type_id as creditService', 'ct.id as creditId', 'ct.kind as creditKind'])
    .select(['ct.number as creditNumber', 'ct.effective_on as creditOn', 'ca.id as creditAccount'])
    .select(['d.id as debitLine', 'd.service_type_id as debitService', 'dt.id as debitId', 'dt.kind as debitKind'])
    .select(['dt.number as debitNumber', 'dt.effective_on as debitOn', 'da.id as debitAccount'])
    .select(['ca.number as creditAccountNumber', 'da.number as debitAccountNumber'])
    .where(inScope(scope))
    .$if(side === 'debit' && 'accountIds' in scope, (q) =>
      q.where('c.account_id', 'not in', [-1, ...(scope as { accountIds: readonly number[] }).accountIds]),
    )
    .$if(asOf !== undefined, (q) =>
      q
        .where('x.allocated_on', '<=', asOf!)
        .where('ct.effective_on', '<=', asOf!)
        .where('dt.effective_on', '<=', asOf!),
    )
    .orderBy('x.allocated_on')
    .orderBy('x.id')
    .execute();
  return rows.map((r) => ({
    id: r.id,
    amountCents: r.amountCents,
    allocatedOn: r.allocatedOn,
    credit: {
      lineId: r.creditLine,
      serviceTypeId: r.creditService,
      transaction: {
        id: r.creditId,
        accountId: r.creditAccount,
        accountNumber: r.creditAccountNumber,
        kind: r.creditKind,
        number: r.creditNumber,
        effectiveOn: r.creditOn,
      },
    },
    debit: {
      lineId: r.debitLine,
      serviceTypeId: r.debitService,
      transaction: {
        id: r.debitId,
        accountId: r.debitAccount,
        accountNumber: r.debitAccountNumber,
        kind: r.debitKind,
        number: r.debitNumber,
        effectiveOn: r.debitOn,
      },
    },
  }));
}
