import type { Db } from '#db/schema.ts';
import { addMonths, type CivilDate } from '#domain/civil-date.ts';
import { makeScanLine } from '#domain/scan-line.ts';
import type { ChargeEntry, Entry, StatementData } from './data.ts';
import { ageingOf, entryOf, type PaperTransaction, postedTransactions, sectionOf } from './entries.ts';
import { billedReads } from './reads.ts';
import { statementNotes } from './statement-notes.ts';
import { accountHead, type Making } from './who.ts';

/** How far back an account is told of that was never billed, months. */
const UNBILLED_MONTHS = 2;

/** The newest statement of an account and the one before it. */
export const lastStatements = (db: Db, accountId: number) =>
  db
    .selectFrom('statement')
    .select(['id', 'number', 'billed_on as billedOn', 'due_on as dueOn'])
    .where('account_id', '=', accountId)
    .orderBy('billed_on', 'desc')
    .orderBy('id', 'desc')
    .limit(2)
    .execute();

const sum = (rows: readonly { readonly amountCents: number }[]): number =>
  rows.reduce((total, row) => total + row.amountCents, 0);

/**
 * The full current statement: from the balance after the statement before, by everything posted
 * since, to what is owed now. Every amount is the ledger's own, so that it always adds up.
 */
export async function statementData(making: Making, accountId: number): Promise<StatementData> {
  const { db, today } = making;
  const { head, options, account } = await accountHead(making, accountId);
  const [current, before] = await lastStatements(db, accountId);
  const billedOn = current?.billedOn ?? today;
  const after = before?.billedOn ?? (current ? undefined : addMonths(today, -UNBILLED_MONTHS));
  const all = await postedTransactions(db, accountId, { after });
  const { balanceCents } = head.account;
  const rows = Map.groupBy(all, (row) => placeOf(row, current?.id ?? null, billedOn));
  const [payments, adjustments, charges, since] = (['payments', 'adjustments', 'charges', 'since'] as const).map(
    (name) => rows.get(name) ?? [],
  ) as [PaperTransaction[], PaperTransaction[], PaperTransaction[], PaperTransaction[]];
  const ageing = await ageingOf(db, accountId, today);
  const dueCents = Math.max(0, balanceCents);
  return {
    ...head,
    number: current?.number ?? '',
    billedOn,
    dueOn: current?.dueOn ?? null,
    previousCents: balanceCents - sum(all),
    payments: payments.map(entryOf),
    paymentsTotalCents: sum(payments),
    adjustments: adjustments.map(entryOf),
    adjustmentsTotalCents: sum(adjustments),
    reads: await billedReads(db, current?.id ?? null),
    charges: await chargesOf(db, charges, current?.id ?? null),
    chargesTotalCents: sum(charges),
    billedCents: balanceCents - sum(since),
    since: since.map(entryOf) satisfies Entry[],
    sinceTotalCents: sum(since),
    dueCents,
    creditCents: Math.max(0, -balanceCents),
    pastDueCents: ageing.days30Cents + ageing.days60Cents + ageing.days90Cents + ageing.olderCents,
    ageing,
    scanLine:
      makeScanLine({ accountNumber: head.account.number, amountCents: dueCents, dueOn: current?.dueOn ?? null }) ?? '',
    message: options.statementMessage,
    notes: await statementNotes(db, account, today),
  };
}

/** What belongs to the statement by its link is a charge of it, whatever its kind. */
function placeOf(row: PaperTransaction, statementId: number | null, billedOn: CivilDate) {
  if (statementId !== null && row.statementId === statementId) return 'charges';
  return row.effectiveOn > billedOn ? 'since' : sectionOf(row);
}

/** Charges line by line, those of one service and text as one, with what was used. */
async function chargesOf(
  db: Db,
  transactions: readonly PaperTransaction[],
  statementId: number | null,
): Promise<ChargeEntry[]> {
  if (transactions.length === 0) return [];
  const all = await chargeLines(
    db,
    transactions.map(({ id }) => id),
  );
  // What is billed by what was used comes first; fees and deferred charges between bills follow.
  const billed = new Set(
    transactions.filter((row) => row.kind === 'charge' && row.statementId === statementId).map(({ id }) => id),
  );
  const isBilled = ({ transactionId }: { readonly transactionId: number }): boolean => billed.has(transactionId);
  const lines = [...all.filter(isBilled), ...all.filter((line) => !isBilled(line))];
  const usage = statementId === null ? new Map<number, number>() : await usageOf(db, statementId);
  const told = new Set<number>();
  const entries = new Map<string, ChargeEntry>();
  for (const line of lines) {
    const key = JSON.stringify([line.serviceTypeId, line.description]);
    const known = entries.get(key);
    const metered =
      line.serviceTypeId !== null && isBilled(line) && !told.has(line.serviceTypeId)
        ? usage.get(line.serviceTypeId)
        : undefined;
    if (line.serviceTypeId !== null) told.add(line.serviceTypeId);
    entries.set(key, {
      service: line.service ?? '',
      description: line.description ?? line.service ?? 'Charge',
      usageMilli: known ? known.usageMilli : (metered ?? line.quantityMilli),
      unit: known ? known.unit : ((metered === undefined ? line.unit : line.serviceUnit) ?? ''),
      amountCents: (known?.amountCents ?? 0) + line.amountCents * line.effect,
    });
  }
  return [...entries.values()];
}

/** Lines of transactions that touch what is owed, in payoff order. */
export const chargeLines = (db: Db, transactionIds: readonly number[]) =>
  db
    .selectFrom('ledger_line as l')
    .leftJoin('service_type as s', 's.id', 'l.service_type_id')
    .select(['l.id', 'l.transaction_id as transactionId'])
    .select(['l.service_type_id as serviceTypeId', 's.name as service', 's.unit as serviceUnit'])
    .select(['l.description', 'l.quantity_milli as quantityMilli', 'l.unit', 'l.effect'])
    .select(['l.amount_cents as amountCents', 'l.open_cents as openCents'])
    .where('l.transaction_id', 'in', transactionIds)
    .where('l.effect', '<>', 0)
    .orderBy('s.payoff_rank', (o) => o.asc().nullsLast())
    .orderBy('l.transaction_id')
    .orderBy('l.id')
    .execute();

/** What was billed for by a statement's readings, by service; thousandths of its unit. */
async function usageOf(db: Db, statementId: number): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('meter_read as r')
    .select((eb) => [
      'r.service_type_id as serviceTypeId',
      eb.fn.sum<number>(eb('r.billed_milli', '+', eb.ref('r.adjusted_milli'))).as('milli'),
    ])
    .where('r.statement_id', '=', statementId)
    .groupBy('r.service_type_id')
    .execute();
  return new Map(rows.map(({ serviceTypeId, milli }) => [serviceTypeId, Number(milli)]));
}
