import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { makeScanLine } from '#domain/scan-line.ts';
import type { PaymentState } from '#screens/payment/model.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import { postPayment } from '#services/payments/post.ts';
import { enterPayment } from '#services/payments/write.ts';
import { actor } from '#test/support/database.ts';
import { balanceOf, openDebts, taken, till } from '#test/support/money.ts';
import { SIZES } from '#test/support/panel.ts';
import { type AppOptions, type Operator, signedInApp } from '#test/support/tty.tsx';

/** Rivera owes 45.20 since March and 30.00 since April, Bell 70.00; Noel pays nothing, Okoye by no check. */
async function counter() {
  const all = await till();
  const { utility, database } = all;
  const make = async (name: string, number: string, flags: object = {}) =>
    utility.account(
      await utility.customer(name, { number: `C${number}`, ...flags }),
      await utility.location(`${number} Elm St`),
      {
        number,
      },
    );
  const rivera = await make('Rivera, Ana', '10023');
  const bell = await make('Bell, Bo', '10024');
  const noel = await make('Noel, Nina', '10025', { no_payments: 1 });
  const okoye = await make('Okoye, Ola', '10026', { no_checks: 1 });
  await utility.charge(rivera, 4520, { on: '2026-02-10', dueOn: '2026-03-01', number: 'I-1' });
  await utility.charge(rivera, 3000, { on: '2026-03-10', dueOn: '2026-04-01', number: 'I-2' });
  await utility.charge(bell, 7000);
  await utility.charge(okoye, 1000);
  await utility.note({ body: 'Bring the receipt', customer_id: rivera.customerId, payment_center: 1 });
  await rebuildIndex(database);
  return { ...all, rivera, bell, noel, okoye };
}

async function atCounter(database: Database, options: Omit<AppOptions, 'database'> = {}): Promise<Operator> {
  const op = await signedInApp({ database, ...options });
  op.shell.desktop.open('payment', undefined);
  await op.settled();
  return op;
}

const payments = (database: Database) =>
  database.db
    .selectFrom('payment')
    .select(['number', 'total_cents as cents', 'channel', 'mode', 'memo'])
    .orderBy('id')
    .execute();
const tenders = (database: Database) =>
  database.db.selectFrom('tender').select(['method', 'amount_cents as cents', 'reference']).orderBy('id').execute();

describe.each(SIZES)('at the counter, %i×%i', (...size) => {
  test('number, Enter, Enter, Enter: the balance is taken in cash and the field waits for the next', async () => {
    const { database, rivera } = await counter();
    const op = await atCounter(database, { size });
    await op.type('10023');
    await op.press('enter');
    expect(op.text()).toContain('10023 Rivera, Ana');
    expect(op.text()).toMatch(/Balance 75\.20 +Past due 75\.20/);
    expect(op.text()).toContain('Note: Bring the receipt');
    await op.press('enter', 'enter');
    expect(op.text()).toContain('R0000001 taken: 75.20 Cash, 10023 Rivera, Ana. Balance 0.00.');
    expect(op.text()).toMatch(/B000001 1 for 75\.20/);
    expect(op.text()).toMatch(/R0000001 +(?:\d\d:\d\d +)?10023 +Rivera, Ana +Cash +75\.20/);
    await op.type('10024');
    await op.press('enter', 'f6');
    expect(op.text()).toMatch(/Amount +75\.20 +Paid by Cash/);
    await op.press('f9');
    expect(op.text()).toMatch(/B000001 2 for 150\.40/);
    expect(await balanceOf(database, rivera.id)).toEqual({ posted: 7520, unposted: -7520 });
    expect(op.unexpected).toEqual([]);
  });

  test('typed ahead as fast as hands go, the method by its letter, the number of the check behind it', async () => {
    const { database } = await counter();
    const op = await atCounter(database, { size });
    await op.send('10023\r12.5h\r4711\r10024\r\rc\r');
    expect(await payments(database)).toMatchObject([{ cents: 1250 }, { cents: 7000 }]);
    expect(await tenders(database)).toEqual([
      { method: 'check', cents: 1250, reference: '4711' },
      { method: 'cash', cents: 7000, reference: null },
    ]);
  });
});

describe('the account', () => {
  test('a scanned stub fills in account and amount; one that was read wrong takes nothing', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    const line = makeScanLine({ accountNumber: '10023', amountCents: 4520, dueOn: '2026-03-01' })!;
    await op.send(`${line}\r`);
    expect(op.text()).toMatch(/Amount 45\.20/);
    await op.press('f9');
    await op.send(`${line.slice(0, -1)}${(Number(line.at(-1)) + 1) % 10}\r\r\r`);
    expect(op.message()).toContain('The scan line was read wrong.');
    expect(await payments(database)).toHaveLength(1);
  });

  test('where several answer, the operator chooses and nothing typed ahead takes money', async () => {
    const { database, utility } = await counter();
    await utility.account(await utility.customer('Rivera, Zoe'), await utility.location('9 Oak St'), {
      number: '10999',
    });
    await rebuildIndex(database);
    const op = await atCounter(database);
    await op.send('rivera\r\r\r');
    expect(op.message()).toContain('3 accounts answer. Choose with the arrows, then Enter.');
    await op.press('enter', 'enter', 'enter');
    expect(await payments(database)).toEqual([]);
    await op.press('down');
    const chosen = op.lines().find((text) => text.startsWith('>'))!;
    await op.press('enter');
    expect(op.text()).toContain(chosen.slice(2, 7));
    expect(op.text()).toContain('Paid by Cash');
  });

  test('one that must not pay says why, and takes nothing', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10025\r\r\r');
    expect(op.text()).toContain('NO PAYMENT: The customer’s record says: accept no payments.');
    expect(await payments(database)).toEqual([]);
  });

  test('methods that one account refuses are gone for all of them, and named', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10023\rh');
    expect(op.text()).toContain('Paid by Check');
    await op.press('f7');
    await op.type('10026');
    await op.press('enter');
    expect(op.text()).toContain('Not accepted: Check, Lockbox');
    expect(op.text()).toContain('Paid by Cash');
    expect(op.text()).not.toContain('CHeck');
  });
});

describe('from elsewhere', () => {
  test('a key of the account panel and of Look up opens it with that account', async () => {
    const { database, rivera } = await counter();
    const op = await signedInApp({ database });
    op.shell.desktop.open('account', { accountId: rivera.id });
    await op.settled();
    await op.press('$');
    expect(op.text()).toMatch(/Amount 75\.20/);
    await op.press('f9', 'escape');
    expect(op.header()).toContain('Rivera, Ana');
    op.shell.desktop.open('look-up', { text: '10024' });
    await op.settled();
    await op.press('alt+p');
    expect(op.text()).toContain('10024 Bell, Bo');
    expect(await payments(database)).toHaveLength(1);
  });
});

test('Alt+B chooses the batch whichever part has the keys', async () => {
  const { database } = await counter();
  const op = await atCounter(database);
  const opens = async () => {
    await op.press('alt+b');
    expect(op.text()).toContain('My own of today');
    await op.press('escape');
  };
  await opens();
  await op.send('10024\r');
  await opens();
  await op.send('20h\r');
  expect(op.text()).toContain('Check no.');
  await opens();
});

describe('a payment of several', () => {
  test('accounts each get their slice, the source first; a slice can be set and the source changed', async () => {
    const { database, rivera, bell } = await counter();
    const op = await atCounter(database);
    await op.send('10023\r');
    await op.press('f7');
    await op.send('10024\r');
    expect(op.text()).toMatch(/Amount 145\.20/);
    await op.send('100\r');
    expect(op.text()).toMatch(/★ 10023 Rivera, Ana +75\.20 +75\.20 +0\.00/);
    expect(op.text()).toMatch(/10024 Bell, Bo +70\.00 +24\.80 +45\.20/);
    await op.press('tab', 'tab', 'down', '*');
    expect(op.text()).toMatch(/★ 10024 Bell, Bo/);
    await op.press('down');
    await op.send('40\r');
    await op.press('f9');
    expect(await payments(database)).toMatchObject([{ cents: 10_000 }]);
    expect(await balanceOf(database, rivera.id)).toMatchObject({ unposted: -4000 });
    expect(await balanceOf(database, bell.id)).toMatchObject({ unposted: -6000 });
    expect(op.text()).toMatch(/10024 \+1/);
  });

  test('means of payment add up, and cash handed over says what to give back', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10023\r');
    await op.send('5.20h');
    await op.press('f8');
    expect(op.text()).toMatch(/2\/2 Amount 70\.00 +Paid by Cash/);
    expect(op.text()).toContain('Check 5.20 + Cash 70.00  = 75.20');
    await op.press('tab', 'tab');
    await op.type('100');
    expect(op.text()).toContain('Give back 30.00');
    await op.press('enter');
    expect(op.text()).toContain('GIVE BACK 30.00.');
    expect(await tenders(database)).toMatchObject([
      { method: 'check', cents: 520 },
      { method: 'cash', cents: 7000 },
    ]);
  });
});

describe('spread by hand', () => {
  test('charges are paid one by one until nothing remains', async () => {
    const { database, call, rivera } = await counter();
    const op = await atCounter(database);
    await op.send('10023\r');
    await op.press('f4');
    await op.type('Manual');
    await op.press('enter');
    await op.send('40\r\r');
    expect(op.text()).toMatch(/applied 0\.00 +remaining 40\.00/);
    await op.press('down');
    await op.send('30');
    expect(op.text()).toMatch(/remaining 10\.00/);
    await op.press('up', 'p', 'enter');
    const [{ id }] = (await database.db.selectFrom('payment').select('id').execute()) as [{ id: number }];
    await call(postPayment, { paymentId: id });
    expect(await openDebts(database, rivera.id)).toEqual([3520, 0]);
  });

  test('by invoice, what is not applied is refused until the rest may stay with the account', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10023\r');
    await op.press('f4');
    await op.type('By invoice');
    await op.press('enter');
    await op.send('50\r\r');
    await op.send('20');
    await op.press('f9');
    expect(op.message()).toContain('30.00 is not applied');
    expect(await payments(database)).toEqual([]);
    await op.press('r', 'f9');
    expect(await payments(database)).toMatchObject([{ cents: 5000, mode: 'spec' }]);
  });
});

describe('nothing is taken by mistake', () => {
  test('the same once more is asked, and what was typed ahead is no answer', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10024\r50\r\r');
    await op.send('10024\r50\r\r\r\r');
    expect(op.text()).toContain('Take it once more?');
    expect(await payments(database)).toHaveLength(1);
    await op.wait(400);
    await op.press('escape');
    expect(op.text()).toMatch(/Amount +50\.00/);
    await op.press('f9');
    await op.wait(400);
    await op.press('y');
    expect(await payments(database)).toHaveLength(2);
  });

  test('a number typed into the amount by mistake is asked about before so much is taken', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10024\r10023\r\r\r\r');
    expect(op.text()).toContain('10,023.00 for 10024');
    expect(op.text()).toContain('70.00 is owed.');
    await op.wait(400);
    await op.press('enter');
    expect(await payments(database)).toEqual([]);
    expect(op.text()).toMatch(/Amount +10,023\.00/);
  });

  test('an amount that is none keeps what was typed and forgets what came behind it', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10024\r12.345\r\r\r');
    expect(op.text()).toContain('Not an amount.');
    expect(op.text()).toContain('12.345');
    await op.press('escape');
    expect(op.text()).toContain('No payment was taken yet.');
  });

  test('a digit that is no way to pay takes nothing: it may begin the number of a check', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10024\r20\r711\r');
    expect(op.message()).toContain('No way to pay has the key 7.');
    expect(await payments(database)).toEqual([]);
  });

  test('an answer that was lost is given again, and another amount does not become a second payment', async () => {
    const { database, call, bell } = await counter();
    const op = await atCounter(database);
    await op.send('10024\r20\r');
    const { entry } = op.shell.navigation.top!.store.getState() as PaymentState;
    const first = { accounts: [{ accountId: bell.id }], tenders: [{ method: 'cash', cents: 2000 }] };
    await call(enterPayment, first as PaymentFacts, { idempotencyKey: entry.key });
    await op.press('shift+tab');
    await op.send('30\r\r');
    expect(op.text()).toContain('This was taken already, as it was typed first: see the list.');
    expect(op.text()).toMatch(/R0000001 +(?:\d\d:\d\d +)?10024 +Bell, Bo +Cash +20\.00/);
    expect(await payments(database)).toHaveLength(1);
  });

  test('what somebody else does meanwhile is shown, and what was typed stays', async () => {
    const { database, call, bell } = await counter();
    const op = await atCounter(database);
    await op.wait(400);
    await op.send('10024\r33h');
    await taken(call, { accounts: [{ accountId: bell.id }], tenders: [{ method: 'cash', cents: 1000 }] });
    op.changes += 1;
    await op.wait(400);
    expect(op.text()).toContain('Unposted payment R0000001 -10.00 by tess');
    expect(op.text()).toMatch(/Amount 33 +Paid by Check/);
    await op.press('enter', 'enter');
    expect(op.text()).toContain('R0000002 taken: 33.00 Check');
  });

  test('a payment of several is dropped only when that is meant', async () => {
    const { database } = await counter();
    const op = await atCounter(database);
    await op.send('10023\r');
    await op.press('f7');
    await op.send('10024\r');
    await op.press('escape');
    expect(op.text()).toContain('Nothing of it has been taken.');
    await op.wait(400);
    await op.press('y');
    expect(op.text()).not.toContain('Paid by Cash');
  });
});

describe('the payments taken last', () => {
  test('are changed under their receipt number and deleted when that is confirmed', async () => {
    const { database, call, rivera } = await counter();
    await taken(call, { accounts: [{ accountId: rivera.id }], tenders: [{ method: 'cash', cents: 1000 }] });
    const op = await atCounter(database);
    await op.press('tab', 'enter');
    expect(op.header()).toContain('Change R0000001');
    await op.send('25\rh\r88\r');
    expect(op.text()).toContain('R0000001 saved: 25.00 Check');
    expect(await tenders(database)).toEqual([{ method: 'check', cents: 2500, reference: '88' }]);
    await op.press('tab', 'delete');
    expect(op.text()).toContain('R0000001, 25.00, 10023 Rivera, Ana');
    await op.wait(400);
    await op.press('y');
    expect(await payments(database)).toEqual([]);
    expect(await balanceOf(database, rivera.id)).toMatchObject({ unposted: 0 });
  });

  test('of another day keep their date, which does not stay for those that follow', async () => {
    const { database, call, rivera } = await counter();
    const accounts = [{ accountId: rivera.id }];
    await taken(call, { accounts, tenders: [{ method: 'cash', cents: 1000 }], paidOn: '2026-11-02', mode: 'fifo' });
    const op = await atCounter(database);
    await op.press('tab', 'e');
    expect(op.text()).toMatch(/FIFO · paid 2026-11-02/);
    await op.send('12\r\r');
    expect(op.text()).toContain('R0000001 saved: 12.00');
    expect(op.text()).toMatch(/ · 2026-11-21 · Counter/);
    const { paid_on } = await database.db.selectFrom('payment').select('paid_on').executeTakeFirstOrThrow();
    expect(paid_on).toBe('2026-11-02');
  });

  test('are not changed by who may only take them', async () => {
    const { database, call, rivera } = await counter();
    await taken(call, { accounts: [{ accountId: rivera.id }], tenders: [{ method: 'cash', cents: 1000 }] });
    const op = await atCounter(database, { actor: actor('payments.enter', 'lookup.use') });
    await op.press('tab', 'enter');
    expect(op.header()).not.toContain('Change');
    expect(op.footer()).not.toContain('Delete');
  });
});

test('date, memo and how it came are given in one form, and the date stays in sight', async () => {
  const { database } = await counter();
  const op = await atCounter(database);
  await op.send('10024\r');
  await op.press('alt+d');
  await op.type('-1');
  await op.press('tab');
  await op.type('by the neighbour');
  await op.press('tab', 'ctrl+u');
  await op.type('mail');
  await op.press('f9');
  expect(op.text()).toMatch(/paid 2026-11-20 · Mail · by the neighbour/);
  await op.press('f9');
  expect(await payments(database)).toMatchObject([{ channel: 'mail', memo: 'by the neighbour' }]);
  expect(op.text()).toMatch(/paid 2026-11-20 · Mail/);
});
