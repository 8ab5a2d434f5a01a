import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { addDraft } from '#services/autopay/draft.ts';
import { addCode } from '#services/code-tables/add.ts';
import { readCodeTable } from '#services/code-tables/list.ts';
import { phoneOperations } from '#services/customers/reach/index.ts';
import { addCustomerCode, addLocationCode } from '#services/user-codes/write.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { deferredCode, fixed } from '#test/support/deferred.ts';
import { atAccount, tabText } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

const WIDE = [120, 40] as const;

async function home() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household('Rivera, Ana', '118 Alder St');
  const call = runnerFor(database);
  const bob = runnerFor(database, { ...actor(), userId: 99, username: 'bob' });
  const { db } = database;
  const reasons = async (...operations: readonly string[]) =>
    (await db.selectFrom('audit_entry').select(['operation', 'reason']).orderBy('seq').execute()).filter(
      ({ operation }) => operations.includes(operation),
    );
  return { database, db, utility, account, customerId: account.customerId, call, bob, reasons };
}

/** The cursor on the first line of a part. */
async function atPart(op: Operator, name: string): Promise<void> {
  for (let turns = 0; turns < 12 && !tabText(op).includes(`[${name}`); turns += 1) await op.press(']');
}

async function yes(op: Operator): Promise<void> {
  await op.wait(400);
  await op.press('y');
}

describe('the tick of the primary one', () => {
  async function twoPhones() {
    const place = await home();
    const values = { type: 'home', primary: true, number: '2175550142', extension: '', description: '' };
    await place.call(phoneOperations.add, { customerId: place.customerId, values });
    await place.call(phoneOperations.add, {
      customerId: place.customerId,
      values: { ...values, primary: false, number: '2175550143' },
    });
    const op = await atAccount(place.database, place.account.id, 'customer', { size: WIDE });
    await atPart(op, 'Address');
    const primary = async () =>
      (await place.db.selectFrom('customer_phone').selectAll().orderBy('id').execute()).map((one) => one.is_primary);
    return { ...place, op, primary };
  }

  test('given to another goes back to the one that had it, through changes of both', async () => {
    const { op, primary, db } = await twoPhones();
    await op.press('j', 'enter', 'tab', 'tab', 'tab');
    await op.type('mornings');
    await op.press('f9', 'j', 'enter', 'tab', 'tab', 'tab', 'tab', 'y', 'f9');
    expect(await primary()).toEqual([0, 1]);
    expect(op.message()).toContain('U undoes it.');
    await op.press('U');
    expect(op.message()).toContain('Undone: Edit phone.');
    expect(await primary()).toEqual([1, 0]);
    await op.press('U');
    expect(op.message()).toContain('Undone: Edit phone.');
    expect(await db.selectFrom('customer_phone').select('description').orderBy('id').execute()).toEqual([
      { description: null },
      { description: null },
    ]);
  });

  test('stays where it is when somebody has changed the one that had it', async () => {
    const { op, primary, db, bob, customerId } = await twoPhones();
    await op.press('j', 'j', 'enter', 'tab', 'tab', 'tab', 'tab', 'y', 'f9');
    const [first] = await db.selectFrom('customer_phone').selectAll().orderBy('id').execute();
    const values = { type: 'home', primary: false, number: first!.number, extension: '', description: 'by day' };
    await bob(phoneOperations.edit, { customerId, id: first!.id, version: first!.version, values });
    await op.press('U');
    expect(op.message()).toContain('Not undone: Edit phone. It has been changed again since then.');
    expect(await primary()).toEqual([0, 1]);
  });

  test('comes back with the one that had it and was deleted', async () => {
    const { op, primary } = await twoPhones();
    await op.press('j', 'd');
    await yes(op);
    expect(op.message()).toContain('Primary is now');
    expect(await primary()).toEqual([1]);
    await op.press('U');
    expect(await primary()).toEqual([0, 1]);
  });

  test('stays with the one that somebody has given it since', async () => {
    const { op, primary, bob, customerId } = await twoPhones();
    await op.press('j', 'd');
    await yes(op);
    const values = { type: 'home', primary: true, number: '2175550144', extension: '', description: '' };
    await bob(phoneOperations.add, { customerId, values });
    await op.press('U');
    expect(op.message()).toContain('It has been changed again since then.');
    expect(await primary()).toEqual([0, 1]);
  });
});

test('what was changed before a deletion is undone after it: of a phone, of a code', async () => {
  const { database, db, utility, account, customerId, call } = await home();
  const values = { type: 'home', primary: true, number: '2175550142', extension: '', description: '' };
  await call(phoneOperations.add, { customerId, values });
  for (const [table, code, attributes] of [
    ['udc_caption', 'NEWS', '{"level":"customer"}'],
    ['udc_value', 'NEWS/YES', '{"caption":"NEWS"}'],
    ['udc_value', 'NEWS/NO', '{"caption":"NEWS"}'],
  ] as const) {
    await utility.add('code_value', { table_name: table, code, name: code, sort: 0, attributes });
  }
  await call(addCustomerCode, { customerId, caption: 'NEWS', value: 'NEWS/YES' });
  const op = await atAccount(database, account.id, 'customer', { size: WIDE });
  await atPart(op, 'Address');
  await op.press('j', 'enter', 'tab', 'tab', 'tab');
  await op.type('mornings');
  await op.press('f9', 'd');
  await yes(op);
  await atPart(op, 'Customer Codes');
  await op.press('enter', 'ctrl+u');
  await op.type('NEWS/NO');
  await op.press('f9', 'd');
  await yes(op);
  const state = async () => [
    await db.selectFrom('user_code').select('value').execute(),
    await db.selectFrom('customer_phone').select('description').execute(),
  ];
  expect(await state()).toEqual([[], []]);
  await op.press('U');
  expect(await state()).toEqual([[{ value: 'NEWS/NO' }], []]);
  await op.press('U');
  expect(await state()).toEqual([[{ value: 'NEWS/YES' }], []]);
  await op.press('U', 'U');
  expect(await state()).toEqual([[{ value: 'NEWS/YES' }], [{ description: null }]]);
  expect(op.message()).toContain('Undone: Edit phone.');
});

test('the last e-mail address comes back with the notices that had gone there', async () => {
  const { database, db, utility, account, customerId } = await home();
  await utility.add('customer_email', {
    customer_id: customerId,
    type: 'home',
    address: 'ana@example.com',
    is_primary: 1,
  });
  await db.updateTable('customer').set({ mail_notices: 0, email_notices: 1 }).where('id', '=', customerId).execute();
  const notices = () =>
    db.selectFrom('customer').select(['mail_notices', 'email_notices']).where('id', '=', customerId).execute();
  const op = await atAccount(database, account.id, 'customer', { size: WIDE });
  await atPart(op, 'Address');
  for (let line = 0; line < 12 && !/^.*>.*ana@example/m.test(tabText(op)); line += 1) await op.press('j');
  await op.press('d');
  expect(op.text()).toContain('e-mail notices end');
  await yes(op);
  expect(await notices()).toEqual([{ mail_notices: 1, email_notices: 0 }]);
  await op.press('U');
  expect(await notices()).toEqual([{ mail_notices: 0, email_notices: 1 }]);
});

describe('a rental', () => {
  async function rental() {
    const place = await home();
    for (const [number, name] of [
      ['C77', 'Oak Holdings LLC'],
      ['C78', 'Elm Trust'],
    ] as const) {
      await place.utility.customer(name, { number, kind: 'profit', business_name: name });
    }
    await rebuildIndex(place.database);
    const op = await atAccount(place.database, place.account.id, 'location');
    const name = async (number: string) => {
      await op.press('N', 'ctrl+u');
      await op.type(number);
      await op.press('f9');
    };
    const owned = () =>
      place.db
        .selectFrom('location_owner as o')
        .innerJoin('customer as c', 'c.id', 'o.customer_id')
        .select(['c.number', 'o.to_on'])
        .orderBy('o.id')
        .execute();
    const location = () => place.db.selectFrom('location').select(['rental', 'owner_id']).executeTakeFirstOrThrow();
    await op.press('R', '4');
    return { ...place, op, name, owned, location };
  }

  test('mark and owners are undone one after the other, the history as if nothing had been said', async () => {
    const { op, name, owned, location, reasons } = await rental();
    await name('C77');
    await name('C78');
    expect(await owned()).toEqual([
      { number: 'C77', to_on: TODAY },
      { number: 'C78', to_on: null },
    ]);
    await op.press('U');
    expect(op.message()).toContain('Undone: Change the owner.');
    expect(await owned()).toEqual([{ number: 'C77', to_on: null }]);
    expect(tabText(op)).toContain('Oak Holdings LLC');
    await op.press('U');
    expect(await owned()).toEqual([]);
    expect(await location()).toEqual({ rental: 1, owner_id: null });
    await op.press('U');
    expect(await location()).toEqual({ rental: 0, owner_id: null });
    expect(await reasons('location.takeBackOwner', 'location.rental')).toEqual([
      { operation: 'location.rental', reason: null },
      { operation: 'location.takeBackOwner', reason: 'undone' },
      { operation: 'location.takeBackOwner', reason: 'undone' },
      { operation: 'location.rental', reason: 'undone' },
    ]);
  });

  test('that was none any more is one again, with its owner', async () => {
    const { op, name, owned, location } = await rental();
    await name('C77');
    await op.press('C', '3', 'R');
    await yes(op);
    expect(await location()).toEqual({ rental: 0, owner_id: null });
    await op.press('U');
    expect(op.message()).toContain('Undone: No rental any more.');
    expect(await owned()).toEqual([{ number: 'C77', to_on: null }]);
    expect((await location()).owner_id).not.toBeNull();
  });
});

test('a deferred charge that was ticked is as undecided as before', async () => {
  const { database, db, utility, account } = await home();
  await utility.add('code_value', deferredCode('FUND', { ...fixed(100), trigger: 'payment', signUp: 'opt_in' }, 0));
  const op = await atAccount(database, account.id, 'customer', { size: WIDE });
  await atPart(op, 'Deferred');
  await op.press('space', 'space');
  expect(op.message()).toContain('Takes no part any more: Fund FUND. U undoes it.');
  const decisions = () => db.selectFrom('deferred_participation').select('participates').execute();
  expect(await decisions()).toEqual([{ participates: 0 }]);
  await op.press('U');
  expect(op.message()).toContain('Undone: Deferred charge Fund FUND.');
  expect(await decisions()).toEqual([{ participates: 1 }]);
  await op.press('U');
  expect(await decisions()).toEqual([]);
  expect(tabText(op)).toContain('by default');
});

test('payment methods that were refused are allowed again', async () => {
  const { database, db, account, customerId } = await home();
  const op = await atAccount(database, account.id, 'customer', { size: WIDE });
  await op.press('j', 'j', 'j', 'j', 'j', 'j', 'j', 'enter');
  await op.type('draft');
  await op.press('space', 'enter');
  const refused = () =>
    db.selectFrom('customer').select('disallowed_methods').where('id', '=', customerId).executeTakeFirstOrThrow();
  expect((await refused()).disallowed_methods).toBe('["draft"]');
  await op.press('U');
  expect(op.message()).toContain('Undone: Payment methods that are refused.');
  expect((await refused()).disallowed_methods ?? '[]').toBe('[]');
});

test('an automatic payment is drawn from again, and suspended again since the day and for the reason of then', async () => {
  const { database, db, utility, account, customerId, call } = await home();
  await utility.add('code_value', { table_name: 'bank_code', code: '071000013', name: 'First Bank', sort: 0 });
  await call(
    addDraft,
    addDraft.input.parse({
      customerId,
      accountType: 'checking',
      routingNumber: '071000013',
      accountNumber: '12345678',
    }),
  );
  const op = await atAccount(database, account.id, 'customer', { size: WIDE });
  await atPart(op, 'Auto');
  const stored = () =>
    db.selectFrom('autopay_instruction').select(['suspended_on', 'suspended_reason']).executeTakeFirstOrThrow();
  await op.press('s');
  await op.type('R01, twice');
  await op.press('f9');
  expect(op.message()).toContain('U undoes it.');
  await op.press('U');
  expect(op.message()).toContain('Undone: Suspend Draft First Bank');
  expect(await stored()).toEqual({ suspended_on: null, suspended_reason: null });
  await db
    .updateTable('autopay_instruction')
    .set({ suspended_on: '2026-10-02', suspended_reason: 'as asked' })
    .execute();
  await op.press('f5', 's');
  expect(await stored()).toEqual({ suspended_on: null, suspended_reason: null });
  await op.press('U');
  expect(op.message()).toContain('Undone: Resume Draft First Bank');
  expect(await stored()).toEqual({ suspended_on: '2026-10-02', suspended_reason: 'as asked' });
});

test('a location code that was taken away is there again', async () => {
  const { database, utility, account, call } = await home();
  await utility.add('code_value', {
    table_name: 'udc_caption',
    code: 'PETS',
    name: 'Pets here',
    sort: 0,
    attributes: '{"level":"location"}',
  });
  await utility.add('code_value', {
    table_name: 'udc_value',
    code: 'PETS/YES',
    name: 'Yes',
    sort: 0,
    attributes: '{"caption":"PETS"}',
  });
  const locationId = account.locationId!;
  await call(addLocationCode, { locationId, caption: 'PETS', value: 'PETS/YES' });
  const op = await atAccount(database, account.id, 'location', { size: WIDE });
  await op.press('right');
  for (let line = 0; line < 12 && !/>\s*Pets here/.test(tabText(op)); line += 1) await op.press('down');
  await op.press('D');
  await yes(op);
  expect(op.message()).toContain('Pets here is taken away. U undoes it.');
  expect(tabText(op)).not.toContain('Location Codes!');
  await op.press('U');
  expect(op.message()).toContain('Undone: Delete location code Pets here.');
  expect(tabText(op)).toContain('Pets here');
});

describe('codes in setup', () => {
  async function setup() {
    const { database, call, bob, reasons } = await home();
    await call(addCode, { table: 'note_type', code: 'watch', name: 'On watch', attributes: {} });
    const op = await signedInApp({ database });
    op.shell.desktop.open('setup', { table: 'note_type' });
    await op.settled();
    const codes = async () =>
      (await call(readCodeTable, { table: 'note_type' })).map(({ code, name, active }) => `${code} ${name} ${active}`);
    return { op, codes, reasons, call, bob };
  }

  test('added, edited, retired, moved and deleted are undone, the last change first', async () => {
    const { op, codes, reasons } = await setup();
    const states = [await codes()];
    const change = async (...keys: readonly string[]) => {
      await op.press(...keys);
      states.push(await codes());
    };
    await op.press('end', 'enter', 'end', 'ctrl+u');
    await op.type('Watched');
    await change('f9');
    await change('r');
    await change('K');
    await op.press('d');
    await op.wait(1000);
    await change('y');
    expect(op.message()).toContain('U undoes it.');
    expect(new Set(states.map((state) => state.join())).size).toBe(5);
    for (const title of ['Delete watch', 'Move watch', 'Retire watch', 'Note types: watch']) {
      states.pop();
      await op.press('U');
      expect(op.message()).toBe(`Undone: ${title}.`);
      expect(await codes()).toEqual(states.at(-1));
    }
    expect((await reasons('codeTable.add')).map(({ reason }) => reason)).toEqual([null, 'undone']);
    await op.press('a');
    await op.type('extra');
    await op.press('tab');
    await op.type('Extra');
    await op.press('f9', 'U');
    expect(op.message()).toContain('Undone: New note type.');
    expect(await codes()).toEqual(states.at(-1));
  });
});
