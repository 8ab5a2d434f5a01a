import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { test } from 'vitest';
import type { Operator } from '../support/operator.ts';
import { type Desk, newDesk, signIn, sitDown } from './desk.ts';

/** A location of the demo where nobody lives or waits, by its number. */
function freeLocation({ database }: Desk): string {
  const db = new BetterSqlite(database, { readonly: true });
  try {
    const row = db
      .prepare(
        `select l.number from location l join account a on a.location_id = l.id
         group by l.id having sum(a.activity <> 'final') = 0 order by l.number limit 1`,
      )
      .get() as { number: string };
    return row.number;
  } finally {
    db.close();
  }
}

/** Whether the cursor of the open form stands at a field of that label. */
const isAt = (op: Operator, label: string): boolean =>
  op.lines().some((line) => line.includes(`> ${label}*`) || line.includes(`> ${label}  `));

/** Fills fields of the open form in the order given, each reached by Tab; what was proposed there is replaced. */
async function fill(op: Operator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(values)) {
    for (let tabs = 0; !isAt(op, label); tabs += 1) {
      if (tabs > 40) throw new Error(`no field ${label}\n${op.screen()}`);
      const left = op.lines().flatMap((line) => /│ > \w.*?(?:\*|  )/.exec(line)?.[0] ?? [])[0];
      await op.press('tab');
      if (left) await op.seesNo(left);
    }
    await op.press('ctrl+u').type(text);
  }
}

const PARTS = ['Address', 'Personal', 'AutoPay', 'Codes', 'Docs', 'Deferred', 'Fields'];
/** The bar of the parts, the one with the cursor in brackets. */
const inPart = (name: string): RegExp => new RegExp(`\\[${name}!?\\]`);

/** Jumps to a part of the Customer tab. */
async function toPart(op: Operator, name: string): Promise<void> {
  await op.sees(/Address\W+Personal\W+AutoPay/);
  for (let jumps = 0; !inPart(name).test(op.screen()); jumps += 1) {
    if (jumps > PARTS.length) throw new Error(`no part ${name}\n${op.screen()}`);
    const from = PARTS.find((part) => inPart(part).test(op.screen()));
    await (from ? op.press(']').seesNo(inPart(from)) : op.press(']').sees(/\[(?:Address|AutoPay|Codes)!?\]/));
  }
}

/** Who it is, where bills go, how reached, where it moves in: saved at once. */
async function enterDana(op: Operator, location: string): Promise<void> {
  await op.press('=').type('NEW').press('enter').sees('everything is saved together').press('n');
  await fill(op, { 'First name': 'Dana', 'Last name': 'Whitlock', Spouse: 'Kim' });
  await op.press('f9').sees('New customer: Primary bill-to');
  await fill(op, { Address: '77 Juniper Ct', ZIP: '62704' });
  await op.press('f9').sees('New customer: Phone, e-mail, invoices');
  await fill(op, { 'Phone 1': '7345551212 22', 'Phone 2': '2175550188', 'E-mail': 'dana@whitlock.example' });
  await op.press('f9').sees('New customer: Personal');
  await fill(op, { 'Social security no.': '219099999', "Driver's licence no.": 'W5210001', 'State of licence': 'IL' });
  await fill(op, { 'Birth date': '4/7/1961' });
  await op.press('f9').sees('New customer: Location and move-in');
  await fill(op, { Location: location, 'Move-in date': 'today' });
  await op.press('f9').sees('New customer: Services').press('f9').sees('New customer: Deposit');
  await fill(op, { Deposit: 'standard', Amount: '150' });
  await op.press('f9').sees('New customer: Custom fields');
  await fill(op, { 'Also known as': 'Dee' });
  await op.press('f9').seesNo('New customer: Custom fields').press('f9').sees('is entered, account');
}

test('somebody new is entered with everything by keyboard, and a colleague’s edit in the middle loses nothing', async () => {
  const desk = newDesk();
  writeFileSync(join(desk.folder, 'lease.txt'), 'Lease of 77 Juniper Ct\n');
  const location = freeLocation(desk);
  const alice = signIn(sitDown(desk, { columns: 80, rows: 24 }), 'alice');
  await enterDana(alice, location);
  const number = /Customer (\d+) is entered/.exec(alice.screen())![1]!;

  await toPart(alice, 'AutoPay');
  await alice.press('enter').sees('from a bank account').type('draft').press('enter').sees('Account type');
  await fill(alice, { 'Bank routing no.': '001234561', 'Account no.': '12345678', 'Special options': 'maximum' });
  await fill(alice, { 'Maximum amount': '90', 'Authorised on': 'today' });
  await alice.press('f9').seesNo('F9 Save').sees('Draft, automatic');

  await toPart(alice, 'Codes');
  await alice.press('a').sees('UDC caption').press('enter').sees('Add UDC: Language');
  await fill(alice, { 'UDC value': 'Spanish' });
  await alice.press('f9').sees('Codes!');

  await toPart(alice, 'Docs');
  await alice.press('a').sees('Description');
  await fill(alice, { Type: 'LEASE', Description: 'Lease of Dana', 'File name': 'lease.txt' });
  await alice.press('f9').sees('Docs!');

  await toPart(alice, 'Deferred');
  await alice.press('space').sees('[x] Neighbour fund');

  await alice
    .pressShown(/(\d) Contacts/)
    .press('a')
    .sees('First name');
  await fill(alice, { Type: 'emergency', 'First name': 'Kim', 'Last name': 'Whitlock' });
  await alice.press('f9').seesNo('not saved').seesLine('Whitlock, Kim', 'Emergency');
  await alice
    .pressShown(/(\d) Notes/)
    .press('n')
    .sees('Add note')
    .type('Knock twice')
    .press('f9')
    .seesNo('Add note');
  await alice.seesLine('Knock twice');

  // A colleague changes the customer while alice has the same form open.
  await alice
    .pressShown(/(\d) Customer/)
    .press('e')
    .sees('Customer type');
  await fill(alice, { Title: 'Dr' });
  const cleo = signIn(sitDown(desk, { columns: 80, rows: 24 }), 'cleo');
  await cleo.press('=').type(`ACC ${number}`).press('enter').sees('Whitlock').press('e').sees('Customer type');
  await fill(cleo, { 'Alt customer ID': 'OLD-77' });
  await cleo.press('f9').seesNo('F9 Save').sees('OLD-77');
  await alice.press('f9').answers('cleo saved this record', 'f9');
  await alice.press('home').sees('OLD-77', /Title +Dr\b/);
  await cleo.sees('OLD-77', /Title +Dr\b/);
});
