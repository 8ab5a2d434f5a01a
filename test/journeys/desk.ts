import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { inject, onTestFinished } from 'vitest';
import { Operator } from '../support/operator.ts';

export const root = new URL('../..', import.meta.url).pathname;
export const PROGRAM = join(root, 'dist', 'meterdesk.cjs');

/** A person's surroundings: a home folder of their own and a copy of the demo utility. */
export interface Desk {
  readonly folder: string;
  readonly database: string;
  readonly env: Record<string, string>;
}

export function newDesk(): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'meterdesk-desk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const database = join(folder, 'utility.db');
  copyFileSync(inject('demo'), database);
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    LANG: 'C.UTF-8',
    TERM: 'xterm-256color',
    CI: 'false',
    METERDESK_DB: database,
  };
  return { folder, database, env };
}

export interface SitOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly argv?: readonly string[];
  readonly command?: string;
}

/** Starts the program on a terminal; ended with the test, whatever happened. */
export function sitDown(desk: Desk, { columns, rows, env = {}, argv, command }: SitOptions = {}): Operator {
  const operator = new Operator({
    command: command ?? process.execPath,
    argv: argv ?? [PROGRAM],
    env: { ...desk.env, ...env },
    cwd: desk.folder,
    columns,
    rows,
  });
  onTestFinished(() => operator.close());
  return operator;
}

/** Signs in as a demo user. */
export const signIn = (operator: Operator, user = 'alice'): Operator =>
  operator.sees('Sign in', 'User').type(`${user}\t`).type('demo\r').sees('Home', 'F2');

/** A current account of the demo that can be found by its parts, read straight from the file. */
export function someAccount(desk: Desk): { number: string; last: string; first: string; street: string } {
  const db = new BetterSqlite(desk.database, { readonly: true });
  try {
    const row = db
      .prepare(
        `select a.number, c.last_name as last, c.first_name as first, l.street
         from account a join customer c on c.id = a.customer_id join location l on l.id = a.location_id
         where a.activity = 'current' and c.public = 1 and c.last_name glob '[A-Z][a-z]*' and c.first_name is not null
         order by a.id limit 1`,
      )
      .get();
    return row as { number: string; last: string; first: string; street: string };
  } finally {
    db.close();
  }
}
