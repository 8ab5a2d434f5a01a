import BetterSqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { Operator } from '../support/operator.ts';
import { type Desk, newDesk, signIn, sitDown, someAccount } from './desk.ts';

/** Somebody at the Notes tab of a known account. */
function atNotes(desk: Desk, size: { columns: number; rows: number }, user = 'cleo'): Operator {
  const known = someAccount(desk);
  const op = sitDown(desk, size);
  signIn(op, user).press('f2').type(known.account).seesLine(known.lastName).press('enter').sees(known.name);
  return op.pressShown(/(\d) Notes/).sees('Subject');
}

describe.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
])('at $columns×$rows', (size) => {
  test('a note is written, read by a colleague, changed, and all of it is in the audit', async () => {
    const desk = newDesk();
    const op = atNotes(desk, size);
    await op.press('n').sees('Add note').type('Leak at the meter').press('f9').seesNo('Add note');
    await op.seesLine('Leak at the meter').press('e').sees('Edit note').press('end').type(' again').press('f9');
    await op.seesNo('Edit note').seesLine('Leak at the meter again');
    await atNotes(desk, size, 'alice').seesLine('Leak at the meter again');

    const db = new BetterSqlite(desk.database, { readonly: true });
    const rows = db.prepare(`select username from audit_entry where operation like 'note%' order by seq`).all();
    db.close();
    expect(rows).toEqual([{ username: 'cleo' }, { username: 'cleo' }]);
  });

  test('Esc asks before typed text is lost', async () => {
    const op = atNotes(newDesk(), size);
    await op
      .press('n')
      .sees('Add note')
      .type('Half a sentence')
      .press('esc')
      .sees(/lose|lost|not saved/i);
  });
});

test('who may only read notes is told so', async () => {
  const op = atNotes(newDesk(), { columns: 120, rows: 40 }, 'carl');
  await op.press('n').seesNo('Add note').sees('History');
});
