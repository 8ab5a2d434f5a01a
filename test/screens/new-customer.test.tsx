import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { actor, freshDatabase, TODAY } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { type AppOptions, type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

/** A free house whose last resident took water. */
async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const gone = await utility.household('Gone, Al', '406 School Ln');
  const water = await utility.serviceType('WAT', { unit: 'kgal' });
  await utility.service(gone, water);
  await database.db.updateTable('account').set({ activity: 'final', moved_out_on: '2026-11-01' }).execute();
  await database.db.updateTable('location').set({ zip: '62704', city: 'Alder Falls', state: 'IL' }).execute();
  await rebuildIndex(database);
  return { database, utility, gone, water };
}

async function atForm(database: Database, options: Omit<AppOptions, 'database'> = {}): Promise<Operator> {
  const op = await signedInApp({ database, ...options });
  op.shell.desktop.open('new-customer', undefined);
  await op.settled();
  return op;
}

/** To the field of that label in the open form, by Tab. */
async function toField(op: Operator, label: string): Promise<void> {
  for (let at = 0; at < 40; at += 1) {
    if (op.lines().some((line) => line.includes(`> ${label}*`) || line.includes(`> ${label}  `))) return;
    await op.press('tab');
  }
  throw new Error(`no field ${label}:\n${op.text()}`);
}

async function fill(op: Operator, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(values)) {
    await toField(op, label);
    await op.type(text);
  }
  await op.press('f9');
}

/** Everything that a new resident of School Lane is asked. */
async function typeDana(op: Operator): Promise<void> {
  await op.press('n');
  await fill(op, { 'First name': 'Dana', 'Last name': 'Whitlock' });
  await fill(op, { Address: '77 Juniper Ct', ZIP: '62704' });
  await fill(op, { 'Phone 1': '734555121222', 'E-mail': 'dana@whitlock.example' });
  await fill(op, { 'Birth date': '4/7/1961' });
  await fill(op, { Location: '406 school', 'Move-in date': 'today' });
  await op.press('f9');
  await op.press('f9');
}

const customers = ({ db }: Database) =>
  db.selectFrom('customer').select(['id', 'display_name as name']).where('last_name', '=', 'Whitlock').execute();

describe.each(SIZES)('a new customer by keyboard, %i×%i', (...size) => {
  test('is typed part by part, saved at once, and open afterwards', async () => {
    const { database, water } = await town();
    const op = await atForm(database, { size });
    expect(op.text()).toContain('needed: First name, Last name');
    await typeDana(op);
    expect(op.text()).toContain('406 School Ln');
    expect(op.text()).toContain('77 Juniper Ct, Alder Falls IL 62704');
    await op.press('f9');
    expect(op.text()).toContain('is entered, account 1-01');
    expect(op.text()).toContain('Whitlock, Dana');
    const [made] = await customers(database);
    const phone = await database.db
      .selectFrom('customer_phone')
      .select(['number', 'extension'])
      .where('customer_id', '=', made!.id)
      .execute();
    expect(phone).toEqual([{ number: '(734) 555-1212', extension: '22' }]);
    const account = await database.db
      .selectFrom('account')
      .select(['id', 'activity', 'moved_in_on'])
      .where('customer_id', '=', made!.id)
      .executeTakeFirstOrThrow();
    expect(account).toMatchObject({ activity: 'current', moved_in_on: TODAY });
    const services = await database.db
      .selectFrom('account_service')
      .select('service_type_id')
      .where('account_id', '=', account.id)
      .execute();
    expect(services).toEqual([{ service_type_id: water }]);
  });
});

/** The row of a field in the open form, without what is around it. */
const rowOf = (op: Operator, label: string): string => op.lines().find((line) => line.includes(` ${label} `)) ?? '';

describe('what is missing or wrong', () => {
  test('only the whole can tell is said at its part, the cursor goes there, and what was typed stays', async () => {
    const { database } = await town();
    const op = await atForm(database);
    await typeDana(op);
    for (let at = 0; at < 3; at += 1) await op.press('up');
    await op.press('enter');
    await toField(op, 'Move-in date');
    await op.press('ctrl+u');
    await op.type('10/15');
    await op.press('f9', 'f9');
    expect(op.message()).toContain('Location and move-in: The last resident moved out on 2026-11-01');
    expect(await customers(database)).toEqual([]);
    await op.press('enter');
    expect(op.text()).toContain('! The last resident moved out');
    await op.press('ctrl+u');
    await op.type('today');
    await op.press('f9', 'f9');
    expect(await customers(database)).toHaveLength(1);
  });

  test('is said at the field as soon as it is left, in the words of the command', async () => {
    const { database } = await town();
    const op = await atForm(database);
    await op.press('down', 'enter');
    await toField(op, 'ZIP');
    await op.type('627');
    await op.press('tab');
    expect(rowOf(op, 'ZIP')).toMatch(/! ZIP +627 /);
    expect(op.text()).toContain('! ZIP: A ZIP has five digits, or nine.');
    await op.press('tab');
    await op.type('ZZ');
    await op.press('tab');
    expect(rowOf(op, 'State')).toMatch(/! State +ZZ +Enter the two letters of the state/);
    // Elsewhere they are written otherwise: the country is left, and both are looked at anew.
    await op.press('ctrl+u');
    await op.type('Germany');
    await op.press('tab');
    expect(rowOf(op, 'ZIP')).not.toContain('five digits');
    expect(rowOf(op, 'State')).not.toContain('two letters');
  });

  test.each([
    [2, 'Phone 1', '12', 'Not a telephone number'],
    [2, 'E-mail', 'dana@', 'Not an e-mail address'],
    [3, 'Social security no.', '666123456', 'never given out'],
    [3, 'Birth date', '2/30/1961', 'Not a date.'],
    [6, 'Amount', '0', 'Enter an amount above zero'],
    [6, 'Instalments', '1a', 'Enter a whole number'],
  ])('of part %i at %s is said on leaving it and keeps the part from being saved', async (part, label, typed, said) => {
    const { database } = await town();
    const op = await atForm(database);
    for (let at = 0; at < part; at += 1) await op.press('down');
    await op.press('enter');
    if (part === 6) await op.type('standard');
    await toField(op, label);
    await op.press('ctrl+u');
    await op.type(typed);
    await op.press('tab');
    expect(op.text()).toContain(`! ${label}: `);
    expect(op.text()).toContain(said);
    await op.press('f9');
    expect(op.text()).toContain('┌ New customer: ');
    expect(op.text()).toContain(said);
  });

  test('and only the database knows is said when the part is left: a number that is taken, a card', async () => {
    const { database } = await town();
    const op = await atForm(database);
    const { number } = await database.db.selectFrom('customer').select('number').executeTakeFirstOrThrow();
    await op.press('enter');
    await fill(op, { 'First name': 'Dana', 'Last name': 'Whitlock', 'Customer number': number });
    expect(op.text()).toContain(`! There is a customer ${number} already.`);
    await op.press('ctrl+u', 'tab', 'tab');
    await op.type('4111 1111 1111 1111');
    await op.press('f9');
    expect(rowOf(op, 'Alt customer ID')).toContain('! Alt customer ID');
    expect(op.text()).toContain('This looks like a card number');
    expect(op.text()).toContain('Whitlock');
  });
});

test('what the operator may not enter is closed, with the reason, and does not stop the rest', async () => {
  const { database } = await town();
  const op = await atForm(database, {
    actor: actor('lookup.use', 'customers.read', 'customers.create', 'locations.read', 'accounts.read'),
  });
  expect(op.text()).toContain('You may not charge deposits.');
  expect(op.text()).toContain('You may not enter sensitive numbers.');
  await op.press('n');
  await fill(op, { 'First name': 'Dana', 'Last name': 'Whitlock' });
  await fill(op, { Address: '77 Juniper Ct', ZIP: '62704' });
  await fill(op, { 'Phone 1': '7345551212' });
  await op.press('f4');
  expect(op.text()).toContain('Nowhere yet');
  expect(op.text()).not.toContain('A new location');
  await op.press('escape');
  await fill(op, { Location: '406 school', 'Move-in date': 'today' });
  await op.press('f9');
  await op.press('f9');
  expect(await customers(database)).toHaveLength(1);
});

test('an address is looked at as it is entered: the state where the country has states', async () => {
  const { database } = await town();
  const op = await atForm(database);
  await op.press('n');
  await fill(op, { 'First name': 'Dana', 'Last name': 'Whitlock' });
  await fill(op, { Address: '77 Juniper Ct', City: 'Nowhere' });
  expect(op.text()).toContain('New customer: Primary bill-to');
  expect(op.text()).toContain('Enter the state.');
  expect(op.text()).toContain('77 Juniper Ct');
  await op.type('IL');
  await op.press('f9');
  expect(op.text()).toContain('New customer: Phone, e-mail, invoices');
});

describe('somebody who is there already', () => {
  async function again() {
    const all = await town();
    const known = await all.utility.customer('Whitlock, Dana', { first_name: 'Dana', last_name: 'Whitlock' });
    await all.utility.add('customer_phone', {
      customer_id: known,
      type: 'mobile',
      number: '(734) 555-1212',
      digits: '7345551212',
      is_primary: 1,
    });
    await rebuildIndex(all.database);
    const op = await atForm(all.database);
    await typeDana(op);
    await op.press('f9');
    return { ...all, op };
  }

  test('is shown before anything is saved, and opens instead', async () => {
    const { op, database } = await again();
    expect(op.text()).toContain('Is it one of these?');
    expect(op.text()).toContain('same telephone and name');
    await op.press('enter');
    expect(op.text()).toContain('Whitlock, Dana');
    expect(await customers(database)).toHaveLength(1);
  });

  test('or is somebody else: then the second record is made', async () => {
    const { op, database } = await again();
    await op.press('down');
    await op.press('enter');
    expect(op.text()).toContain('is entered');
    expect(await customers(database)).toHaveLength(2);
  });
});

describe('somebody who left a debt behind', () => {
  async function debtor() {
    const all = await town();
    const old = await all.utility.household('Whitlock, Dana', '3 Oak Ave');
    await all.utility.charge(old, 8_000);
    const { db } = all.database;
    await db.updateTable('account').set({ activity: 'final', moved_out_on: '2026-10-01' }).execute();
    const names = { first_name: 'Dana', last_name: 'Whitlock' };
    await db.updateTable('customer').set(names).where('id', '=', old.customerId).execute();
    await all.utility.add('customer_phone', {
      customer_id: old.customerId,
      type: 'mobile',
      number: '(734) 555-1212',
      digits: '7345551212',
      is_primary: 1,
    });
    await rebuildIndex(all.database);
    const op = await atForm(all.database);
    await typeDana(op);
    await op.press('f9');
    const reasons = async () =>
      (
        await db.selectFrom('audit_entry').select('reason').where('operation', '=', 'customer.create').execute()
      ).flatMap(({ reason }) => reason ?? []);
    return { ...all, op, reasons };
  }

  test('is told of with the debt; a second record needs a reason, which stands in the trail', async () => {
    const { op, database, reasons } = await debtor();
    expect(op.text()).toContain('Is it one of these?');
    expect(op.text()).toMatch(/same telephone and name; owes 80\.00/);
    await op.press('down', 'enter');
    expect(op.text()).toContain('Whitlock, Dana owes 80.00');
    expect(op.text()).toContain('No hindrance, as*');
    await op.press('f9');
    expect(op.text()).toContain('No hindrance, as is needed');
    await op.type('ok');
    await op.press('f9');
    expect(op.text()).toContain('Say why, in a few words.');
    expect(await customers(database)).toHaveLength(1);
    await op.type(', pays it with the first bill');
    await op.press('f9');
    expect(op.text()).toContain('is entered');
    expect(await customers(database)).toHaveLength(2);
    expect(await reasons()).toEqual(['ok, pays it with the first bill']);
    expect(op.unexpected).toEqual([]);
  });

  test('is entered by nobody who gives no reason, and what was typed stays', async () => {
    const { op, database } = await debtor();
    await op.press('down', 'enter', 'escape');
    expect(op.text()).toContain('77 Juniper Ct');
    expect(await customers(database)).toHaveLength(1);
    await op.press('f9');
    expect(op.text()).toContain('Whitlock, Dana owes 80.00');
    await op.press('escape');
    expect(await customers(database)).toHaveLength(1);
  });
});

test('what was typed is there again after leaving, but for the sensitive numbers', async () => {
  const { database } = await town();
  const op = await atForm(database);
  await typeDana(op);
  await op.press('escape');
  expect(op.text()).toContain('Kept as a draft');
  const kept = JSON.stringify(await database.db.selectFrom('draft').select('values').execute());
  expect(kept).toContain('Juniper');
  expect(kept).not.toContain('1961');
  op.shell.desktop.open('new-customer', undefined);
  await op.settled();
  expect(op.text()).toContain('Taken up from the draft');
  expect(op.text()).toContain('Dana Whitlock');
  await op.press('f9');
  expect(await customers(database)).toHaveLength(1);
  expect(await database.db.selectFrom('draft').select('id').execute()).toEqual([]);
});
