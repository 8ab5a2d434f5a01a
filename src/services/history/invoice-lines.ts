import type { Cents } from '#domain/money.ts';
import type { QueryContext } from '../operation.ts';

/** A line of an invoice with the taxes on it. */
export interface InvoiceLine {
  readonly lineId: number;
  readonly serviceCode: string | null;
  readonly serviceName: string | null;
  readonly chargeCode: string | null;
  readonly description: string | null;
  /** Thousandths of the unit. */
  readonly quantityMilli: number | null;
  readonly unit: string | null;
  readonly rateCode: string | null;
  /** What a unit came to, thousandths of a cent; null without a quantity. */
  readonly unitMilliCents: number | null;
  /** Credits are negative. */
  readonly amountCents: Cents;
  readonly taxCents: Cents;
}

interface Row {
  readonly id: number;
  readonly serviceId: number | null;
  readonly base: number | null;
  readonly creditKind: string | null;
  readonly effect: number;
  readonly cents: Cents;
  readonly open: Cents;
}

/**
 * The lines of an invoice; a tax (a share of another line that is owed on to somebody: its
 * other side is a liability) stands beside the line that it is a share of.
 */
export async function invoiceLines(
  ctx: QueryContext,
  transactionId: number,
  statementId: number | null,
): Promise<{ lines: InvoiceLine[]; openCents: Cents }> {
  const rows = await rowsOf(ctx, transactionId);
  const rates = await ratesOf(ctx, transactionId, statementId);
  const own = new Set(rows.map(({ id }) => id));
  const isTax = ({ base, creditKind }: Row): boolean => base !== null && own.has(base) && creditKind === 'liability';
  const taxes = new Map<number, Cents>();
  for (const row of rows.filter(isTax)) {
    taxes.set(row.base!, (taxes.get(row.base!) ?? 0) + row.effect * row.cents);
  }
  return {
    openCents: rows.reduce((total, { effect, open }) => total + effect * open, 0),
    lines: rows
      .filter((row) => !isTax(row))
      .map(({ id, serviceId, effect, cents, ...row }) => ({
        lineId: id,
        serviceCode: row.serviceCode,
        serviceName: row.serviceName,
        chargeCode: row.chargeCode,
        description: row.description,
        quantityMilli: row.quantityMilli,
        unit: row.unit,
        rateCode: serviceId === null ? null : (rates.get(serviceId) ?? null),
        unitMilliCents: row.quantityMilli ? Math.round((cents * 1_000_000) / row.quantityMilli) : null,
        amountCents: effect * cents || 0,
        taxCents: taxes.get(id) ?? 0,
      })),
  };
}

function rowsOf({ db }: QueryContext, transactionId: number) {
  return db
    .selectFrom('ledger_line as l')
    .leftJoin('service_type as s', 's.id', 'l.service_type_id')
    .leftJoin('gl_account as cr', 'cr.code', 'l.credit_gl')
    .select(['l.id', 'l.service_type_id as serviceId', 's.code as serviceCode', 's.name as serviceName'])
    .select(['l.code as chargeCode', 'l.description', 'l.quantity_milli as quantityMilli', 'l.unit'])
    .select(['l.base_line_id as base', 'cr.kind as creditKind', 'l.effect'])
    .select(['l.amount_cents as cents', 'l.open_cents as open'])
    .where('l.transaction_id', '=', transactionId)
    .orderBy('s.payoff_rank', (o) => o.asc().nullsLast())
    .orderBy('l.id')
    .execute();
}

/** Rate codes by service: of the reads that were billed, else of the services that the account takes. */
async function ratesOf(
  { db }: QueryContext,
  transactionId: number,
  statementId: number | null,
): Promise<Map<number, string>> {
  const taken = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('account_service as x', 'x.account_id', 't.account_id')
    .innerJoin('rate_code as r', 'r.id', 'x.rate_code_id')
    .select(['x.service_type_id as service', 'r.code'])
    .where('t.id', '=', transactionId)
    .orderBy('x.started_on')
    .execute();
  const read = await db
    .selectFrom('ledger_transaction as t')
    .innerJoin('meter_read as x', 'x.account_id', 't.account_id')
    .innerJoin('rate_code as r', 'r.id', 'x.rate_code_id')
    .select(['x.service_type_id as service', 'r.code'])
    .where('t.id', '=', transactionId)
    .where('x.statement_id', '=', statementId ?? -1)
    .execute();
  return new Map([...taken, ...read].map(({ service, code }) => [service, code]));
}
