import { describe, expect, test } from 'vitest';
import { editRecord } from '#services/customers/record/edit.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function desk(options: Parameters<typeof atAccount>[3] = {}) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const names = { first_name: 'Ana', middle_name: 'M', last_name: 'Rivera' };
  const customerId = await utility.customer('Rivera, Ana M', names);
  const account = await utility.account(customerId, await utility.location('118 Alder St'));
  const op = await atAccount(database, account.id, 'customer', options);
  const row = () =>
    database.db.selectFrom('customer').selectAll().where('id', '=', customerId).executeTakeFirstOrThrow();
  return { database, utility, customerId, op, row };
}

/** Types into the fields of the form one after the other; null leaves one as it is. */
async function fill(op: Operator, ...texts: readonly (string | null)[]): Promise<void> {
  for (const text of texts) {
    if (text !== null) {
      await op.press('ctrl+u');
      await op.type(text);
    }
    await op.press('tab');
  }
}

describe('the form of the Customer ID section', () => {
  test.each(SIZES)('at %d×%d is filled in by keyboard alone', async (...size) => {
    const { op, row } = await desk({ size });
    await op.press('enter');
    expect(op.text()).toContain('Edit customer');
    await fill(op, null, 'Ms', 'Anna', null, 'Quill', null, 'Luis', 'OLD-9', 'shutoff');
    await op.press('f9');
    expect(op.text()).not.toContain('Edit customer');
    expect(await row()).toMatchObject({
      title: 'Ms',
      first_name: 'Anna',
      display_name: 'Quill, Anna M',
      spouse_name: 'Luis',
      alt_id: 'OLD-9',
      account_status: 'shutoff',
      status_assigned_on: TODAY,
    });
    expect(op.text()).toContain('Quill, Anna M');
    expect(tabText(op)).toContain(TODAY);
    expect(op.unexpected).toEqual([]);
  });

  test('begins at the field of the line that it is opened from', async () => {
    const { op } = await desk();
    for (let steps = 0; !/>.*Account status/.test(op.text()); steps += 1) {
      expect(steps).toBeLessThan(9);
      await op.press('down');
    }
    await op.press('enter');
    expect(op.text()).toMatch(/> Account status/);
    await op.press('escape', 'down', 'down', 'enter');
    expect(op.text()).toMatch(/> Active/);
    expect(op.unexpected).toEqual([]);
  });

  test('changes its fields with the kind of customer, and loses nothing that was typed', async () => {
    const { op, row } = await desk({ size: [120, 40] });
    await op.press('e');
    await fill(op, null, 'Ms');
    await op.press('shift+tab', 'shift+tab');
    await fill(op, 'profit');
    expect(op.text()).toContain('Business name');
    expect(op.text()).not.toContain('First name');
    await fill(op, 'Oak Holdings LLC');
    await op.press('shift+tab', 'shift+tab');
    await fill(op, 'individual');
    expect(op.text()).toMatch(/Title +Ms/);
    await op.press('shift+tab');
    await fill(op, 'nonprofit');
    expect(op.text()).toContain('Oak Holdings LLC');
    await op.press('f9');
    expect(await row()).toMatchObject({ kind: 'nonprofit', display_name: 'Oak Holdings LLC', title: 'Ms' });
  });

  test('asks field by field where somebody else was faster', async () => {
    const { op, database, customerId, row } = await desk();
    await op.press('e');
    await fill(op, null, null, 'Anna');
    const { version } = await row();
    const bob = runnerFor(database, { ...actor(), username: 'bob' });
    await bob(editRecord, { customerId, version, hides: false, changes: { altId: 'B-1' } });
    await op.press('f9');
    expect(op.text()).toContain('bob saved this record');
    await op.wait(400);
    await op.press('f9');
    expect(await row()).toMatchObject({ first_name: 'Anna', alt_id: 'B-1' });
  });

  test('groups, terms and holds have a form of their own', async () => {
    const { op, row } = await desk({ size: [120, 40] });
    await op.press('T');
    await fill(op, 'commercial', 'TX-1', 'net30', null, null, null, null, null, '12/31', 'seen', null, '+30');
    await op.press('f9');
    expect(await row()).toMatchObject({
      segment: 'commercial',
      tax_exempt_number: 'TX-1',
      default_terms: 'net30',
      identity_check: 'seen',
    });
    expect((await row()).dunning_hold_until).not.toBeNull();
    expect(tabText(op)).toMatch(/Terms +Net 30 days/);
  });
});

describe('payment methods', () => {
  test('are ticked in a list, and an automatic payment by one of them ends with it', async () => {
    const { op, utility, customerId, row, database } = await desk({ size: [120, 40] });
    const draft = { method: 'draft', bank_or_brand: 'First Bank', last4: '6789', started_on: '2020-01-01' } as const;
    await utility.add('autopay_instruction', { customer_id: customerId, ...draft });
    await op.press('j', 'j', 'j', 'j', 'j', 'j', 'j');
    expect(tabText(op)).toMatch(/>Refused/);
    await op.press('enter');
    expect(op.text()).toContain('built on Check');
    await op.type('draft');
    await op.press('space', 'enter');
    expect(op.text()).toContain('would be refused');
    await op.press('enter');
    expect(await row()).toMatchObject({ disallowed_methods: '["draft"]' });
    expect(tabText(op)).toMatch(/>Refused +Bank draft/);
    expect(await database.db.selectFrom('autopay_instruction').select('ended_on').execute()).toEqual([
      { ended_on: TODAY },
    ]);
    expect(op.message()).toContain('the automatic payment has ended');
  });
});

test('whoever may not see private customers is warned, and loses sight only by saying so', async () => {
  const clerk = actor('accounts.read', 'customers.read', 'customers.edit', 'lookup.use');
  const { op, row } = await desk({ actor: clerk });
  await op.press('e');
  await fill(op, ...Array.from({ length: 9 }, () => null), null);
  await op.press('n', 'f9');
  expect(op.text()).toContain('Make this customer private?');
  await op.wait(400);
  await op.press('escape');
  expect(await row()).toMatchObject({ public: 1 });
  await op.press('f9');
  await op.wait(400);
  await op.press('y');
  expect(await row()).toMatchObject({ public: 0 });
  expect(op.text()).toContain('you no longer see it');
});
