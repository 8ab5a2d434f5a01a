import type { Db } from '#db/schema.ts';
import type { Cents } from '#domain/money.ts';
import { tiesOf } from '../ledger/release.ts';
import { entriesBy, type Entry, type EntryLine, linesBy } from './entries.ts';

/** A credit line that holds money of a payment now, be it where it was taken or where it was moved to. */
export interface Held {
  readonly line: EntryLine;
  readonly entry: Entry;
  /** What of the line was not moved on. */
  readonly cents: Cents;
}

/** Where money is, and the debit lines by which it came there. */
export interface Trail {
  readonly held: readonly Held[];
  readonly moves: ReadonlySet<number>;
}

/** Debits that carry money elsewhere: to another account, or to another sort of credit. */
const MOVES: ReadonlySet<Entry['kind']> = new Set(['transfer_out', 'credit_apply']);

/**
 * Where the money of posted payments is now: follows transfers to other accounts and conversions of
 * credit, however many, so that a returned item is taken back where its money went.
 */
export async function moneyTrail(db: Db, entries: readonly Entry[]): Promise<Trail> {
  const held: Held[] = [];
  const moves = new Set<number>();
  let credits = await creditsOf(db, entries);
  while (credits.length > 0) {
    const ties = await tiesOf(
      { db },
      'credit',
      credits.map(({ line }) => line.id),
    );
    const movers = await moversOf(
      db,
      ties.map(({ debitLineId }) => debitLineId),
    );
    for (const debitLine of movers.keys()) moves.add(debitLine);
    for (const { line, entry } of credits) {
      const moved = ties
        .filter(({ creditLineId, debitLineId }) => creditLineId === line.id && movers.has(debitLineId))
        .reduce((sum, { cents }) => sum + cents, 0);
      held.push({ line, entry, cents: line.amountCents - moved });
    }
    credits = await arrivals(db, [...movers.values()]);
  }
  return { held, moves };
}

async function creditsOf(db: Db, entries: readonly Entry[]): Promise<Omit<Held, 'cents'>[]> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const lines = await linesBy(db, 'transaction_id', [...byId.keys()]);
  return lines.filter(({ effect }) => effect < 0).map((line) => ({ line, entry: byId.get(line.transactionId)! }));
}

/** Of debit lines those that move money on, each with its transaction. */
async function moversOf(
  db: Db,
  debitLines: readonly number[],
): Promise<Map<number, { readonly line: EntryLine; readonly entry: Entry }>> {
  const lines = await linesBy(db, 'id', [...new Set(debitLines)]);
  const entries = await entriesBy(db, 'id', [...new Set(lines.map(({ transactionId }) => transactionId))]);
  const moving = new Map(entries.filter(({ kind }) => MOVES.has(kind)).map((entry) => [entry.id, entry]));
  return new Map(
    lines.flatMap((line) => {
      const entry = moving.get(line.transactionId);
      return entry ? [[line.id, { line, entry }] as const] : [];
    }),
  );
}

/** A credit line of a transaction, by what it says that it comes from. */
const place = (transactionId: number, source: number | null): string => `${transactionId} ${source ?? ''}`;

/**
 * The credit lines that arrived by these debits. On the other account they name the debit that they
 * came by; a conversion's name the credit that was converted, as its debit does.
 */
async function arrivals(
  db: Db,
  movers: readonly { readonly line: EntryLine; readonly entry: Entry }[],
): Promise<Omit<Held, 'cents'>[]> {
  const wanted = new Set(
    movers.map(({ line, entry }) =>
      entry.counterpartId === null ? place(entry.id, line.correctsLineId) : place(entry.counterpartId, line.id),
    ),
  );
  const targets = await entriesBy(db, 'id', [...new Set(movers.map(({ entry }) => entry.counterpartId ?? entry.id))]);
  const credits = await creditsOf(db, targets);
  return credits.filter(({ line }) => wanted.has(place(line.transactionId, line.correctsLineId)));
}
