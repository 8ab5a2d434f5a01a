import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { makeScanLine } from '#domain/scan-line.ts';
import { type Desk, newDesk, PROGRAM, signIn, sitDown } from './desk.ts';

/** Account numbers with something to pay and nobody who refuses anything, without their dashes. */
function payers(desk: Desk, count: number): string[] {
  const db = new BetterSqlite(desk.database, { readonly: true });
  try {
    const rows = db
      .prepare(
        `select a.number from account a join customer c on c.id = a.customer_id
         join account_balance b on b.account_id = a.id
         where a.activity = 'current' and c.public = 1 and c.no_payments = 0 and c.no_checks = 0
           and c.disallowed_methods is null and b.balance_cents > 2000 and b.unposted_cents = 0
         order by a.id limit ?`,
      )
      .pluck()
      .all(count) as string[];
    return rows;
  } finally {
    db.close();
  }
}

const digits = (number: string): string => number.replaceAll(/\D/g, '');

/** What was taken since the desk was set up: payments, and their tenders by method. */
function taken(desk: Desk, from: string): { payments: number; cents: number; methods: Record<string, number> } {
  const db = new BetterSqlite(desk.database, { readonly: true });
  try {
    const payments = db.prepare('select id, total_cents as cents from payment where number > ?').all(from) as {
      id: number;
      cents: number;
    }[];
    const tenders = db
      .prepare(
        `select t.method, count(*) as count from tender t join payment p on p.id = t.payment_id
         where p.number > ? group by t.method`,
      )
      .all(from) as { method: string; count: number }[];
    return {
      payments: payments.length,
      cents: payments.reduce((sum, one) => sum + one.cents, 0),
      methods: Object.fromEntries(tenders.map(({ method, count }) => [method, count])),
    };
  } finally {
    db.close();
  }
}

/** The receipt number given last. */
function lastReceipt(desk: Desk): string {
  const db = new BetterSqlite(desk.database, { readonly: true });
  try {
    return (db.prepare('select max(number) from payment').pluck().get() as string | null) ?? '';
  } finally {
    db.close();
  }
}

test('twenty mixed payments by nothing but digits, Enter and two function keys', async () => {
  const desk = newDesk();
  const before = lastReceipt(desk);
  const numbers = payers(desk, 25).map(digits);
  const op = sitDown(desk, { columns: 80, rows: 24 });
  signIn(op, 'carl').press('=').type('PAY\r').sees('Account', 'Automatic');
  const next = () => numbers.shift()!;
  for (let round = 0; round < 5; round += 1) {
    // The balance in cash.
    await op.type(`${next()}\r\r1\r`).sees(`${round * 4 + 1} for`);
    // A part by check, with its number.
    await op.type(`${next()}\r12.50\r2\r${4700 + round}\r`).sees(`${round * 4 + 2} for`);
    // Two accounts by card.
    await op
      .type(`${next()}\r`)
      .press('f7')
      .type(`${next()}\r\r3\r`)
      .sees(`${round * 4 + 3} for`);
    // Ten in cash, the rest by check.
    await op
      .type(`${next()}\r10\r1`)
      .press('f8')
      .type(`\r2\r${round}\r`)
      .sees(`${round * 4 + 4} for`);
  }
  await op.sees(/B\d{6} 20 for/);
  const { payments, methods } = taken(desk, before);
  expect(payments).toBe(20);
  expect(methods).toEqual({ cash: 10, check: 10, card: 5 });
  op.close();
  const check = spawnSync(process.execPath, [PROGRAM, 'check', '--db', desk.database], { env: desk.env });
  expect(check.status, String(check.stdout)).toBe(0);
});

test('a scanner’s line takes a payment, and a line that was read wrong takes none', async () => {
  const desk = newDesk();
  const before = lastReceipt(desk);
  const [first] = payers(desk, 1) as [string];
  const line = makeScanLine({ accountNumber: first, amountCents: 1234, dueOn: null })!;
  const op = sitDown(desk, { columns: 120, rows: 40 });
  signIn(op, 'carl').press('=').type('PAY\r').sees('Account', 'Automatic');
  await op.type(`${line}\r`).sees(first, '12.34').press('f9').sees('taken: 12.34', '1 for 12.34');
  await op.type(`${line.slice(0, -1)}${(Number(line.at(-1)) + 1) % 10}\r\r\r`).sees('read wrong');
  expect(taken(desk, before)).toMatchObject({ payments: 1, cents: 1234 });
});

test('a cashier opens a drawer, takes money, counts it short and says why; the day is balanced and posted', async () => {
  const desk = newDesk();
  const [first] = payers(desk, 1) as [string];
  const op = sitDown(desk, { columns: 80, rows: 24 });
  signIn(op, 'carl').press('=').type('DRW\r').sees('No drawer of yours is open.');
  await op.press('n').sees('Float').type('50').press('f9').sees('is open with 50.00').press('$').sees('Automatic');
  await op
    .type(`${digits(first)}\r10\r1\r`)
    .sees('1 for 10.00')
    .press('esc')
    .sees('Cash in it 60.00');
  await op
    .press('c')
    .sees('Count drawer')
    .press('tab')
    .type('1')
    .press('f9')
    .sees('10.00 short')
    .type('Change')
    .press('f9');
  await op
    .sees('is closed: 50.00, 10.00 short')
    .press('=')
    .type('BAT\r')
    .sees('Not posted')
    .press('b')
    .sees('balances: 1 item,');
  const alice = sitDown(desk, { columns: 80, rows: 24 });
  signIn(alice, 'alice').press('=').type('BAT\r').seesLine('balanced', '10.00').press('p').answers('Post batch?', 'y');
  await alice.sees('is posted: 1 transaction.');
});

test('a bank’s file is taken by the verb once, and what waits is credited at the screen', async () => {
  const desk = newDesk();
  const [first, second] = payers(desk, 2) as [string, string];
  const file = join(desk.folder, 'bank.csv');
  writeFileSync(file, `Account,Amount,Check\r\n${digits(first)},10.00,1\r\nnone,2.34,2\r\nTOTAL,12.34,2\r\n`);
  const env = { ...desk.env, METERDESK_USER: 'alice', METERDESK_PASSWORD: 'demo' };
  const lockbox = () => spawnSync(process.execPath, [PROGRAM, 'lockbox', file], { env, encoding: 'utf8' });
  expect(lockbox()).toMatchObject({ status: 0, stdout: expect.stringContaining('1 are credited, 1 wait') });
  expect(lockbox()).toMatchObject({ status: 1, stderr: expect.stringContaining('taken already: bank.csv') });
  const op = sitDown(desk, { columns: 120, rows: 40 });
  signIn(op, 'alice').press('=').type('LBX\r').seesLine('none', '2.34', 'No such account');
  await op.press('enter').sees('Whose is 2.34').type(second).press('f9').answers('Credit payment?', 'y');
  await op.sees(`2.34 is credited to ${second}`, 'Nothing waits.');
});
