import type { SelectQueryBuilder } from 'kysely';
import type { CivilDate } from '#domain/civil-date.ts';
import { invoiceAmount, ofInvoice } from './of-invoice.ts';
import { KINDS_OF_VIEW } from './kinds.ts';
import type { Ledger, LedgerBuilder } from './ledger.ts';
import type { HistoryQuestion } from './scope.ts';

/** A place in a history, newest first: everything older comes after it. */
export interface Place {
  readonly effectiveOn: CivilDate;
  readonly id: number;
}

/** Rows older than a place. The plain bound on the date lets the index begin there. */
export const olderThan = (place: Place) => (eb: LedgerBuilder) =>
  eb.and([
    eb('t.effective_on', '<=', place.effectiveOn),
    eb.or([eb('t.effective_on', '<', place.effectiveOn), eb('t.id', '<', place.id)]),
  ]);

/** Rows down to a place, that one included. */
export const downTo = (place: Place) => (eb: LedgerBuilder) =>
  eb.and([
    eb('t.effective_on', '>=', place.effectiveOn),
    eb.or([eb('t.effective_on', '>', place.effectiveOn), eb('t.id', '>=', place.id)]),
  ]);

/** Effect on the service's debt of a transaction's own lines for it. */
const directed = (eb: LedgerBuilder, serviceTypeId: number) =>
  eb
    .selectFrom('ledger_line as l')
    .select((l) => l.fn.sum<number>(l('l.amount_cents', '*', l.ref('l.effect'))).as('cents'))
    .whereRef('l.transaction_id', '=', 't.id')
    .where('l.service_type_id', '=', serviceTypeId);

/** What a transaction's money that was meant for no service in particular has paid of this one. */
const undirected = (eb: LedgerBuilder, serviceTypeId: number, asOf: CivilDate | undefined) =>
  eb
    .selectFrom('ledger_line as c')
    .innerJoin('allocation as al', 'al.credit_line_id', 'c.id')
    .innerJoin('ledger_line as d', 'd.id', 'al.debit_line_id')
    .select((l) => l.fn.sum<number>('al.amount_cents').as('cents'))
    .whereRef('c.transaction_id', '=', 't.id')
    .where('c.service_type_id', 'is', null)
    .where('d.service_type_id', '=', serviceTypeId)
    .$if(asOf !== undefined, (q) => q.where('al.allocated_on', '<=', asOf!));

/** Cents by which a transaction changed the debt that the question is about. */
export const amountOf =
  ({ view, serviceTypeId, invoiceId, asOf }: HistoryQuestion) =>
  (eb: LedgerBuilder) =>
    view === 'service'
      ? eb(
          eb.fn.coalesce(directed(eb, serviceTypeId!), eb.lit(0)),
          '-',
          eb.fn.coalesce(undirected(eb, serviceTypeId!, asOf), eb.lit(0)),
        )
      : view === 'invoice'
        ? invoiceAmount(eb, invoiceId!, asOf)
        : eb.ref('t.amount_cents');

/** Rows that belong to the question's view. */
export const inView = (question: HistoryQuestion) => (eb: LedgerBuilder) => {
  const { view, serviceTypeId, statementId, invoiceId, asOf } = question;
  switch (view) {
    case 'all':
      return eb.and([]);
    case 'unposted':
      return eb('t.status', '=', 'unposted');
    case 'adjustments':
      return eb('t.kind', 'in', KINDS_OF_VIEW.adjustments);
    case 'charges':
    case 'payments':
      return eb.or([
        eb('t.kind', 'in', KINDS_OF_VIEW[view]),
        eb.and([eb('t.kind', '=', 'reversal'), eb('t.amount_cents', view === 'charges' ? '<' : '>', 0)]),
      ]);
    case 'service':
      return eb.or([eb.exists(directedRows(eb, serviceTypeId!)), eb(undirected(eb, serviceTypeId!, asOf), '<>', 0)]);
    case 'statement':
      return eb('t.statement_id', '=', statementId!);
    case 'invoice':
      return ofInvoice(eb, invoiceId!, asOf);
  }
};

const directedRows = (eb: LedgerBuilder, serviceTypeId: number) =>
  eb
    .selectFrom('ledger_line as l')
    .select('l.id')
    .whereRef('l.transaction_id', '=', 't.id')
    .where('l.service_type_id', '=', serviceTypeId);

/** Columns of a row, with the account's number and the payment method's name. */
export function historyColumns<O>(query: SelectQueryBuilder<Ledger, 't', O>, question: HistoryQuestion) {
  return query
    .innerJoin('account as a', 'a.id', 't.account_id')
    .leftJoin('code_value as m', (on) => on.on('m.table_name', '=', 'payment_method').onRef('m.code', '=', 't.method'))
    .leftJoin('ledger_transaction as k', (on) =>
      on.on((eb) => eb('k.id', '=', eb.fn.coalesce('t.reverses_id', 't.corrects_id'))),
    )
    .select('k.number as corrects')
    .select([
      't.id',
      't.account_id as accountId',
      'a.number as accountNumber',
      't.effective_on as effectiveOn',
      't.due_on as dueOn',
      't.kind',
      't.status',
      't.number',
      't.method',
      'm.name as methodName',
      'm.attributes as methodAttributes',
      't.reference',
      't.memo',
      't.statement_id as statementId',
      't.reverses_id as reversesId',
      't.created_by as createdBy',
    ])
    .select((eb) => [
      amountOf(question)(eb as unknown as LedgerBuilder).as('amountCents'),
      takenBack(eb as unknown as LedgerBuilder).as('takenBack'),
    ]);
}

/** 1 where it was reversed or returned as a whole; its tender alone, where it is one of several. */
const takenBack = (eb: LedgerBuilder) =>
  eb
    .case()
    .when(
      eb.exists(
        eb
          .selectFrom('ledger_transaction as r')
          .select('r.id')
          .whereRef('r.reverses_id', '=', 't.id')
          .where('r.kind', 'in', ['nsf', 'reversal']),
      ),
    )
    .then(eb.lit(1))
    .else(eb.lit(0))
    .end();
