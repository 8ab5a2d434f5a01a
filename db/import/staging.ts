import { hash } from 'node:crypto';
import BetterSqlite from 'better-sqlite3';
import { StagedTotals } from './staged-totals.ts';
import type { Scalar } from './values.ts';

/** Path of the native addon when the program runs from its bundle; set by the build. */
const nativeBinding = process.env.METERDESK_SQLITE_ADDON;

/** A part of a charge: a service's amount. */
export interface StagedLine {
  readonly service: string;
  readonly amountCents: number;
  readonly description: string | null;
  readonly revenueGl: string | null;
}

/** What a row says of one record. References hold the key of the other record. */
export interface Draft {
  /** Index of the record rule in the profile. */
  readonly rule: number;
  readonly key: string;
  readonly values: Record<string, Scalar>;
  readonly lines: readonly StagedLine[] | null;
}

/** A record waiting to be written. */
export interface StagedRecord {
  readonly seq: number;
  readonly key: string;
  readonly row: number;
  readonly file: string;
  readonly values: Record<string, Scalar>;
  readonly lines: readonly StagedLine[] | null;
  readonly digest: string;
  /** Identity in the database, once it is written or found. */
  readonly entityId: number | null;
}

/** Records kept in memory beside the file. */
const RECENT = 20_000;

const SCHEMA = `
  pragma journal_mode = off; pragma synchronous = off; pragma temp_store = file; pragma cache_size = -64000;
  create table record (seq integer primary key, rule integer not null, key text not null, file text not null,
    line integer not null, digest text not null, vals text not null, entity_id integer, unique (rule, key));
  create index record_rule on record (rule, seq);
  create table occurrence (rule integer not null, key text not null, n integer not null,
    primary key (rule, key)) without rowid;
  create table seen (file text not null, digest text not null, primary key (file, digest)) without rowid;
  create table joined (name text not null, key text not null, cells text not null, n integer not null,
    primary key (name, key)) without rowid;
  create table balance (account_id integer primary key, customer_id integer not null, location_id integer not null,
    delta integer not null);
`;

/** Digest of a text, 16 bytes, for comparing. */
export const digestOf = (text: string): string => hash('sha256', text, 'base64url').slice(0, 22);

/**
 * Rows of an import between reading and writing: a private file that SQLite makes without a
 * name and removes with the connection, so that a million rows need no memory, nothing is
 * left behind, and what was checked is exactly what is written.
 */
export class Staging {
  readonly #file = new BetterSqlite('', { nativeBinding });
  readonly #statements = new Map<string, BetterSqlite.Statement<unknown[]>>();
  /** Values of records met lately, so that a customer's hundredth bill does not read them again. */
  readonly #recent = new Map<string, Record<string, Scalar>>();
  readonly #ids = new Map<string, number>();
  readonly totals: StagedTotals;

  constructor() {
    this.#file.exec(SCHEMA);
    this.totals = new StagedTotals(this.#file);
    this.#file.exec('begin');
  }

  #run(sql: string): BetterSqlite.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#file.prepare(sql)));
    return statement;
  }

  /** How often this key has come so far, this time included. */
  occurrence(rule: number, key: string): number {
    const row = this.#run(
      'insert into occurrence values (?, ?, 1) on conflict do update set n = n + 1 returning n',
    ).get(rule, key) as { n: number };
    return row.n;
  }

  /** Whether this whole row of the file is new. */
  isFirst(file: string, digest: string): boolean {
    return this.#run('insert or ignore into seen values (?, ?)').run(file, digest).changes === 1;
  }

  has(rule: number, key: string): boolean {
    return this.#run('select 1 from record where rule = ? and key = ?').get(rule, key) !== undefined;
  }

  /** The values that a record has so far. */
  values(rule: number, key: string): Record<string, Scalar> | null {
    const recent = this.#recent.get(`${rule} ${key}`);
    if (recent) return recent;
    const row = this.#run('select vals from record where rule = ? and key = ?').get(rule, key) as
      | { vals: string }
      | undefined;
    return row ? (JSON.parse(row.vals) as { values: Record<string, Scalar> }).values : null;
  }

  put(draft: Draft, digest: string, at: { file: string; row: number }): void {
    const vals = JSON.stringify({ values: draft.values, lines: draft.lines });
    this.#run(
      `insert into record (rule, key, file, line, digest, vals) values (?, ?, ?, ?, ?, ?)
       on conflict (rule, key) do update set digest = excluded.digest, vals = excluded.vals`,
    ).run(draft.rule, draft.key, at.file, at.row, digest, vals);
  }

  /** Keeps a record's values at hand for the next row that tells of it. */
  remember(draft: Draft): void {
    if (this.#recent.size >= RECENT) this.#recent.clear();
    this.#recent.set(`${draft.rule} ${draft.key}`, draft.values);
  }

  count(): number {
    return (this.#run('select count(*) as n from record').get() as { n: number }).n;
  }

  /** Records of a rule in the order of the file, after `seq`. */
  page(rule: number, after: number, limit: number): StagedRecord[] {
    const rows = this.#run(
      `select seq, key, file, line as row, digest, vals, entity_id as entityId from record
       where rule = ? and seq > ? order by seq limit ?`,
    ).all(rule, after, limit) as (Omit<StagedRecord, 'values' | 'lines'> & { vals: string })[];
    return rows.map(({ vals, ...row }) => ({
      ...row,
      ...(JSON.parse(vals) as Pick<StagedRecord, 'values' | 'lines'>),
    }));
  }

  setId({ seq, key }: StagedRecord, rule: number, id: number): void {
    this.#run('update record set entity_id = ? where seq = ?').run(id, seq);
    if (this.#ids.size >= RECENT) this.#ids.clear();
    this.#ids.set(`${rule} ${key}`, id);
  }

  /** Identity of a record that was written, or found, earlier in this run. */
  idOf(rule: number, key: string): number | null {
    const name = `${rule} ${key}`;
    const recent = this.#ids.get(name);
    if (recent !== undefined) return recent;
    const row = this.#run('select entity_id as id from record where rule = ? and key = ?').get(rule, key) as
      | { id: number | null }
      | undefined;
    return row?.id ?? null;
  }

  /** Keeps a row of a file that others join; the first, or the last, of a key. */
  keepJoined(name: string, key: string, cells: readonly string[], last: boolean): void {
    const then = last ? 'cells = excluded.cells, n = n + 1' : 'n = n + 1';
    this.#run(`insert into joined values (?, ?, ?, 1) on conflict do update set ${then}`).run(
      name,
      key,
      JSON.stringify(cells),
    );
  }

  joined(name: string, key: string): { cells: readonly string[]; n: number } | null {
    const row = this.#run('select cells, n from joined where name = ? and key = ?').get(name, key) as
      | { cells: string; n: number }
      | undefined;
    return row ? { cells: JSON.parse(row.cells) as string[], n: row.n } : null;
  }

  /** Records a change of an account's balance. */
  addBalance(account: { id: number; customerId: number; locationId: number }, delta: number): void {
    this.#run('insert into balance values (?, ?, ?, ?) on conflict do update set delta = delta + excluded.delta').run(
      account.id,
      account.customerId,
      account.locationId,
      delta,
    );
  }

  balances(after: number, limit: number): { id: number; customerId: number; locationId: number; delta: number }[] {
    return this.#run(
      `select account_id as id, customer_id as customerId, location_id as locationId, delta from balance
       where account_id > ? order by account_id limit ?`,
    ).all(after, limit) as ReturnType<Staging['balances']>;
  }

  /** Forgets what a transaction that was rolled back had written, before it is tried again. */
  restart(): void {
    this.#ids.clear();
    this.#file.exec('update record set entity_id = null; delete from balance');
    this.totals.restart();
  }

  close(): void {
    this.#file.close();
  }
}
