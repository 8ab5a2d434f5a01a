import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
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
    METERDESK_KEY_FILE: inject('demoKey'),
  };
  return { folder, database, env };
}

/** What SQLite leaves beside a file that was not closed. */
export const leftOpen = (desk: Desk): string[] =>
  readdirSync(desk.folder).filter((name) => /-(wal|shm|unchecked)$/.test(name));

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

/** What somebody on the phone may say about an account, and what the screen must then show. */
export interface KnownAccount {
  readonly account: string;
  readonly customer: string;
  readonly name: string;
  readonly lastName: string;
  readonly location: string;
  readonly houseNumber: string;
  readonly street: string;
  readonly phone: string;
  readonly meter: string;
}

/** A current account of the demo whose name nobody else has, read straight from the file. */
export function someAccount(desk: Desk): KnownAccount {
  const db = new BetterSqlite(desk.database, { readonly: true });
  try {
    const row = db
      .prepare(
        `select a.number as account, c.number as customer, c.display_name as name, c.last_name as lastName,
                l.number as location, l.house_number as houseNumber, l.street, p.number as phone, m.number as meter
         from account a
         join customer c on c.id = a.customer_id
         join location l on l.id = a.location_id
         join customer_phone p on p.customer_id = c.id
         join meter_installation i on i.location_id = l.id and i.removed_on is null
         join meter m on m.id = i.meter_id
         where a.activity = 'current' and c.public = 1 and c.last_name glob '[A-Z][a-z]*' and l.unit is null
           and not exists (select 1 from customer o where o.last_name = c.last_name and o.id <> c.id)
         order by a.id limit 1`,
      )
      .get();
    return row as KnownAccount;
  } finally {
    db.close();
  }
}
