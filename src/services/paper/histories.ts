import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { HistoryData, HistoryEntry } from './data.ts';
import { ageingOf, described, type PaperTransaction, postedTransactions } from './entries.ts';
import { chargeLines } from './statement.ts';
import { accountHead, type Making } from './who.ts';

/** Transactions whose lines are asked for at once. */
const AT_ONCE = 500;

/** Days of a history on paper; without the first from its beginning, without the last to its end. */
export interface Span {
  readonly from?: CivilDate | undefined;
  readonly to?: CivilDate | undefined;
  /** With the lines of each transaction. */
  readonly detail: boolean;
}

/** The history of an account's debt over some days, with the balances at both ends and the ageing at the later. */
export async function historyData(making: Making, accountId: number, span: Span): Promise<HistoryData> {
  const { db } = making;
  const { head } = await accountHead(making, accountId);
  const { from } = span;
  const all = await postedTransactions(db, accountId, { until: span.to });
  const to = span.to ?? latest(making.today, all.at(-1)?.effectiveOn);
  const later = span.to === undefined ? [] : await postedTransactions(db, accountId, { after: to });
  const rows = from === undefined ? all : all.filter(({ effectiveOn }) => effectiveOn >= from);
  const closing = head.account.balanceCents - sum(later);
  const opening = closing - sum(rows);
  return {
    ...head,
    fromOn: from ?? '',
    toOn: to,
    openingCents: opening,
    rows: await entriesOf(making, rows, opening, span.detail),
    chargesCents: sum(rows.filter(({ amountCents }) => amountCents > 0)),
    creditsCents: -sum(rows.filter(({ amountCents }) => amountCents < 0)) || 0,
    closingCents: closing,
    ageing: await ageingOf(db, accountId, to),
  };
}

/** What is dated ahead belongs to the whole history. */
const latest = (today: CivilDate, last: CivilDate | undefined): CivilDate =>
  last !== undefined && last > today ? last : today;

const sum = (rows: readonly PaperTransaction[]): number => rows.reduce((total, row) => total + row.amountCents, 0);

async function entriesOf(
  { db }: Making,
  rows: readonly PaperTransaction[],
  opening: number,
  detail: boolean,
): Promise<HistoryEntry[]> {
  const parts = detail ? await partsOf(db, rows) : new Map<number, HistoryEntry[]>();
  let balance = opening;
  return rows.flatMap((row) => {
    balance += row.amountCents;
    const entry: HistoryEntry = {
      on: row.effectiveOn,
      description: described(row),
      dueOn: row.dueOn ?? '',
      chargeCents: row.amountCents >= 0 ? row.amountCents : null,
      creditCents: row.amountCents < 0 ? -row.amountCents : null,
      balanceCents: balance,
      detail: false,
    };
    return [entry, ...(parts.get(row.id) ?? [])];
  });
}

async function partsOf(db: Db, rows: readonly PaperTransaction[]): Promise<Map<number, HistoryEntry[]>> {
  const lines: Line[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    lines.push(
      ...(await chargeLines(
        db,
        rows.slice(at, at + AT_ONCE).map(({ id }) => id),
      )),
    );
  }
  // Money of one line that says nothing has its amount in the row above already.
  return new Map(
    [...Map.groupBy(lines, (line) => line.transactionId)].map(([id, own]) => {
      const parts = own.map(partOf);
      return [id, parts.length === 1 && parts[0]!.description === '' ? [] : parts];
    }),
  );
}

type Line = Awaited<ReturnType<typeof chargeLines>>[number];

const partOf = ({ service, description, amountCents, effect }: Line): HistoryEntry => ({
  on: '',
  description: [...new Set([service, description].filter(Boolean))].join(', '),
  dueOn: '',
  chargeCents: effect > 0 ? amountCents : null,
  creditCents: effect < 0 ? amountCents : null,
  balanceCents: null,
  detail: true,
});
