import { describe, expect, test } from 'vitest';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { addBank } from '#services/autopay/banks.ts';
import { addDraft } from '#services/autopay/draft.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, tabText } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const owner = await utility.customer('Oak Holdings LLC', { kind: 'profit', business_name: 'Oak Holdings LLC' });
  const location = await utility.location('118 Alder St', { rental: 1, owner_id: owner });
  const names = { first_name: 'Ana', last_name: 'Rivera' };
  const account = await utility.account(await utility.customer('Rivera, Ana', names), location);
  /** The same user again, before the forms that were left. */
  const again = async () => {
    const op = await signedInApp({ database, screens: [createHome([accountPanel]), accountPanel] });
    await op.settled();
    await op.press('d', 'enter', 'enter');
    return op;
  };
  return { database, utility, owner, account, again };
}

describe('forms of the Customer and Owner tab that were left', () => {
  test('are opened again with what was typed: the record', async () => {
    const { database, account, again } = await town();
    const op = await atAccount(database, account.id, 'customer');
    await op.press('e', 'tab', 'tab');
    await op.type('bel');
    await op.shell.keepDrafts();
    const next = await again();
    expect(next.text()).toContain('Edit customer');
    expect(next.text()).toContain('Anabel');
  });

  test('are opened again at the owner: a phone that is there, and a new address', async () => {
    const { database, utility, owner, account, again } = await town();
    await utility.phone(owner, '(217) 555-0142');
    const op = await atAccount(database, account.id, 'owner');
    await op.press(']', 'j', 'enter', 'tab');
    await op.type('7');
    await op.shell.keepDrafts();
    const next = await again();
    expect(next.text()).toContain('Edit phone');
    expect(next.text()).toContain('(217) 555-01427');
    await database.db.deleteFrom('draft').execute();
    const other = await atAccount(database, account.id, 'owner');
    await other.press(']', 'a', 'tab', 'tab');
    await other.type('Sam Quill');
    await other.shell.keepDrafts();
    expect((await again()).text()).toMatch(/Add an address[^]*Sam Quill/);
  });

  test('say so when their record is gone', async () => {
    const { database, utility, owner, account, again } = await town();
    await utility.phone(owner, '(217) 555-0142');
    const op = await atAccount(database, account.id, 'owner');
    await op.press(']', 'j', 'enter', 'tab');
    await op.type('7');
    await op.shell.keepDrafts();
    await database.db.deleteFrom('customer_phone').execute();
    const next = await again();
    expect(next.text()).not.toContain('Edit phone');
    expect(next.message()).toContain('It cannot be opened where it was');
  });

  test('ask before they are left with something typed, and offer it again: an e-mail address', async () => {
    const { database, account, again } = await town();
    const op = await atAccount(database, account.id, 'customer', { size: [120, 40] });
    await op.press(']', 'j', 'j', 'a', 'tab');
    expect(op.text()).toContain('Add an e-mail address');
    await op.type('ana@home');
    await op.press('escape');
    expect(op.text()).toContain('There are changes that are not saved');
    await op.press('enter');
    expect(op.text()).toContain('ana@home');
    op.shell.lock.lock();
    await op.settled();
    expect((await again()).text()).toMatch(/Add an e-mail address[^]*ana@home/);
  });

  test('are opened again for their customer alone: an automatic payment that was not set up yet', async () => {
    const { database, utility, account, again } = await town();
    const other = await utility.account(await utility.customer('Stone, Bea'), await utility.location('5 Oak St'));
    const atForm = async (op: Operator) => {
      for (let part = 0; part < 8 && !tabText(op).includes('[Auto'); part += 1) await op.press(']');
      await op.press('enter');
      await op.type('from a bank');
      await op.press('enter');
    };
    const op = await atAccount(database, account.id, 'customer');
    await atForm(op);
    await op.press('space', 'tab', 'ctrl+u');
    await op.type('savings');
    await op.shell.keepDrafts();
    const elsewhere = await atAccount(database, other.id, 'customer');
    await atForm(elsewhere);
    expect(elsewhere.text()).toContain('Automatic bank draft');
    expect(elsewhere.text()).not.toContain('Taken up from the draft');
    expect((await again()).text()).toMatch(/Automatic bank draft[^]*savings/);
  });

  test('are opened again: why an automatic payment is suspended', async () => {
    const { database, account, again } = await town();
    const call = runnerFor(database);
    await call(addBank, { routingNumber: '011000015', name: 'First Bank' });
    await call(addDraft, {
      customerId: account.customerId,
      accountType: 'checking',
      routingNumber: '011000015',
      accountNumber: '0012345678',
      notifyInAdvance: false,
      option: 'balance',
      amountCents: null,
      drawOn: 'due',
      drawDays: null,
      authorisedOn: '2026-11-01',
      automatic: true,
    });
    const op = await atAccount(database, account.id, 'customer');
    for (let part = 0; part < 8 && !tabText(op).includes('[Auto'); part += 1) await op.press(']');
    await op.press('down', 'down', 'down', 's');
    await op.type('R01, twice');
    await op.shell.keepDrafts();
    expect((await again()).text()).toMatch(/Suspend Draft First Bank[^]*R01, twice/);
  });
});
