import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';

/** A transaction of an account, as receipts and invoices begin with it. @throws Failure `not_found` */
export async function transactionOf(db: Db, accountId: number, transactionId: number) {
  const row = await db
    .selectFrom('ledger_transaction as t')
    .leftJoin('statement as s', 's.id', 't.statement_id')
    .leftJoin('code_value as m', (on) => on.on('m.table_name', '=', 'payment_method').onRef('m.code', '=', 't.method'))
    .select(['t.id', 't.kind', 't.status', 't.number', 't.effective_on as effectiveOn', 't.due_on as dueOn'])
    .select(['t.amount_cents as amountCents', 't.method', 'm.name as methodName', 't.reference', 't.memo'])
    .select([
      't.payment_id as paymentId',
      't.created_by as createdBy',
      't.statement_id as statementId',
      's.number as statementNumber',
    ])
    .where('t.id', '=', transactionId)
    .where('t.account_id', '=', accountId)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'There is no such transaction on this account.');
  return row;
}

export type PaperedTransaction = Awaited<ReturnType<typeof transactionOf>>;
