import BetterSqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Operator } from '../support/operator.ts';
import { type Desk, leftOpen, newDesk, signIn, sitDown, someAccount } from './desk.ts';

/** Somebody who writes a note. */
function writing(desk: Desk, text: string): Operator {
  const known = someAccount(desk);
  const op = signIn(sitDown(desk), 'cleo').press('f2').type(known.account).seesLine(known.lastName).press('enter');
  return op
    .sees(known.name)
    .pressShown(/(\d) Notes/)
    .sees('Subject')
    .press('n')
    .sees('Add note')
    .type(text);
}

const notesOf = (desk: Desk, text: string): number => {
  const db = new BetterSqlite(desk.database, { readonly: true });
  try {
    return Number(db.prepare('select count(*) from note where subject = ?').pluck().get(text));
  } finally {
    db.close();
  }
};

test('what was saved just before the line dropped is said at the next sign-in, once', async () => {
  const desk = newDesk();
  await writing(desk, 'Dog bites').press('f9').seesNo('Add note').signal('SIGHUP').gone();
  expect(leftOpen(desk)).toEqual([]);
  expect(notesOf(desk, 'Dog bites')).toBe(1);
  const op = signIn(sitDown(desk), 'cleo');
  await op
    .sees(/Your last action was saved: .*note/i)
    .press('ctrl+c')
    .answers('Leave meterdesk?', 'y')
    .ends(0);
  await signIn(sitDown(desk), 'cleo').look((again) => expect(again.screen()).not.toContain('broke off'));
});

test('what could not be saved because the line dropped is said, too, and nothing of it is there', async () => {
  const desk = newDesk();
  const op = writing(desk, 'Gate is locked');
  await op;
  const other = new BetterSqlite(desk.database);
  other.exec('begin immediate');
  await op.press('f9').signal('SIGHUP').gone();
  other.exec('rollback');
  other.close();
  expect(op.leftBehind()).toEqual([]);
  expect(notesOf(desk, 'Gate is locked')).toBe(0);
  await signIn(sitDown(desk), 'cleo').sees(/Your last action was not saved: .*note/i);
});

test('what was typed when the line dropped is there again', async () => {
  const desk = newDesk();
  await writing(desk, 'Half a sen').signal('SIGHUP').gone();
  expect(leftOpen(desk)).toEqual([]);
  await writing(desk, 'tence').sees('Half a sentence');
});

test('a storm of new sizes ends with the right picture', async () => {
  const op = signIn(sitDown(newDesk()));
  await op;
  for (let round = 0; round < 300; round++) process.kill(op.pid, 'SIGWINCH');
  await op.resize(120, 40).resize(60, 20).resize(80, 24).press('f1').sees('Help').press('escape').sees('F1 Help');
  await op.press('ctrl+c').answers('Leave meterdesk?', 'y').ends(0);
  expect(op.leftBehind()).toEqual([]);
});

test('SIGUSR1 opens no debugger', async () => {
  const op = sitDown(newDesk());
  await op.sees('Sign in');
  process.kill(op.pid, 'SIGUSR1');
  await op.type('ann').sees(/User\s+ann/);
  await op.press('ctrl+c').gone();
  expect(op.written).not.toContain('Debugger listening');
});
