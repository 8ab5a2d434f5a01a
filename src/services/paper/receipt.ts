import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import { sees } from '../sight.ts';
import type { ReceiptData } from './data.ts';
import { type PaperedTransaction, transactionOf } from './transaction.ts';
import { accountHead, type Making } from './who.ts';

/**
 * The receipt of a payment: what was given, and what became of it on each account. Older payments,
 * which have no record of their own, are one transaction with one tender.
 */
export async function receiptData(making: Making, accountId: number, transactionId: number): Promise<ReceiptData> {
  const { db } = making;
  const transaction = await transactionOf(db, accountId, transactionId);
  if (transaction.kind !== 'payment') throw new Failure('refused', 'A receipt is for a payment.');
  const { head } = await accountHead(making, accountId);
  const parts = await partsOf(making, transaction);
  const payment = transaction.paymentId === null ? null : await paymentOf(db, transaction.paymentId);
  return {
    ...head,
    number: payment?.number ?? transaction.number ?? '',
    paidOn: payment?.paidOn ?? transaction.effectiveOn,
    takenBy: payment?.createdBy ?? transaction.createdBy,
    tenders: payment?.tenders ?? [tenderOf({ ...transaction, amountCents: -transaction.amountCents })],
    parts: parts.map(({ account, name, amountCents, afterCents }) => ({ account, name, amountCents, afterCents })),
    totalCents: payment?.totalCents ?? -transaction.amountCents,
    memo: payment?.memo ?? transaction.memo ?? '',
    unposted: parts.some(({ status }) => status === 'unposted'),
    undone: parts.some(({ undone }) => undone > 0),
  };
}

interface TenderRow {
  readonly method: string | null;
  readonly methodName: string | null;
  readonly reference: string | null;
  readonly amountCents: number;
}

const tenderOf = ({ method, methodName, reference, amountCents }: TenderRow) => ({
  method: methodName ?? method ?? '',
  reference: reference ?? '',
  amountCents,
});

async function paymentOf(db: Db, paymentId: number) {
  const payment = await db
    .selectFrom('payment')
    .select(['number', 'paid_on as paidOn', 'total_cents as totalCents', 'memo', 'created_by as createdBy'])
    .where('id', '=', paymentId)
    .executeTakeFirstOrThrow();
  const tenders = await db
    .selectFrom('tender as x')
    .leftJoin('code_value as m', (on) => on.on('m.table_name', '=', 'payment_method').onRef('m.code', '=', 'x.method'))
    .select(['x.method', 'm.name as methodName', 'x.reference', 'x.amount_cents as amountCents'])
    .where('x.payment_id', '=', paymentId)
    .orderBy('x.id')
    .execute();
  return { ...payment, tenders: tenders.map(tenderOf) };
}

/** What each account got, with its balance after: as posted, or as it will be. */
async function partsOf({ db, sight }: Making, { id, paymentId }: PaperedTransaction) {
  const rows = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .innerJoin('customer as c', 'c.id', 't.customer_id')
    .leftJoin('account_balance as b', 'b.account_id', 't.account_id')
    .select(['t.id', 't.account_id as accountId', 'a.number as account', 'c.display_name as name', 't.status'])
    .select(['t.amount_cents as amountCents', 'b.balance_cents as balanceCents', 'b.unposted_cents as unpostedCents'])
    .select(['c.public', 'c.customer_group as customerGroup'])
    .select((eb) => [
      eb
        .selectFrom('ledger_transaction as x')
        .select((x) => x.fn.coalesce(x.fn.sum<number>('x.amount_cents'), x.lit(0)).as('cents'))
        .whereRef('x.account_id', '=', 't.account_id')
        .where('x.status', '=', 'posted')
        .where((x) =>
          x.or([
            x('x.effective_on', '>', x.ref('t.effective_on')),
            x.and([x('x.effective_on', '=', x.ref('t.effective_on')), x('x.id', '>', x.ref('t.id'))]),
          ]),
        )
        .as('laterCents'),
      eb
        .selectFrom('ledger_transaction as r')
        .select((x) => x.fn.countAll<number>().as('n'))
        .whereRef('r.reverses_id', '=', 't.id')
        .as('undone'),
    ])
    .$if(paymentId !== null, (q) => q.where('t.payment_id', '=', paymentId))
    .$if(paymentId === null, (q) => q.where('t.id', '=', id))
    .orderBy('t.id')
    .execute();
  const parts = new Map<number, Part>();
  for (const row of rows) {
    const known = parts.get(row.accountId);
    // Of an account that its reader may not know of, the receipt tells the amount and no more.
    const shown = sees(sight, row);
    const after =
      row.status === 'posted' ? row.balanceCents! - Number(row.laterCents) : row.balanceCents! + row.unpostedCents!;
    parts.set(row.accountId, {
      account: shown ? row.account : 'another account',
      name: shown ? row.name : '',
      amountCents: (known?.amountCents ?? 0) - row.amountCents,
      afterCents: shown ? after : null,
      status: row.status,
      undone: Number(row.undone) + (known?.undone ?? 0),
    });
  }
  return [...parts.values()];
}

interface Part {
  readonly account: string;
  readonly name: string;
  readonly amountCents: number;
  readonly afterCents: number | null;
  readonly status: string;
  readonly undone: number;
}
