import { z } from 'zod';
import type { TransactionKind } from '#db/entities/ledger.ts';
import { type CoreMethod, coreMethod } from '#domain/payment-core.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { type LinkedTransaction, linksOf } from './links.ts';
import { reasonNameOf } from './reason.ts';

/** One posting of a transaction. */
export interface DetailLine {
  readonly id: number;
  readonly serviceCode: string | null;
  readonly serviceName: string | null;
  readonly description: string | null;
  readonly debitGl: string;
  readonly debitName: string | null;
  readonly creditGl: string;
  readonly creditName: string | null;
  readonly amountCents: number;
  /** +1 raises what is owed, −1 lowers it, 0 leaves it. */
  readonly effect: number;
  readonly openCents: number;
  readonly dueOn: string | null;
}

/** Money of one transaction that paid another. */
export interface DetailAllocation {
  readonly id: number;
  /** `paid`: this one's money paid the other; `paid by`: the other's paid this one. */
  readonly direction: 'paid' | 'paid by';
  readonly allocatedOn: string;
  readonly amountCents: number;
  readonly serviceCode: string | null;
  readonly transactionId: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly kind: TransactionKind;
  readonly number: string | null;
  readonly effectiveOn: string;
}

/** Everything about one transaction. */
export interface HistoryDetails {
  readonly id: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly kind: TransactionKind;
  readonly status: 'unposted' | 'posted';
  readonly number: string | null;
  readonly effectiveOn: string;
  readonly dueOn: string | null;
  readonly amountCents: number;
  readonly methodName: string | null;
  /** What the method is at the core, where that is known. */
  readonly core: CoreMethod | null;
  readonly reference: string | null;
  readonly reason: string | null;
  /** The reason in words, where its code table has it. */
  readonly reasonName: string | null;
  readonly memo: string | null;
  readonly createdAt: number;
  readonly createdBy: string;
  readonly statement: { readonly number: string; readonly billedOn: string; readonly dueOn: string } | null;
  readonly lines: readonly DetailLine[];
  readonly allocations: readonly DetailAllocation[];
  readonly links: readonly LinkedTransaction[];
}

export const historyDetails = query({
  name: 'history.details',
  summary: 'One transaction with its lines, what paid it or what it paid, and what it reverses or corrects',
  permission: 'history.read',
  input: z.object({ transactionId: z.number().int().positive() }),
  run: async (ctx, { transactionId }): Promise<HistoryDetails> => {
    const { customerId, reversesId, correctsId, counterpartId, ...rest } = await header(ctx, transactionId);
    const { statementId, statementNumber, billedOn, statementDueOn, method, methodAttributes, ...head } = rest;
    await assertVisible(ctx, { customerId });
    const lines = await detailLines(ctx, transactionId);
    const allocations = [
      ...(await allocationsOf(ctx, transactionId, 'paid')),
      ...(await allocationsOf(ctx, transactionId, 'paid by')),
    ];
    return {
      ...head,
      core: coreMethod(method, methodAttributes),
      reasonName: await reasonNameOf(ctx.db, head),
      statement:
        statementId === null ? null : { number: statementNumber!, billedOn: billedOn!, dueOn: statementDueOn! },
      lines,
      allocations,
      links: await linksOf(ctx, { id: transactionId, customerId, reversesId, correctsId, counterpartId }),
    };
  },
});

async function header({ db }: QueryContext, id: number) {
  const row = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .innerJoin('customer as c', 'c.id', 't.customer_id')
    .leftJoin('statement as s', 's.id', 't.statement_id')
    .leftJoin('code_value as m', (on) => on.on('m.table_name', '=', 'payment_method').onRef('m.code', '=', 't.method'))
    .select([
      't.id',
      't.account_id as accountId',
      't.customer_id as customerId',
      'a.number as accountNumber',
      'c.display_name as customerName',
      't.kind',
      't.status',
      't.number',
      't.effective_on as effectiveOn',
      't.due_on as dueOn',
      't.amount_cents as amountCents',
      't.method',
      'm.name as methodName',
      'm.attributes as methodAttributes',
      't.reference',
      't.reason',
      't.memo',
      't.created_at as createdAt',
      't.created_by as createdBy',
      's.id as statementId',
      's.number as statementNumber',
      's.billed_on as billedOn',
      's.due_on as statementDueOn',
      't.reverses_id as reversesId',
      't.corrects_id as correctsId',
      't.counterpart_id as counterpartId',
    ])
    .where('t.id', '=', id)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  return row;
}

function detailLines({ db }: QueryContext, transactionId: number): Promise<DetailLine[]> {
  return db
    .selectFrom('ledger_line as l')
    .leftJoin('service_type as s', 's.id', 'l.service_type_id')
    .leftJoin('gl_account as dr', 'dr.code', 'l.debit_gl')
    .leftJoin('gl_account as cr', 'cr.code', 'l.credit_gl')
    .select([
      'l.id',
      's.code as serviceCode',
      's.name as serviceName',
      'l.description',
      'l.debit_gl as debitGl',
      'dr.name as debitName',
      'l.credit_gl as creditGl',
      'cr.name as creditName',
      'l.amount_cents as amountCents',
      'l.effect',
      'l.open_cents as openCents',
      'l.due_on as dueOn',
    ])
    .where('l.transaction_id', '=', transactionId)
    .orderBy('s.payoff_rank', (o) => o.asc().nullsLast())
    .orderBy('l.id')
    .execute();
}

async function allocationsOf(
  { db }: QueryContext,
  transactionId: number,
  direction: DetailAllocation['direction'],
): Promise<DetailAllocation[]> {
  const [mine, theirs] =
    direction === 'paid'
      ? (['al.credit_line_id', 'al.debit_line_id'] as const)
      : (['al.debit_line_id', 'al.credit_line_id'] as const);
  const rows = await db
    .selectFrom('ledger_line as mine')
    .innerJoin('allocation as al', (on) => on.onRef(mine, '=', 'mine.id'))
    .innerJoin('ledger_line as debit', 'debit.id', 'al.debit_line_id')
    .innerJoin('ledger_line as other', (on) => on.onRef('other.id', '=', theirs))
    .innerJoin('ledger_transaction as t', 't.id', 'other.transaction_id')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .leftJoin('service_type as s', 's.id', 'debit.service_type_id')
    .select([
      'al.id',
      'al.allocated_on as allocatedOn',
      'al.amount_cents as amountCents',
      's.code as serviceCode',
      't.id as transactionId',
      't.account_id as accountId',
      'a.number as accountNumber',
      't.kind',
      't.number',
      't.effective_on as effectiveOn',
    ])
    .where('mine.transaction_id', '=', transactionId)
    .orderBy('al.allocated_on')
    .orderBy('al.id')
    .execute();
  return rows.map((row) => ({ ...row, direction }));
}
