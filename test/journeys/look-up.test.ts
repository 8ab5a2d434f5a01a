import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { newDesk, signIn, sitDown } from './desk.ts';

test('the look-up screen pages through everybody, narrows as one types, and opens what it is on', async () => {
  const desk = newDesk();
  const op = sitDown(desk);
  await signIn(op).press('f2').type('=LUK').press('enter').sees('Look for', 'all accounts by name');
  const first = op.lines()[6]!;
  await op.press('pagedown', 'pagedown').look(() => expect(op.screen()).not.toContain(first.trim()));
  await op.press('pageup', 'pageup').seesLine(first.replace('>', '').trim().slice(0, 20));
  await op.type('main').seesNo('all accounts by name').press('enter').sees('Customer', /Bal/);
  await op.press('esc').sees('Look for');
});

test('names that would move the cursor or colour the screen stay text, at every place they are shown', async () => {
  const desk = newDesk();
  const hostile = 'Zz\u001b[2J\u001b]0;owned\u0007\u202Egnirts\u200B \u001b[31mred\u009b5n';
  const db = new BetterSqlite(desk.database);
  const { id } = db
    .prepare(`select c.id from customer c join account a on a.customer_id = c.id
    where a.activity = 'current' and c.public = 1 order by a.id limit 1`)
    .get() as { id: number };
  const { number } = db.prepare('select number from account where customer_id = ?').get(id) as { number: string };
  db.prepare('update customer set display_name = ?, last_name = ? where id = ?').run(hostile, hostile, id);
  db.close();
  const op = sitDown(desk, { columns: 120, rows: 40 });
  await signIn(op).press('f2').type(number).seesLine('Zz').press('enter').sees('Customer', 'Zz');
  for (const forbidden of ['owned', '\u202E', '\u200B', '\u009b', '\u001b[5n'])
    expect(op.written).not.toContain(forbidden);
  expect(op.lines().every((line) => [...line].length <= 120)).toBe(true);
});
