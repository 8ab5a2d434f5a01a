import type { CivilDate } from '#domain/civil-date.ts';
import type { LedgerBuilder } from './ledger.ts';

/*
 * An invoice is a charge with what corrects or reverses it. What is owed on it are the debits of
 * these transactions less what credits, their own or any others, have paid of those debits.
 */

/** The charge itself, its corrections and reversals. */
const family = (eb: LedgerBuilder, invoiceId: number) =>
  eb.or([eb('t.id', '=', invoiceId), eb('t.corrects_id', '=', invoiceId), eb('t.reverses_id', '=', invoiceId)]);

/** Lines of the family that are owed. */
const debits = (eb: LedgerBuilder, invoiceId: number) =>
  eb
    .selectFrom('ledger_line as d')
    .innerJoin('ledger_transaction as i', 'i.id', 'd.transaction_id')
    .select('d.id')
    .where('d.effect', '=', 1)
    .where((on) =>
      on.or([on('i.id', '=', invoiceId), on('i.corrects_id', '=', invoiceId), on('i.reverses_id', '=', invoiceId)]),
    );

/** What was allocated to them, and not only taken back, by a day. */
const allocated = (eb: LedgerBuilder, invoiceId: number, asOf: CivilDate | undefined) =>
  eb
    .selectFrom('allocation as al')
    .innerJoin('ledger_line as c', 'c.id', 'al.credit_line_id')
    .where('al.debit_line_id', 'in', debits(eb, invoiceId))
    .$if(asOf !== undefined, (q) => q.where('al.allocated_on', '<=', asOf!));

/** Transactions that belong to an invoice, or paid it at some time. */
export const ofInvoice = (eb: LedgerBuilder, invoiceId: number, asOf: CivilDate | undefined) =>
  eb.or([family(eb, invoiceId), eb('t.id', 'in', allocated(eb, invoiceId, asOf).select('c.transaction_id'))]);

/** Cents by which a transaction changed what is owed on an invoice. */
export const invoiceAmount = (eb: LedgerBuilder, invoiceId: number, asOf: CivilDate | undefined) => {
  const own = eb
    .selectFrom('ledger_line as o')
    .select((line) => line.fn.sum<number>('o.amount_cents').as('cents'))
    .whereRef('o.transaction_id', '=', 't.id')
    .where('o.effect', '=', 1);
  const paid = allocated(eb, invoiceId, asOf)
    .select((line) => line.fn.sum<number>('al.amount_cents').as('cents'))
    .whereRef('c.transaction_id', '=', 't.id');
  // Not posted yet: nothing is paid with it, so its own amount says what it will be.
  const unposted = eb.and([eb('t.status', '=', 'unposted'), family(eb, invoiceId)]);
  return eb
    .case()
    .when(unposted)
    .then(eb.ref('t.amount_cents'))
    .when(family(eb, invoiceId))
    .then(eb(eb.fn.coalesce(own, eb.lit(0)), '-', eb.fn.coalesce(paid, eb.lit(0))))
    .else(eb.neg(eb.fn.coalesce(paid, eb.lit(0))))
    .end();
};
