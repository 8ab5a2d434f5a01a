import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { addCode } from '#services/code-tables/add.ts';
import { customerFields, locationFields } from '#services/custom-fields/read.ts';
import { customerCodes, locationCodes } from '#services/user-codes/read.ts';
import { addCustomerCode } from '#services/user-codes/write.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function utility() {
  const database = await freshDatabase();
  const call = runnerFor(database);
  const made = new Utility(database);
  const account = await made.household('Rivera, Ana M', '118 Alder St');
  for (const [caption, level] of [
    ['NEWS', 'customer'],
    ['PETS', 'location'],
  ] as const) {
    await call(addCode, { table: 'udc_caption', code: caption, name: `${caption} here`, attributes: { level } });
    for (const value of ['YES', 'NO']) {
      await call(addCode, { table: 'udc_value', code: value, name: `${caption} ${value}`, attributes: { caption } });
    }
    const attributes = { level, kind: 'money', required: 1 };
    await call(addCode, { table: 'custom_field', code: `F${caption}`, name: `Bond ${caption}`, attributes });
    const check = { level, kind: 'check' };
    await call(addCode, { table: 'custom_field', code: `G${caption}`, name: `Check ${caption}`, attributes: check });
  }
  return { database, call, made, ...account };
}

describe('codes and custom fields', () => {
  test.each(SIZES)('of a customer at %d×%d: added, edited, deleted, brought back', async (...size) => {
    const { database, call, id, customerId } = await utility();
    const op = await atAccount(database, id, 'customer', { size });
    const bar = () => op.lines().find((line) => line.includes('Codes')) ?? '';
    expect(bar()).not.toMatch(/Codes!/);
    for (let at = 0; at < 12 && !/\[(Customer )?Codes!?\]/.test(bar()); at += 1) await op.press(']');
    await op.press('a');
    expect(op.text()).toContain('UDC caption');
    await op.type('news');
    await op.press('enter');
    expect(op.text()).toMatch(/UDC type +Customer/);
    await op.type('yes');
    await op.press('f9');
    expect(op.message()).toContain('NEWS here is NEWS YES.');
    expect(bar()).toMatch(/Codes!/);
    await op.press('enter', 'end', 'ctrl+u');
    await op.type('NEWS/NO');
    await op.press('f9');
    expect(op.message()).toContain('NEWS here is NEWS NO.');
    await op.press('d');
    await op.wait(1000);
    await op.press('y');
    expect(await call(customerCodes, { customerId })).toEqual([]);
    await op.press('u');
    expect(await call(customerCodes, { customerId })).toMatchObject([{ value: 'NEWS/NO' }]);
  });

  test('of a customer: one form of all fields; what is required and empty is asked for', async () => {
    const { database, call, id, customerId } = await utility();
    const op = await atAccount(database, id, 'customer', { size: [120, 40] });
    const bar = () => op.lines().find((line) => line.includes('Codes')) ?? '';
    for (let at = 0; at < 12 && !/\[(Custom )?Fields!?\]/.test(bar()); at += 1) await op.press(']');
    expect(op.text()).toMatch(/Bond NEWS +required/);
    await op.press('enter', 'f9');
    expect(op.text()).toContain('Bond NEWS is needed.');
    await op.type('12.5');
    await op.press('tab', 'space', 'f9');
    expect(op.message()).toContain('Custom fields are saved.');
    expect(op.text()).toMatch(/Bond NEWS +12\.50/);
    expect(op.text()).toMatch(/Check NEWS +yes/);
    expect(bar()).toMatch(/Fields!/);
    const { fields } = await call(customerFields, { customerId });
    expect(fields.map(({ value }) => value)).toEqual(['1250', '1']);
  });

  test('of a customer are undone by one key, one change after the other', async () => {
    const { database, call, id, customerId } = await utility();
    const op = await atAccount(database, id, 'customer', { size: [120, 40] });
    const goTo = async (name: RegExp) => {
      for (let at = 0; at < 12 && !name.test(op.text()); at += 1) await op.press(']');
    };
    await goTo(/\[Customer Codes!?\]/);
    await op.press('a');
    await op.type('news');
    await op.press('enter');
    await op.type('NEWS/YES');
    await op.press('f9', 'enter', 'end', 'ctrl+u');
    await op.type('NEWS/NO');
    await op.press('f9');
    await goTo(/\[Custom Fields!?\]/);
    for (const amount of ['12.5', '13']) {
      await op.press('enter', 'ctrl+u');
      await op.type(amount);
      await op.press('f9');
    }
    const bond = async () => (await call(customerFields, { customerId })).fields[0]?.value;
    expect(await bond()).toBe('1300');
    await op.press('U');
    expect(await bond()).toBe('1250');
    expect(op.message()).toBe('Undone: Custom fields.');
    await op.press('U');
    expect(op.message()).toContain('Not undone: Custom fields.');
    expect(await bond()).toBe('1250');
    await op.press('U');
    expect(await call(customerCodes, { customerId })).toMatchObject([{ value: 'NEWS/YES' }]);
    await op.press('U');
    expect(await call(customerCodes, { customerId })).toEqual([]);
  });

  test.each(SIZES)('of a location at %d×%d: the same', async (...size) => {
    const { database, call, id, locationId } = await utility();
    const op = await atAccount(database, id, 'location', { size });
    await op.press('c');
    await op.press('enter');
    expect(op.text()).toMatch(/UDC type +Location/);
    await op.type('PETS/YES');
    await op.press('f9');
    expect(op.message()).toContain('PETS here is PETS YES.');
    await op.press('right', 'end');
    expect(tabText(op)).toMatch(/Location Codes!/);
    await op.press('e');
    await op.type('7');
    await op.press('f9');
    expect(op.message()).toContain('Custom fields are saved.');
    await op.press('right', 'end');
    expect(tabText(op)).toMatch(/Custom Fields!/);
    expect(await call(locationCodes, { locationId })).toMatchObject([{ value: 'PETS/YES' }]);
    expect((await call(locationFields, { locationId })).fields[0]).toMatchObject({ value: '700' });
  });

  test('who may not change customers and locations reads them', async () => {
    const { database, id } = await utility();
    const who = actor('accounts.read', 'customers.read', 'locations.read', 'lookup.use');
    const op = await atAccount(database, id, 'location', { size: [120, 40], actor: who });
    await op.press('c', 'e');
    expect(op.text()).not.toContain('UDC caption');
    expect(op.text()).toContain('Location Codes');
  });

  test('Look-up is narrowed to a code', async () => {
    const { database, call, made, customerId } = await utility();
    await made.household('Smith, Bob', '5 Elm Ave');
    await call(addCustomerCode, { customerId, caption: 'NEWS', value: 'NEWS/YES' });
    await rebuildIndex(database);
    const op = await signedInApp({ database });
    op.shell.desktop.open('look-up', undefined);
    await op.settled();
    expect(op.text()).toMatch(/Rivera[\s\S]*Smith/);
    await op.press('f4');
    await op.type('user-defined');
    await op.press('enter');
    await op.type('news yes');
    await op.press('enter');
    expect(op.text()).toContain('NEWS here: NEWS YES');
    expect(op.text()).not.toContain('Smith, Bob');
    await op.press('enter');
    expect(op.header()).toContain('Rivera, Ana');
  });
});
