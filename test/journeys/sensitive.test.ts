import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Operator } from '../support/operator.ts';
import { type Desk, newDesk, signIn, sitDown, someAccount } from './desk.ts';

const SSN = '531647281';
const WRITTEN = '531-64-7281';
/** However it is grouped; masks show the last four alone. */
const DIGITS = /531.?64.?7281/;

/** Somebody at the Customer tab of a known account, whose licence number is known. */
function atCustomer(desk: Desk, user: string): Operator {
  const known = someAccount(desk);
  const op = sitDown(desk, { columns: 120, rows: 40 });
  signIn(op, user).press('f2').type(known.account).seesLine(known.lastName).press('enter').sees(known.name);
  return op.pressShown(/(\d) Customer/).sees('Personal Info');
}

/** All files below a folder, as they are. */
const filesBelow = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path, 'latin1')]),
  );

test('a number is entered by one, shown to another, and found nowhere else', async () => {
  const desk = newDesk();
  const clerk = atCustomer(desk, 'alice');
  await clerk
    .press('E')
    .sees('Enter or change which number?')
    .type('social')
    .press('enter')
    .sees(/(Enter|Change): Social/);
  await clerk.type(SSN).press('f9').sees('Saved and sealed').seesLine('Social security no.', '•••-••-7281');
  expect(clerk.written).not.toMatch(DIGITS);
  for (const what of ['cmdline', 'environ']) {
    expect(readFileSync(`/proc/${clerk.pid}/${what}`, 'latin1')).not.toMatch(DIGITS);
  }

  const manager = atCustomer(desk, 'max');
  await manager.press('S').sees('Show which number?').type('social').press('enter');
  await manager.sees('Show: Social');
  await manager.type('audit\t').type('the yearly proof\t').type('demo').press('f9').sees(WRITTEN);
  await manager.resize(110, 38).seesNo(DIGITS).sees('•••-••-7281');

  for (const [path, text] of filesBelow(desk.folder)) expect(DIGITS.test(text), path).toBe(false);
});
