import { hash } from 'node:crypto';
import BetterSqlite from 'better-sqlite3';
import { type TotalKey, TotalSums } from './total-sums.ts';
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
  create table total (name text not null, dimension text not null, label text not null,
    source_n integer not null default 0, source_sum integer not null default 0,
    ledger_n integer not null default 0, ledger_sum integer not null default 0,
    primary key (name, dimension, label)) without rowid;
  create table label (record_rule integer not null, record_key text not null, name text not null,
    labels text not null, primary key (record_rule, record_key, name)) without rowid;
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
  readonly #sums = new TotalSums((side, sums) => this.#addTotals(side, sums));

  constructor() {
    this.#file.exec(SCHEMA);
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
    if (draft.lines !== null) return;
    if (this.#recent.size >= RECENT) this.#recent.clear();
    this.#recent.set(`${draft.rule} ${draft.key}`, draft.values);
  }

  count(rule: number): number {
    return (this.#run('select count(*) as n from record where rule = ?').get(rule) as { n: number }).n;
  }

  /** Records of a rule in the order of the file, after `seq`. */
  page(rule: number, after: number, limit: number): StagedRecord[] {
    const rows = this.#run(
      `select seq, key, file, line as row, digest, vals from record
       where rule = ? and seq > ? order by seq limit ?`,
    ).all(rule, after, limit) as (Omit<StagedRecord, 'values' | 'lines'> & { vals: string })[];
    return rows.map(({ vals, ...row }) => ({
      ...row,
      ...(JSON.parse(vals) as Pick<StagedRecord, 'values' | 'lines'>),
    }));
  }

  setId(seq: number, id: number): void {
    this.#run('update record set entity_id = ? where seq = ?').run(id, seq);
  }

  /** Identity of a record that was written, or found, earlier in this run. */
  idOf(rule: number, key: string): number | null {
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

  /** Adds a source row's amount to a control total and to each of its groups. */
  addSource(name: string, labels: Readonly<Record<string, string>>, amount: number): void {
    this.#sums.add('source', name, labels, amount);
  }

  #addTotals(side: 'source' | 'ledger', sums: Iterable<readonly [TotalKey, { n: number; sum: number }]>): void {
    const insert = this.#run(
      `insert into total (name, dimension, label, ${side}_n, ${side}_sum) values (?, ?, ?, ?, ?)
       on conflict do update set ${side}_n = ${side}_n + excluded.${side}_n, ${side}_sum = ${side}_sum + excluded.${side}_sum`,
    );
    for (const [key, { n, sum }] of sums) insert.run(...key, n, sum);
  }

  /** Remembers to which groups the record belongs, for the ledger's side of the totals. */
  keepLabels(rule: number, key: string, name: string, labels: Readonly<Record<string, string>>): void {
    this.#run('insert or replace into label values (?, ?, ?, ?)').run(rule, key, name, JSON.stringify(labels));
  }

  /** Adds what the ledger holds of a record. */
  addLedger(rule: number, key: string, amount: number): void {
    const rows = this.#run('select name, labels from label where record_rule = ? and record_key = ?').all(
      rule,
      key,
    ) as {
      name: string;
      labels: string;
    }[];
    for (const { name, labels } of rows) {
      this.#sums.add('ledger', name, JSON.parse(labels) as Record<string, string>, amount);
    }
  }

  totals(): StagedTotal[] {
    this.#sums.flush();
    return this.#run(
      `select name, dimension, label, source_n as sourceRows, source_sum as source, ledger_n as ledgerRows,
       ledger_sum as ledger from total order by name, dimension, label`,
    ).all() as StagedTotal[];
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
    this.#sums.flush();
    this.#file.exec('update record set entity_id = null; delete from balance');
    this.#file.exec('delete from total where source_n = 0; update total set ledger_n = 0, ledger_sum = 0');
  }

  close(): void {
    this.#file.close();
  }
}

/** One line of the control totals. */
export interface StagedTotal {
  readonly name: string;
  /** Empty for the whole. */
  readonly dimension: string;
  readonly label: string;
  readonly sourceRows: number;
  readonly source: number;
  readonly ledgerRows: number;
  readonly ledger: number;
}
