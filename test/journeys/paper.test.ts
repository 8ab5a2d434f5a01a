import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { readPdf } from '../support/pdf.ts';
import { newDesk, root, signIn, sitDown } from './desk.ts';

/** An account that owes something and was billed. */
function billedAccount(file: string): string {
  const database = new BetterSqlite(file, { readonly: true });
  const row = database
    .prepare(
      `select a.number from account a join account_balance b on b.account_id = a.id
        where b.balance_cents > 0 and a.activity = 'current'
          and exists (select 1 from statement s where s.account_id = a.id) order by a.id limit 1`,
    )
    .get() as { number: string };
  database.close();
  return row.number;
}

test.each([
  ['on their own machine', false],
  ['in a confined session, which has nothing but its folder for exports', true],
])('a clerk writes a statement to a file %s', async (_, isConfined) => {
  const desk = newDesk();
  const exports = join(desk.folder, 'exports');
  mkdirSync(exports, { mode: 0o770 });
  const number = billedAccount(desk.database);
  const session = join(root, 'dist', 'meterdesk-session');
  const op = isConfined
    ? sitDown(desk, { command: session, argv: ['--db', desk.database, '--exports', exports] })
    : sitDown(desk);
  await signIn(op);
  await op.type(`=ACC ${number}`).press('enter').sees(`${number} ─`);
  await op.pressShown(/(\d) History/).sees('Everything');
  await op.press('w').sees('View').type('charges').press('enter').sees(' Charges ', 'Charge B');
  await op.press('p').sees('Print or send').type('print the statement').press('enter');
  await op.sees('Select report format').press('enter').sees('Where to');
  await op.type('file').press('enter').sees('Replace a file').press('f9').sees('Written to');
  const file = join(isConfined ? exports : desk.folder, `statement-of-${number}.pdf`);
  expect(existsSync(file)).toBe(true);
  expect(statSync(file).mode & 0o007).toBe(0);
  const { text } = await readPdf(readFileSync(file));
  expect(text).toContain(`Account ${number}`);
  expect(text).toMatch(/Amount due [\d,]+\.\d\d/);
  await op.press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);
});
