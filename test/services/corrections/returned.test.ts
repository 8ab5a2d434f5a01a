import { expect, test } from 'vitest';
import { chargeBack, returnPayment } from '#services/corrections/return-payment.ts';
import { editReturnFee, feesOf } from '#services/corrections/return-fee.ts';
import { reversePayment } from '#services/corrections/reverse-payment.ts';
import { listTenders } from '#services/corrections/tenders.ts';
import { transferPayment } from '#services/corrections/transfer-payment.ts';
import { listAudit } from '#services/audit/list.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { TODAY } from '#test/support/database.ts';
import { customerDetails } from '#services/customers/details.ts';
import { listRefundable } from '#services/deposits/refund-run.ts';
import { paid } from '#test/support/money.ts';
import { addDays } from '#domain/civil-date.ts';
import { Books } from '#test/support/books.ts';

const asked = { reason: 'R01', reference: null, memo: null };

test('N1: a returned payment re-opens what it paid with old due dates, takes its used credit back, and costs a fee', async () => {
  const books = await Books.open();
  await books.setOption('adjustmentsPost', 'at_once');
  const account = await books.town.household();
  for (const [cents, dueOn] of [
    [2000, '2026-08-20'],
    [3000, '2026-09-20'],
    [4000, '2026-10-20'],
  ] as const) {
    await books.charge(account, [{ amountCents: cents }], { on: '2026-08-01', dueOn });
  }
  const [part] = await books.pay(account, [{ method: 'check', cents: 10_000 }], { on: '2026-10-15' });
  await books.charge(account, [{ amountCents: 5000 }], { on: '2026-11-01', dueOn: '2026-11-20' });
  expect(await books.open(account)).toEqual({ debts: [['2026-11-20', 4000]], credits: [] });
  const before = await books.balance(account);
  const effect = await books.call(returnPayment.preview, { transactionId: part!.id, ...asked });
  expect(effect.accounts[0]).toMatchObject({ before: { balanceCents: 4000 }, after: { balanceCents: 16_500 } });
  expect(effect.changes.map(({ dueOn, beforeCents, afterCents }) => [dueOn, beforeCents, afterCents])).toEqual([
    ['2026-08-20', 0, 2000],
    ['2026-09-20', 0, 3000],
    ['2026-10-20', 0, 4000],
    ['2026-11-20', 4000, 5000],
  ]);
  expect(await books.balance(account)).toEqual(before);
  await books.call(returnPayment.command, { transactionId: part!.id, ...asked });
  expect(await books.balance(account)).toEqual({ posted: before.posted + 10_000 + 2500, unposted: 0 });
  expect(await books.open(account)).toEqual({
    debts: [
      ['2026-08-20', 2000],
      ['2026-09-20', 3000],
      ['2026-10-20', 4000],
      ['2026-11-20', 5000],
      [TODAY, 2500],
    ],
    credits: [],
  });
  expect(await books.findings()).toEqual([]);
});

test('N2: of a payment of cash and check only the check is returned; the cash stays', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  await books.charge(account, [{ amountCents: 7000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  await books.charge(account, [{ amountCents: 3000 }], { on: '2026-09-01', dueOn: '2026-09-20' });
  const [cash, check] = await books.pay(account, [
    { method: 'cash', cents: 4000 },
    { method: 'check', cents: 6000 },
  ]);
  expect(await books.call(listTenders, { transactionId: cash!.id })).toMatchObject([
    { tenderId: cash!.tenderId, core: 'cash', amountCents: 4000, takenBack: false },
    { tenderId: check!.tenderId, core: 'check', amountCents: 6000, takenBack: false },
  ]);
  await expect(books.call(returnPayment.command, { transactionId: cash!.id, ...asked })).rejects.toMatchObject({
    fields: { tenderIds: 'Choose at least one.' },
  });
  await expect(
    books.call(returnPayment.command, { transactionId: cash!.id, tenderIds: [cash!.tenderId], ...asked }),
  ).rejects.toMatchObject({ message: expect.stringContaining('Only checks') });
  await books.call(returnPayment.command, {
    transactionId: cash!.id,
    tenderIds: [check!.tenderId],
    ...asked,
    feeCents: 0,
  });
  expect(await books.open(account)).toEqual({
    debts: [
      ['2026-08-20', 3000],
      ['2026-09-20', 3000],
    ],
    credits: [],
  });
  expect(await books.findings()).toEqual([]);
});

test('N3: what was returned is not returned again, nor reversed', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const [part] = await books.pay(account, [{ method: 'check', cents: 6000 }]);
  await books.call(returnPayment.command, { transactionId: part!.id, ...asked });
  const again = { code: 'refused', message: expect.stringContaining('once') };
  await expect(books.call(returnPayment.command, { transactionId: part!.id, ...asked })).rejects.toMatchObject(again);
  await expect(
    books.call(reversePayment.command, { transactionId: part!.id, reason: 'amount', memo: null }),
  ).rejects.toMatchObject(again);
});

test('the second returned item in twelve months ends the acceptance of checks, and says so in the audit trail', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const noChecks = async (): Promise<number> =>
    (await books.database.db.selectFrom('customer').select('no_checks').executeTakeFirstOrThrow()).no_checks;
  for (const expected of [0, 1]) {
    const [part] = await books.pay(account, [{ method: 'lockbox', cents: 6000 }]);
    await books.call(returnPayment.command, { transactionId: part!.id, ...asked });
    expect(await noChecks()).toBe(expected);
  }
  const audited = await books.database.db
    .selectFrom('audit_entry')
    .select(['entity', 'reason'])
    .where('entity', '=', 'Customer')
    .execute();
  expect(audited).toEqual([{ entity: 'Customer', reason: '2 returned items in twelve months' }]);
});

test('an item over two accounts of a customer that came back is one returned item wherever they are counted', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const other = await books.town.account(account.customerId, await books.town.location('9 Oak St'));
  const { depositId } = await books.call(chargeDeposit, {
    accountId: account.id,
    code: 'standard',
    on: addDays(TODAY, -400),
  });
  await books.pay(account, [{ method: 'cash', cents: 15_000 }]);
  await books.charge(account, [{ amountCents: 3000 }]);
  await books.charge(other, [{ amountCents: 2000 }]);
  await paid(books.call, {
    accounts: [{ accountId: account.id }, { accountId: other.id }],
    tenders: [{ method: 'check', cents: 5000 }],
  });
  const parts = await books.database.db
    .selectFrom('ledger_transaction')
    .select('id')
    .where('kind', '=', 'payment')
    .where('method', '=', 'check')
    .execute();
  await books.call(returnPayment.command, { transactionId: parts[0]!.id, ...asked, feeCents: 0 });
  const returned = await books.database.db
    .selectFrom('ledger_transaction')
    .select('id')
    .where('kind', '=', 'nsf')
    .execute();
  expect([parts, returned].map((rows) => rows.length)).toEqual([2, 2]);
  const { messages } = await books.call(customerDetails, { customerId: account.customerId, accountId: null });
  expect(messages.nsf).toBe(1);
  const { rows } = await books.call(listRefundable, { all: true });
  expect(rows).toMatchObject([{ depositId, obstacles: expect.arrayContaining(['1 returned items']) }]);
  const { no_checks: refused } = await books.database.db
    .selectFrom('customer')
    .select('no_checks')
    .executeTakeFirstOrThrow();
  expect(refused).toBe(0);
});

test('the fee waits for its batch and can be changed until then; changing it takes a right', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const [part] = await books.pay(account, [{ method: 'check', cents: 6000 }]);
  const clerk = books.as('carl', 0, 'payments.return');
  await expect(
    clerk(returnPayment.command, { transactionId: part!.id, ...asked, feeCents: 100 }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  const receipt = await clerk(returnPayment.command, { transactionId: part!.id, ...asked });
  expect(await books.balance(account)).toEqual({ posted: 0, unposted: 2500 });
  const [fee] = await feesOf(books.database.db, receipt.transactionIds);
  const change = { transactionId: fee!.id, version: 1, feeCents: 1000, reference: null, memo: 'Waived in part' };
  await clerk(editReturnFee.command, change);
  expect(await books.balance(account)).toEqual({ posted: 0, unposted: 1000 });
  await expect(clerk(editReturnFee.command, change)).rejects.toMatchObject({ code: 'conflict' });
  expect(await books.findings()).toEqual([]);
});

test('a card payment is charged back without a fee; a reversal takes what is left of a payment', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  await books.charge(account, [{ amountCents: 9000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  const [card, cash] = await books.pay(account, [
    { method: 'card', cents: 6000 },
    { method: 'cash', cents: 3000 },
  ]);
  const tenderIds = [card!.tenderId];
  await books.call(chargeBack.command, { transactionId: card!.id, tenderIds, reference: null, memo: null });
  expect((await books.balance(account)).posted).toBe(6000);
  const reversal = { transactionId: cash!.id, reason: 'amount', memo: 'Counted wrong' };
  expect((await books.call(reversePayment.preview, reversal)).warnings).toEqual([
    'A part of this payment was returned before; the rest is reversed.',
  ]);
  await books.call(reversePayment.command, reversal);
  expect(await books.open(account)).toEqual({ debts: [['2026-08-20', 9000]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('money that was moved to another account is taken back there', async () => {
  const books = await Books.open();
  const [first, second] = [await books.town.household(), await books.town.household('Oak, Ann', '9 Oak Ave')];
  await books.charge(second, [{ amountCents: 3000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  await books.charge(first, [{ amountCents: 10_000 }], { on: '2026-08-01', dueOn: '2026-08-25' });
  const [part] = await books.pay(first, [{ method: 'check', cents: 10_000 }], { on: '2026-09-01' });
  await books.call(transferPayment.command, {
    transactionId: part!.id,
    toAccountId: second.id,
    cents: 3000,
    memo: null,
  });
  await books.call(returnPayment.command, { transactionId: part!.id, ...asked, feeCents: 0 });
  expect(await books.open(first)).toEqual({ debts: [['2026-08-25', 10_000]], credits: [] });
  expect(await books.open(second)).toEqual({ debts: [['2026-08-20', 3000]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('the same request twice returns an item once, and what it did is in the audit trail with before and after', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const [part] = await books.pay(account, [{ method: 'check', cents: 6000 }]);
  const once = { idempotencyKey: 'return-1' };
  const input = { transactionId: part!.id, ...asked, feeCents: 0 };
  const first = await books.call(returnPayment.command, input, once);
  expect(await books.call(returnPayment.command, input, once)).toEqual(first);
  expect((await books.balance(account)).posted).toBe(0);
  const { entries } = await books.call(listAudit, { filters: { operation: 'payment.return' }, limit: 10 });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ entity: 'LedgerTransaction', entityId: first.transactionIds[0], reason: 'R01' });
  expect(entries[0]!.changes).toContainEqual(expect.objectContaining({ field: 'amount' }));
});

test('a deposit that a returned check had paid is uncollected again', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const { depositId } = await books.call(chargeDeposit, { accountId: account.id, code: 'standard', amountCents: 5000 });
  const held = () =>
    books.database.db
      .selectFrom('deposit')
      .select(['status', 'held_cents as held'])
      .where('id', '=', depositId)
      .executeTakeFirst();
  const [part] = await books.pay(account, [{ method: 'check', cents: 5000 }]);
  expect(await held()).toEqual({ status: 'held', held: 5000 });
  await books.call(returnPayment.command, { transactionId: part!.id, ...asked, feeCents: 0 });
  expect(await held()).toEqual({ status: 'charged', held: 0 });
  expect(await books.findings()).toEqual([]);
});
