import { expect, test } from 'vitest';
import type { DeferredTerms } from '#domain/deferred.ts';
import { applyDeposit } from '#services/deposits/apply.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { returnPayment } from '#services/corrections/return-payment.ts';
import { reverseCharges } from '#services/corrections/reverse-charges.ts';
import { reversePayment } from '#services/corrections/reverse-payment.ts';
import { transferPayment } from '#services/corrections/transfer-payment.ts';
import { Books } from '#test/support/books.ts';
import { D2, deferredCode, fixed, ROUND } from '#test/support/deferred.ts';
import type { AccountRef } from '#test/support/premises.ts';

const why = { reason: 'R01', reference: null, memo: null };

/** A utility with opt-out charges, in their order. */
async function utility(...charges: Partial<DeferredTerms>[]): Promise<Books> {
  const books = await Books.open();
  for (const [sort, said] of charges.entries()) await set(books, `DEF${sort + 1}`, said, sort);
  return books;
}

const set = (books: Books, code: string, said: Partial<DeferredTerms>, sort = 0, active: 0 | 1 = 1) =>
  books.town.add('code_value', deferredCode(code, said, sort, active));

/** Bills 42.00, or what is said, with its statement. */
async function billed(books: Books, account: AccountRef, cents = 4200, on = '2026-11-01'): Promise<number> {
  await books.charge(account, [{ amountCents: cents }], { on, dueOn: '2026-11-20' });
  return books.town.add('statement', {
    number: `S${books.town.next()}`,
    customer_id: account.customerId,
    account_id: account.id,
    billed_on: on,
    due_on: '2026-11-20',
    previous_cents: 0,
    payments_cents: 0,
    charges_cents: cents,
    balance_cents: cents,
  });
}

const check = (cents: number) => [{ method: 'check', cents }];

/** Amounts of an account's deferred charges, and whether each was taken back. */
async function charged(books: Books, account: AccountRef): Promise<[string, number, boolean][]> {
  const rows = await books.database.db
    .selectFrom('deferred_posting as d')
    .innerJoin('ledger_transaction as t', 't.id', 'd.transaction_id')
    .select(['d.charge', 't.amount_cents as cents', 't.kind', 't.status', 'd.reversed_by_id as back'])
    .where('d.account_id', '=', account.id)
    .orderBy('d.id')
    .execute();
  expect(rows.every(({ kind, status }) => kind === 'deferred_charge' && status === 'posted')).toBe(true);
  return rows.map(({ charge, cents, back }) => [charge, cents, back !== null]);
}

test('D3: 44.00 paid on 42.00 owed: 2.00 of the charge is posted, the balance is nothing', async () => {
  const books = await utility(D2);
  const account = await books.town.household();
  await billed(books, account);
  await books.pay(account, check(4400));
  expect(await charged(books, account)).toEqual([['DEF1', 200, false]]);
  expect(await books.balance(account)).toEqual({ posted: 0, unposted: 0 });
  expect(await books.open(account)).toEqual({ debts: [], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('an overpayment is charged no more than is asked for, and not at all when nothing is left', async () => {
  const books = await utility(D2);
  const [rich, poor] = [await books.town.household(), await books.town.household('Oak, Ann', '1 Elm St')];
  await billed(books, rich);
  await billed(books, poor);
  await books.pay(rich, check(5000));
  await books.pay(poor, check(4200));
  expect(await charged(books, rich)).toEqual([['DEF1', 484, false]]);
  expect(await books.balance(rich)).toMatchObject({ posted: -316 });
  expect(await charged(books, poor)).toEqual([]);
  expect(await books.findings()).toEqual([]);
});

test('D4: 42.00 paid on 42.00 owed: a charge of the payment is owed, 3.00', async () => {
  const books = await utility({ ...ROUND, trigger: 'payment' });
  const account = await books.town.household();
  await billed(books, account);
  await books.pay(account, check(4200));
  expect(await charged(books, account)).toEqual([['DEF1', 300, false]]);
  expect(await books.balance(account)).toMatchObject({ posted: 300 });
  expect(await books.open(account)).toEqual({ debts: [[null, 300]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('a charge of the payment is paid by what the payment has left', async () => {
  const books = await utility({ ...ROUND, trigger: 'payment' });
  const account = await books.town.household();
  await billed(books, account);
  await books.pay(account, check(5000));
  expect(await books.open(account)).toEqual({ debts: [], credits: [500] });
  expect(await books.findings()).toEqual([]);
});

test('charges have their turns in their order, each sees what those before it left', async () => {
  const books = await utility(fixed(150), { ...fixed(100), trigger: 'payment' }, fixed(100));
  const account = await books.town.household();
  await billed(books, account);
  await books.pay(account, check(4400));
  expect(await charged(books, account)).toEqual([
    ['DEF1', 150, false],
    ['DEF2', 100, false],
  ]);
  expect(await books.balance(account)).toMatchObject({ posted: 50 });
});

test('once for each statement, however often it is paid in parts; or with each payment', async () => {
  const books = await utility(
    { ...ROUND, trigger: 'payment' },
    { ...fixed(100), trigger: 'payment', oncePerStatement: 0 },
  );
  const account = await books.town.household();
  await billed(books, account);
  await books.pay(account, check(2000));
  await books.pay(account, check(1000));
  expect(await charged(books, account)).toEqual([
    ['DEF1', 300, false],
    ['DEF2', 100, false],
    ['DEF2', 100, false],
  ]);
  await billed(books, account, 1100, '2026-11-10');
  await books.pay(account, check(1000));
  expect((await charged(books, account)).slice(3)).toEqual([
    ['DEF1', 400, false],
    ['DEF2', 100, false],
  ]);
});

test('of a statement that is paid already, or of none, only the fixed amount is left; without a statement it is once', async () => {
  const books = await utility({ ...D2, trigger: 'payment', oncePerStatement: 0 }, fixed(7));
  const account = await books.town.household();
  await books.pay(account, check(500));
  await books.pay(account, check(500));
  expect(await charged(books, account)).toEqual([
    ['DEF1', 100, false],
    ['DEF2', 7, false],
    ['DEF1', 100, false],
  ]);
});

test('who does not take part is not charged, nor is anybody what is not active', async () => {
  const books = await utility(ROUND);
  await set(books, 'OFF', fixed(100), 8, 0);
  await set(books, 'IN', { ...fixed(100), signUp: 'opt_in' }, 9);
  const [out, joined] = [await books.town.household(), await books.town.household('Oak, Ann', '1 Elm St')];
  const decide = (account: AccountRef, charge: string, yes: 0 | 1) =>
    books.town.add('deferred_participation', {
      customer_id: account.customerId,
      charge,
      participates: yes,
      changed_on: '2026-11-01',
      changed_at: 0,
      changed_by: 'tess',
      version: 1,
    });
  await decide(out, 'DEF1', 0);
  await decide(joined, 'IN', 1);
  for (const account of [out, joined]) {
    await billed(books, account);
    await books.pay(account, check(6000));
  }
  expect(await charged(books, out)).toEqual([]);
  expect(await charged(books, joined)).toEqual([
    ['DEF1', 300, false],
    ['IN', 100, false],
  ]);
});

test('a payment of two means of payment is one payment; many at once are as each by itself', async () => {
  const books = await utility({ ...fixed(100), trigger: 'payment', oncePerStatement: 0 });
  const account = await books.town.household();
  await billed(books, account);
  await books.pay(account, [...check(4200), { method: 'cash', cents: 50 }]);
  expect(await charged(books, account)).toEqual([['DEF1', 100, false]]);
  expect(await books.balance(account)).toMatchObject({ posted: 50 });
});

test('a returned item and a reversal take the charge back with the payment; the next payment brings it about again', async () => {
  const books = await utility({ ...ROUND, trigger: 'payment' });
  const account = await books.town.household();
  await billed(books, account);
  const [first] = await books.pay(account, check(4400));
  await books.call(returnPayment.command, { transactionId: first!.id, ...why, feeCents: 0 });
  expect(await charged(books, account)).toEqual([['DEF1', 300, true]]);
  expect(await books.balance(account)).toMatchObject({ posted: 4200 });
  expect(await books.open(account)).toEqual({ debts: [['2026-11-20', 4200]], credits: [] });
  const [second] = await books.pay(account, check(4200));
  await books.call(reversePayment.command, { transactionId: second!.id, reason: 'other', memo: null });
  expect(await charged(books, account)).toEqual([
    ['DEF1', 300, true],
    ['DEF1', 300, true],
  ]);
  expect(await books.open(account)).toEqual({ debts: [['2026-11-20', 4200]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('one of two means of payment comes back: the charge goes, what the other paid stays paid', async () => {
  const books = await utility(D2);
  const account = await books.town.household();
  await billed(books, account);
  const [cash, item] = await books.pay(account, [{ method: 'cash', cents: 3000 }, ...check(1500)]);
  expect(await charged(books, account)).toEqual([['DEF1', 300, false]]);
  await books.call(returnPayment.command, {
    transactionId: cash!.id,
    tenderIds: [item!.tenderId],
    ...why,
    feeCents: 0,
  });
  expect(await charged(books, account)).toEqual([['DEF1', 300, true]]);
  expect(await books.open(account)).toEqual({ debts: [['2026-11-20', 1200]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('a payment that goes to another account takes its charge back and brings none about there', async () => {
  const books = await utility(D2);
  const [from, to] = [await books.town.household(), await books.town.household('Oak, Ann', '1 Elm St')];
  await billed(books, from);
  await billed(books, to, 1000);
  const [part] = await books.pay(from, check(4400));
  const effect = await books.call(transferPayment.preview, { transactionId: part!.id, toAccountId: to.id, memo: null });
  expect(effect.accounts.map(({ after }) => after.balanceCents)).toEqual([4200, -3400]);
  expect(effect.warnings).toEqual(['Fund DEF1 of 2.00 is taken back with it.']);
  await books.call(transferPayment.command, { transactionId: part!.id, toAccountId: to.id, memo: null });
  expect(await charged(books, from)).toEqual([['DEF1', 200, true]]);
  expect(await charged(books, to)).toEqual([]);
  expect(await books.balance(from)).toMatchObject({ posted: 4200 });
  expect(await books.findings()).toEqual([]);
});

test('a charge that somebody reversed by hand is not reversed again with its payment', async () => {
  const books = await utility(D2);
  const account = await books.town.household();
  await billed(books, account);
  const [part] = await books.pay(account, check(5000));
  const made = await books.database.db
    .selectFrom('deferred_posting')
    .select('transaction_id as id')
    .executeTakeFirstOrThrow();
  await books.call(reverseCharges.command, { transactionId: made.id, reason: 'other', memo: null });
  expect(await books.balance(account)).toMatchObject({ posted: -800 });
  await books.call(reversePayment.command, { transactionId: part!.id, reason: 'other', memo: null });
  expect(await books.balance(account)).toMatchObject({ posted: 4200 });
  expect(await charged(books, account)).toEqual([['DEF1', 484, true]]);
  expect(await books.findings()).toEqual([]);
});

test('a deposit that is applied brings nothing about', async () => {
  const books = await utility({ ...fixed(100), trigger: 'payment', oncePerStatement: 0 });
  const account = await books.town.household();
  const { depositId } = await books.call(chargeDeposit, { accountId: account.id, code: 'standard', amountCents: 5000 });
  await books.pay(account, check(5000));
  await billed(books, account);
  await books.call(applyDeposit, { depositId });
  expect(await charged(books, account)).toHaveLength(1);
});

test('goes on the first service of the company that the account has, or of its own order', async () => {
  const books = await utility(fixed(100), { ...fixed(200), useCompanyOrder: 0, services: ['GAS', 'SEW', 'WAT'] });
  const account = await books.town.household();
  const water = await books.town.serviceType('WAT', { payoff_rank: 1 });
  const sewer = await books.town.serviceType('SEW', { payoff_rank: 2 });
  await books.town.serviceType('GAS', { payoff_rank: 3 });
  for (const service of [water, sewer]) await books.town.service(account, service);
  await billed(books, account);
  await books.pay(account, check(5000));
  const lines = await books.database.db
    .selectFrom('ledger_line')
    .select(['code', 'description', 'service_type_id as service', 'amount_cents as cents', 'open_cents as open'])
    .where('code', 'in', ['DEF1', 'DEF2'])
    .orderBy('code')
    .execute();
  expect(lines).toEqual([
    { code: 'DEF1', description: 'Fund DEF1', service: water, cents: 100, open: 0 },
    { code: 'DEF2', description: 'Fund DEF2', service: sewer, cents: 200, open: 0 },
  ]);
});

test('money bound to a service pays only what may go on that service, in the order of their turns', async () => {
  const books = await utility({ ...fixed(300), useCompanyOrder: 0, services: ['SEW'] }, fixed(50));
  const account = await books.town.household();
  const water = await books.town.serviceType('WAT', { payoff_rank: 1 });
  const sewer = await books.town.serviceType('SEW', { payoff_rank: 2 });
  for (const service of [water, sewer]) await books.town.service(account, service);
  await books.pay(account, check(1000), { service: water });
  expect(await charged(books, account)).toEqual([['DEF2', 50, false]]);
  await books.pay(account, check(120), { service: sewer });
  expect((await charged(books, account)).slice(1)).toEqual([['DEF1', 120, false]]);
  expect(await books.open(account)).toEqual({ debts: [], credits: [950] });
  expect(await books.findings()).toEqual([]);
});
