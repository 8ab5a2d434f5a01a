import { z } from 'zod';
import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { type InvoiceLine, invoiceLines } from './invoice-lines.ts';
import { isInvoice } from './kinds.ts';

/** A register as it was read for an invoice; quantities in thousandths of the unit. */
export interface InvoiceRead {
  readonly meterNumber: string;
  readonly unit: string;
  readonly serviceCode: string;
  readonly serviceName: string;
  readonly kind: Schema['meter_read']['kind'];
  readonly readOn: CivilDate;
  readonly previousOn: CivilDate | null;
  readonly readingMilli: number | null;
  readonly previousMilli: number | null;
  readonly billedMilli: number;
  /** Added to what was used, or taken off. */
  readonly adjustedMilli: number;
}

/** What an invoice says: previous − payments + other charges + current = total due. */
export interface InvoiceDetails {
  readonly transactionId: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly customerName: string;
  readonly number: string | null;
  readonly invoicedOn: CivilDate;
  readonly dueOn: CivilDate | null;
  /** From the reads before to those that are billed; null where nothing was read. */
  readonly period: { readonly from: CivilDate; readonly to: CivilDate } | null;
  readonly reads: readonly InvoiceRead[];
  readonly previousCents: Cents;
  readonly paymentsCents: Cents;
  /** Charged since the invoice before, on no invoice of its own kind. */
  readonly otherCents: Cents;
  readonly currentCents: Cents;
  readonly totalCents: Cents;
  /** Of this invoice's own lines, as it stands now. */
  readonly openCents: Cents;
  readonly lines: readonly InvoiceLine[];
}

export const invoiceDetails = query({
  name: 'history.invoice',
  summary: 'An invoice: what it says at its head, what was read, and its lines with quantity, rate and tax',
  permission: 'history.read',
  input: z.object({ transactionId: z.number().int().positive() }),
  checksSubject: true,
  viewed: (_, { accountId }: InvoiceDetails) => ({ accountId }),
  run: async (ctx, { transactionId }): Promise<InvoiceDetails> => {
    const { customerId, kind, statementId, amountCents, ...head } = await headOf(ctx, transactionId);
    await assertVisible(ctx, { customerId });
    if (!isInvoice(kind)) throw new Failure('refused', 'This transaction is not an invoice.');
    const reads = statementId === null ? [] : await readsOf(ctx.db, statementId);
    const from = reads.map(({ previousOn }) => previousOn).filter((on) => on !== null);
    const to = reads.map(({ readOn }) => readOn);
    const { lines, openCents } = await invoiceLines(ctx, transactionId, statementId);
    const place = { transactionId, statementId, accountId: head.accountId, invoicedOn: head.invoicedOn, amountCents };
    return {
      transactionId,
      ...head,
      period: from.length === 0 ? null : { from: from.toSorted()[0]!, to: to.toSorted().at(-1)! },
      reads,
      ...(await sumsOf(ctx, place)),
      openCents,
      lines,
    };
  },
});

async function headOf({ db }: QueryContext, transactionId: number) {
  const row = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account as a', 'a.id', 't.account_id')
    .innerJoin('customer as c', 'c.id', 't.customer_id')
    .select(['t.account_id as accountId', 't.customer_id as customerId', 'a.number as accountNumber', 't.kind'])
    .select(['c.display_name as customerName', 't.number', 't.effective_on as invoicedOn', 't.due_on as dueOn'])
    .select(['t.statement_id as statementId', 't.amount_cents as amountCents'])
    .where('t.id', '=', transactionId)
    .executeTakeFirst();
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  return row;
}

/** What was read for a bill, in the order in which services are paid. */
export function readsOf(db: Db, statementId: number): Promise<InvoiceRead[]> {
  return db
    .selectFrom('statement as b')
    .innerJoin('meter_read as r', (on) =>
      on.onRef('r.account_id', '=', 'b.account_id').onRef('r.statement_id', '=', 'b.id'),
    )
    .innerJoin('meter as m', 'm.id', 'r.meter_id')
    .innerJoin('service_type as s', 's.id', 'r.service_type_id')
    .select(['m.number as meterNumber', 'm.unit', 's.code as serviceCode', 's.name as serviceName'])
    .select(['r.kind', 'r.read_on as readOn'])
    .select(['r.previous_on as previousOn', 'r.reading_milli as readingMilli', 'r.previous_milli as previousMilli'])
    .select(['r.billed_milli as billedMilli', 'r.adjusted_milli as adjustedMilli'])
    .where('b.id', '=', statementId)
    .orderBy('s.payoff_rank')
    .orderBy('r.read_on')
    .orderBy('r.id')
    .execute();
}

type Sums = Pick<InvoiceDetails, 'previousCents' | 'paymentsCents' | 'otherCents' | 'currentCents' | 'totalCents'>;

interface PlaceOfInvoice {
  readonly transactionId: number;
  readonly statementId: number | null;
  readonly accountId: number;
  readonly invoicedOn: CivilDate;
  readonly amountCents: Cents;
}

/** As the bill said; without a bill, as the ledger stood since the charge before. */
async function sumsOf(ctx: QueryContext, place: PlaceOfInvoice): Promise<Sums> {
  const { statementId, amountCents } = place;
  const bill =
    statementId === null
      ? undefined
      : await ctx.db.selectFrom('statement').selectAll().where('id', '=', statementId).executeTakeFirst();
  const { previous, payments, charges } = bill
    ? { previous: bill.previous_cents, payments: bill.payments_cents, charges: bill.charges_cents - amountCents }
    : await sinceLastCharge(ctx, place);
  return {
    previousCents: previous,
    paymentsCents: payments,
    otherCents: charges,
    currentCents: amountCents,
    totalCents: previous - payments + charges + amountCents,
  };
}

async function sinceLastCharge({ db }: QueryContext, { transactionId, accountId, invoicedOn }: PlaceOfInvoice) {
  const earlier = await db
    .selectFrom('ledger_transaction as t')
    .select(['t.kind', 't.amount_cents as cents'])
    .where('t.account_id', '=', accountId)
    .where('t.status', '=', 'posted')
    .where('t.effective_on', '<=', invoicedOn)
    .where((eb) => eb.or([eb('t.effective_on', '<', invoicedOn), eb('t.id', '<', transactionId)]))
    .orderBy('t.effective_on')
    .orderBy('t.id')
    .execute();
  const since = earlier.findLastIndex(({ kind }) => kind === 'charge') + 1;
  const sum = (rows: readonly { readonly cents: Cents }[]): Cents => rows.reduce((total, row) => total + row.cents, 0);
  const later = earlier.slice(since);
  return {
    previous: sum(earlier.slice(0, since)),
    payments: -sum(later.filter(({ cents }) => cents < 0)) || 0,
    charges: sum(later.filter(({ cents }) => cents > 0)),
  };
}
