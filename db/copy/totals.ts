import { createHash } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../schema.ts';
import type { CopiedTable } from './tables.ts';

export type Row = Readonly<Record<string, string | number | null>>;

/** What the rows of a table come to, the same on both engines when they hold the same. */
export interface TableTotals {
  readonly table: string;
  readonly rows: number;
  /** Sum of every column in cents. */
  readonly cents: bigint;
  /** SHA-256 over the rows in the order of their key, columns by name. */
  readonly digest: string;
}

const PAGE = 5_000;

/** The rows of a table in the order of its key, a page at a time. */
export async function* pagesOf(db: Db, { name, key }: CopiedTable): AsyncGenerator<Row[]> {
  let after: string | number | null = null;
  for (;;) {
    const beyond: RawBuilder<unknown> = after === null ? sql`` : sql`where ${sql.ref(key)} > ${after}`;
    const { rows }: { rows: Row[] } = await sql<Row>`
      select * from ${sql.table(name)} ${beyond} order by ${sql.ref(key)} limit ${sql.lit(PAGE)}`.execute(db);
    if (rows.length > 0) yield rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)![key]!;
  }
}

/** Adds up the rows of one table. */
export class Adder {
  readonly #hash = createHash('sha256');
  readonly #table: string;
  #columns: readonly string[] | null = null;
  #money: readonly string[] = [];
  #rows = 0;
  #cents = 0n;

  constructor(table: string) {
    this.#table = table;
  }

  add(rows: readonly Row[]): void {
    if (rows.length === 0) return;
    this.#columns ??= Object.keys(rows[0]!).sort();
    this.#money = this.#columns.filter((column) => column.endsWith('_cents'));
    for (const row of rows) {
      this.#hash.update(`${JSON.stringify(this.#columns.map((column) => [column, row[column]]))}\n`);
      for (const column of this.#money) this.#cents += BigInt(row[column] ?? 0);
    }
    this.#rows += rows.length;
  }

  get totals(): TableTotals {
    return { table: this.#table, rows: this.#rows, cents: this.#cents, digest: this.#hash.copy().digest('hex') };
  }
}

/** Reads a whole table and adds it up. */
export async function tableTotals(db: Db, table: CopiedTable): Promise<TableTotals> {
  const adder = new Adder(table.name);
  for await (const rows of pagesOf(db, table)) adder.add(rows);
  return adder.totals;
}

/** The figures by which people know a set of books. */
export interface BookTotals {
  /** Effect of all posted lines on what customers owe. */
  readonly ledgerCents: number;
  /** Sum of the stored balances. */
  readonly balanceCents: number;
  /** Place and hash of the newest audit entry; null when there is none. */
  readonly auditHead: { readonly seq: number; readonly hash: string } | null;
}

/** Asked of the database itself, apart from the rows that were copied. */
export async function bookTotals(db: Db): Promise<BookTotals> {
  const { rows: ledger } = await sql<{ cents: number }>`
    select coalesce(sum(l.effect * l.amount_cents), 0) as cents
    from ledger_line l join ledger_transaction t on t.id = l.transaction_id where t.status = 'posted'`.execute(db);
  const { rows: balances } = await sql<{ cents: number }>`
    select coalesce(sum(balance_cents), 0) as cents from account_balance`.execute(db);
  const head = await db
    .selectFrom('audit_entry')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { ledgerCents: ledger[0]!.cents, balanceCents: balances[0]!.cents, auditHead: head ?? null };
}
