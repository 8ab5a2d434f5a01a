import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { readBudget } from '#services/accounts/budget.ts';
import { addBank } from '#services/autopay/banks.ts';
import { addDraft } from '#services/autopay/draft.ts';
import { setOption } from '#services/options/operations.ts';
import { CARD_SECRET, processorAnswers } from '#test/support/card-processor.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { freshFolder } from '#test/support/folder.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

const TERMS = { notifyInAdvance: false, option: 'balance', amountCents: null, drawOn: 'due', drawDays: null } as const;

/** A household whose bank is in the directory. */
async function home() {
  const database = await freshDatabase();
  const { id: accountId, customerId } = await new Utility(database).household();
  const call = runnerFor(database);
  await call(addBank, { routingNumber: '011000015', name: 'First Bank' });
  const draft = () =>
    call(addDraft, {
      customerId,
      accountType: 'checking',
      routingNumber: '011000015',
      accountNumber: '0012345678',
      ...TERMS,
      authorisedOn: '2026-11-01',
      automatic: true,
    });
  const stored = () => database.db.selectFrom('autopay_instruction').selectAll().orderBy('id').execute();
  return { database, accountId, customerId, call, draft, stored };
}

/** With the cursor on the first line of the part. */
async function atPart(op: Operator): Promise<void> {
  for (let part = 0; part < 8 && !tabText(op).includes('[Auto'); part += 1) await op.press(']');
}

describe('the Auto Payment part', () => {
  test.each(SIZES)('at %d×%d sets up a draft by keys alone, adding its bank on the way', async (...size) => {
    const { database, accountId, stored } = await home();
    const op = await atAccount(database, accountId, 'customer', { size });
    await atPart(op);
    expect(tabText(op)).toMatch(/>Auto-pay type +None/);
    expect(tabText(op)).not.toMatch(/Auto(Pay| Payment)!/);
    await op.press('enter');
    await op.type('from a bank');
    await op.press('enter', 'tab', 'tab', '+');
    expect(op.text()).toContain('New bank code');
    await op.type('122105155');
    await op.press('tab');
    await op.type('Prairie Bank');
    await op.press('f9');
    expect(op.text()).toMatch(/Bank routing no\.\* +122105155 +Prairie Bank/);
    await op.type('99887766');
    expect(op.text()).not.toContain('99887766');
    await op.press('tab');
    expect(op.text()).not.toContain('aximum amount');
    await op.press('ctrl+u');
    await op.type('maximum');
    await op.press('tab');
    expect(op.text()).toContain('Maximum amount*');
    await op.type('75');
    await op.press('f9');
    expect(op.message()).toContain('Set up, with its account number sealed.');
    expect(await stored()).toMatchObject([
      {
        method: 'draft',
        bank_or_brand: 'Prairie Bank',
        last4: '7766',
        option: 'maximum',
        amount_cents: 7500,
        automatic: 1,
      },
    ]);
    expect(tabText(op)).toMatch(/\[Auto(Pay| Payment)!\]/);
    expect(tabText(op)).toMatch(/Automatic payment +Draft/);
  });

  test('the budget amount of the account is set by B, drawn as the required amount, and taken back by U', async () => {
    const { database, accountId, call, draft } = await home();
    await draft();
    const op = await atAccount(database, accountId, 'customer');
    expect(tabText(op)).toMatch(/Budget bill +No/);
    await op.press('B');
    await op.type('95');
    await op.press('f9');
    expect(op.message()).toContain('Saved.');
    expect(tabText(op)).toMatch(/Budget bill +Yes/);
    expect(await call(readBudget, { accountId })).toMatchObject({ budgetCents: 9500, changedBy: 'tess' });
    await op.press('U');
    expect(tabText(op)).toMatch(/Budget bill +No/);
  });

  test('a wrong amount is said at the field that it was typed in, a bank is found by the beginning of its number', async () => {
    const { database, accountId, draft } = await home();
    await draft();
    const op = await atAccount(database, accountId, 'customer', { size: [120, 40] });
    await atPart(op);
    await op.press('down', 'enter', 'tab', 'tab', 'ctrl+u');
    await op.type('0110');
    await op.press('tab');
    expect(op.text()).toMatch(/Bank routing no\.\* +011000015 +First Bank/);
    await op.press('tab', 'ctrl+u');
    await op.type('fixed');
    await op.press('tab');
    await op.type('0');
    await op.press('f9');
    expect(op.text()).toMatch(/! Fixed amount\* +0\.00/);
    expect(op.text()).toContain('! Enter an amount above zero.');
  });

  test('suspends and resumes, ends and takes up again; tells what is drawn and why not', async () => {
    const { database, accountId, draft, stored } = await home();
    await draft();
    const op = await atAccount(database, accountId, 'customer', { size: [120, 40] });
    await atPart(op);
    for (let line = 0; line < 11; line += 1) await op.press('down');
    expect(tabText(op)).toMatch(/Next draw +After the next bill\./);
    for (let line = 0; line < 8; line += 1) await op.press('up');
    await op.press('s');
    await op.type('R01, twice');
    await op.press('f9');
    expect(op.message()).toContain('Suspended: Draft First Bank');
    await op.press('s');
    expect(op.message()).toContain('Resumed: Draft First Bank');
    await op.press('t');
    expect(op.message()).toContain('It is the automatic one already.');
    await op.press('d');
    await op.wait(400);
    await op.press('y');
    expect(op.message()).toContain('u brings it back');
    expect((await stored())[0]?.ended_on).not.toBeNull();
    await op.press('u');
    expect(await stored()).toMatchObject([{ ended_on: null, automatic: 1 }]);
  });

  test('what was agreed is undone by one key; a number that was replaced is not', async () => {
    const { database, accountId, draft, stored } = await home();
    await draft();
    const op = await atAccount(database, accountId, 'customer', { size: [120, 40] });
    await atPart(op);
    await op.press('down', 'down', 'down', 'down', 'enter', 'y', 'f9');
    expect(op.message()).toContain('Saved. U undoes it.');
    expect(await stored()).toMatchObject([{ notify_in_advance: 1 }]);
    await op.press('U');
    expect(await stored()).toMatchObject([{ notify_in_advance: 0, last4: '5678' }]);
    await op.press('down', 'enter', 'tab', 'tab', 'tab');
    await op.type('99887766');
    await op.press('f9');
    expect(await stored()).toMatchObject([{ last4: '7766' }]);
    expect(op.message()).not.toContain('U undoes it.');
    await op.press('U');
    expect(op.message()).toContain('There is nothing to undo');
    expect(await stored()).toMatchObject([{ last4: '7766' }]);
  });

  test('a card comes by the link and its signed result alone; a number typed there is refused', async () => {
    const { database, accountId, call, stored } = await home();
    await call(setOption, { name: 'cardFormUrl', value: 'https://cards.example/f' });
    const file = join(freshFolder(), 'secret');
    writeFileSync(file, CARD_SECRET, { mode: 0o600 });
    vi.stubEnv('METERDESK_CARD_SECRET_FILE', file);
    const op = await atAccount(database, accountId, 'customer', { size: [120, 40] });
    await atPart(op);
    await op.press('enter');
    await op.type('Credit');
    await op.press('enter');
    await op.type('Show');
    await op.press('enter');
    const shown = op.lines().flatMap((line) => /│ +([\w.~:/?=&%-]{20,}) *│/.exec(line)?.[1] ?? []);
    const result = processorAnswers(shown.join(''));
    await op.press('escape');
    await op.type('Enter');
    await op.press('enter');
    await op.type('4242424242424242');
    await op.press('f9');
    expect(op.text()).toContain('This looks like a card number');
    await op.press('ctrl+u');
    await op.type(result);
    await op.press('f9');
    expect(op.message()).toContain('token sealed');
    expect(await stored()).toMatchObject([
      { method: 'card', bank_or_brand: 'Visa', last4: '4242', expires_in: '2028-05' },
    ]);
    vi.unstubAllEnvs();
  });

  test('who may only read is told why', async () => {
    const { database, accountId, draft } = await home();
    await draft();
    const reader = actor('accounts.read', 'customers.read', 'lookup.use');
    const op = await atAccount(database, accountId, 'customer', { actor: reader, size: [120, 40] });
    await atPart(op);
    await op.press('enter');
    expect(op.message()).toContain('You may not change auto payment (autopay.edit).');
    for (let line = 0; line < 6; line += 1) await op.press('down');
    expect(tabText(op)).toMatch(/Account no\. +•••••••••• /);
  });
});

describe('a reset of the web login', () => {
  test('asks, queues the link and says so; without an e-mail address it is not to be had', async () => {
    const { database, accountId, customerId, call } = await home();
    for (const [name, value] of Object.entries({
      mailServer: 'smtp://127.0.0.1:1',
      mailFrom: 'web@water.example',
      webLoginUrl: 'https://my.water.example/password',
    })) {
      await call(setOption, { name: name as 'mailFrom', value });
    }
    const before = await atAccount(database, accountId, 'customer');
    await before.press('L');
    expect(before.message()).toContain('The customer has no e-mail address.');
    await new Utility(database).add('customer_email', {
      id: 9,
      customer_id: customerId,
      address: 'ana@home.example',
      is_primary: 1,
    });
    const op = await atAccount(database, accountId, 'customer');
    await op.press(']', ']', 'down', 'down', 'down', 'enter');
    expect(op.text()).toContain('A link to choose a new password goes to ana@home.example.');
    await op.wait(400);
    await op.press('y');
    expect(op.message()).toContain('The link waits to go to ana@home.example.');
    const token = await database.db.selectFrom('web_login_token').selectAll().executeTakeFirstOrThrow();
    expect(token).toMatchObject({ customer_id: customerId, sent_to: 'ana@home.example', used_at: null });
  });
});
