import type BetterSqlite from 'better-sqlite3';
import { type TotalKey, TotalSums } from './total-sums.ts';

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

const SCHEMA = `
  create table total (name text not null, dimension text not null, label text not null,
    source_n integer not null default 0, source_sum integer not null default 0,
    ledger_n integer not null default 0, ledger_sum integer not null default 0,
    primary key (name, dimension, label)) without rowid;
  create table label (record_rule integer not null, record_key text not null, name text not null,
    labels text not null, primary key (record_rule, record_key, name)) without rowid;
`;

const TOTAL = `name, dimension, label, source_n as sourceRows, source_sum as source, ledger_n as ledgerRows,
  ledger_sum as ledger`;

/** Control totals of an import: what the files say, beside what the ledger holds. */
export class StagedTotals {
  readonly #file: BetterSqlite.Database;
  readonly #statements = new Map<string, BetterSqlite.Statement<unknown[]>>();
  readonly #sums = new TotalSums((side, sums) => this.#addTotals(side, sums));

  constructor(file: BetterSqlite.Database) {
    this.#file = file;
    file.exec(SCHEMA);
  }

  #run(sql: string): BetterSqlite.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#file.prepare(sql)));
    return statement;
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

  /** Control totals: the wholes and those groups of which a dimension has at most `mostGroups`. */
  lines(mostGroups: number): StagedTotal[] {
    this.#sums.flush();
    return this.#run(
      `select ${TOTAL} from total join (select name as n, dimension as d from total group by name, dimension
       having count(*) <= ?) on n = name and d = dimension order by name, dimension, label`,
    ).all(mostGroups) as StagedTotal[];
  }

  /** The first control total whose sides differ. */
  difference(): StagedTotal | undefined {
    this.#sums.flush();
    return this.#run(
      `select ${TOTAL} from total where source_n <> ledger_n or source_sum <> ledger_sum
       order by name, dimension, label limit 1`,
    ).get() as StagedTotal | undefined;
  }

  /** How many groups each total has by each dimension. */
  groups(): { name: string; dimension: string; n: number }[] {
    this.#sums.flush();
    return this.#run(
      `select name, dimension, count(*) as n from total where dimension <> '' group by name, dimension
       order by name, dimension`,
    ).all() as ReturnType<StagedTotals['groups']>;
  }

  /** Forgets the ledger's side, before the writing is tried again. */
  restart(): void {
    this.#sums.flush();
    this.#file.exec('delete from total where source_n = 0; update total set ledger_n = 0, ledger_sum = 0');
  }
}
