import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';

/** To the field of that label in the open form, by Tab. */
async function toField(op: Operator, label: string): Promise<void> {
  for (let at = 0; at < 40; at += 1) {
    if (op.lines().some((line) => line.includes(`> ${label}*`) || line.includes(`> ${label}  `))) return;
    await op.press('tab');
  }
  throw new Error(`no field ${label}:\n${op.text()}`);
}

/** A code that the list of the field lacks, added from it. */
async function adding(op: Operator, label: string, code: string, name: string): Promise<void> {
  await toField(op, label);
  await op.press('+');
  await op.type(code);
  await op.press('tab');
  await op.type(name);
  await op.press('f9');
}

const saved = ({ db }: Database) =>
  db
    .selectFrom('account as a')
    .innerJoin('customer as c', 'c.id', 'a.customer_id')
    .innerJoin('location as l', 'l.id', 'a.location_id')
    .leftJoin('cycle as y', 'y.id', 'l.cycle_id')
    .select(['c.business_name as name', 'c.customer_group as one', 'c.customer_group2 as two', 'y.code as cycle'])
    .executeTakeFirst();

describe.each(SIZES)('a company without anything, %i×%i', (...size) => {
  test('is told where to begin, and needs no table before its first customer', async () => {
    const database = await freshDatabase();
    const op = await signedInApp({ database, size });
    expect(op.text()).toContain('A company begins');
    expect(op.text()).toMatch(/=SET +services, cycles/);
    op.shell.desktop.open('new-customer', undefined);
    await op.settled();
    await op.press('n');
    await op.type('profit');
    await op.press('tab');
    expect(op.text()).not.toMatch(/│ +First name/);
    await toField(op, 'Business name');
    await op.type('Alder Falls Bakery');
    await adding(op, 'Customer group', 'SHOPS', 'Shops');
    await toField(op, 'Second group');
    await op.type('shops');
    await op.press('f9');
    await toField(op, 'Address');
    await op.type('1 Main St');
    await toField(op, 'City');
    await op.type('Springfield');
    await toField(op, 'State');
    await op.type('IL');
    await op.press('f9');
    for (let at = 0; at < 3 && !op.text().includes('Moves in to'); at += 1) await op.press('f9');
    // There is no location yet: nothing but a new one is asked for.
    expect(op.text()).toContain('A new location');
    expect(op.text()).not.toMatch(/ Location\*/);
    await toField(op, 'Move-in date');
    await op.type('today');
    await adding(op, 'Cycle', '01', 'First of the month');
    expect(op.text()).toMatch(/Cycle +01 +First of the month/);
    await op.press('f9');
    await op.press('f9');
    await op.press('f9');
    expect(op.text()).toContain('is entered, account 1-01');
    expect(await saved(database)).toEqual({ name: 'Alder Falls Bakery', one: 'SHOPS', two: 'SHOPS', cycle: '01' });
  });
});

test('who may not change setup is told of empty lists, and offered nothing', async () => {
  const database = await freshDatabase();
  const op = await signedInApp({ database, actor: actor('customers.create', 'locations.edit') });
  expect(op.text()).not.toContain('A company begins');
  op.shell.desktop.open('new-customer', undefined);
  await op.settled();
  await op.press('enter');
  await toField(op, 'Customer group');
  expect(op.text()).toContain('none are set up');
});

test('without a key file the personal numbers are closed, with what to do', async () => {
  const op = await signedInApp({ database: { ...(await freshDatabase()), keys: undefined } });
  op.shell.desktop.open('new-customer', undefined);
  await op.settled();
  expect(op.text()).toContain('meterdesk keys init');
});
