import { expect, test } from 'vitest';
import { applyCredit, convertCredit } from '#services/corrections/credit.ts';
import { returnPayment } from '#services/corrections/return-payment.ts';
import { enterRefund } from '#services/corrections/refund.ts';
import { post } from '#services/ledger/post.ts';
import { chargeDeposit } from '#services/deposits/charge.ts';
import { transferBalance } from '#services/corrections/transfer-balance.ts';
import { transferPayment } from '#services/corrections/transfer-payment.ts';
import { Books } from '#test/support/books.ts';
import { TODAY } from '#test/support/database.ts';

async function twoAccounts() {
  const books = await Books.open();
  return {
    books,
    a: await books.town.household(),
    b: await books.town.household('Oak, Ann', '9 Oak Ave'),
  };
}

test('T1: 30 of a payment of 100 move to another account, dated as the payment; sums stay', async () => {
  const { books, a, b } = await twoAccounts();
  await books.charge(a, [{ amountCents: 10_000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  await books.charge(b, [{ amountCents: 5000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  const [part] = await books.pay(a, [{ method: 'cash', cents: 10_000 }], { on: '2026-09-02' });
  const input = { transactionId: part!.id, toAccountId: b.id, cents: 3000, memo: null };
  const effect = await books.call(transferPayment.preview, input);
  expect(effect.accounts.map(({ before, after }) => [before.balanceCents, after.balanceCents])).toEqual([
    [0, 3000],
    [5000, 2000],
  ]);
  const receipt = await books.call(transferPayment.command, input);
  const legs = await books.database.db
    .selectFrom('ledger_transaction')
    .select(['kind', 'account_id as account', 'effective_on as on', 'amount_cents as cents', 'counterpart_id as other'])
    .where('id', 'in', receipt.transactionIds)
    .orderBy('id')
    .execute();
  expect(legs).toEqual([
    { kind: 'transfer_out', account: a.id, on: '2026-09-02', cents: 3000, other: receipt.transactionIds[1] },
    { kind: 'transfer_in', account: b.id, on: '2026-09-02', cents: -3000, other: receipt.transactionIds[0] },
  ]);
  expect(await books.open(a)).toEqual({ debts: [['2026-08-20', 3000]], credits: [] });
  expect(await books.open(b)).toEqual({ debts: [['2026-08-20', 2000]], credits: [] });
  await expect(books.call(transferPayment.command, { ...input, cents: 7001 })).rejects.toMatchObject({
    fields: { cents: 'Only 70.00 of it can go' },
  });
  expect(await books.findings()).toEqual([]);
});

test('a payment of a closed period moves on the first open day; refunded and returned money does not move', async () => {
  const { books, a, b } = await twoAccounts();
  const [part] = await books.pay(a, [{ method: 'check', cents: 9000 }], { on: '2026-09-02' });
  const refund = await books.call(enterRefund.command, {
    accountId: a.id,
    cents: 4000,
    method: 'check',
    reference: null,
    memo: null,
  });
  await books.do((ctx) => post(ctx, refund.transactionIds));
  await books.town.add('accounting_period', {
    name: 'September',
    starts_on: '2026-09-01',
    ends_on: '2026-09-30',
    status: 'closed',
  });
  const input = { transactionId: part!.id, toAccountId: b.id, memo: null };
  const effect = await books.call(transferPayment.preview, input);
  expect(effect.made.map(({ effectiveOn, amountCents }) => [effectiveOn, amountCents])).toEqual([
    ['2026-10-01', 5000],
    ['2026-10-01', -5000],
  ]);
  expect(effect.warnings[0]).toContain('2026-10-01');
  await books.call(returnPayment.command, { transactionId: part!.id, reason: 'R01', reference: null, memo: null });
  await expect(books.call(transferPayment.command, input)).rejects.toMatchObject({ code: 'refused' });
  // The customer has the refund: that is owed now.
  expect((await books.open(a)).debts).toEqual([[TODAY, 4000]]);
});

test('debts that move keep their due dates, credit moves as credit; each way once and no more than there is', async () => {
  const { books, a, b } = await twoAccounts();
  const water = await books.town.serviceType('WAT');
  await books.charge(a, [{ amountCents: 4000, serviceTypeId: water }], { on: '2026-07-01', dueOn: '2026-07-20' });
  await books.charge(a, [{ amountCents: 1000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  const debts = { accountId: a.id, toAccountId: b.id, what: 'debts' as const, memo: null };
  await expect(books.call(transferBalance.command, { ...debts, cents: 5001 })).rejects.toMatchObject({
    fields: { cents: 'At most 50.00.' },
  });
  const effect = await books.call(transferBalance.preview, debts);
  expect(effect.accounts.map(({ after }) => after.ageing.older.cents)).toEqual([0, 5000]);
  await books.call(transferBalance.command, debts);
  expect(await books.open(b)).toEqual({
    debts: [
      ['2026-07-20', 4000],
      ['2026-08-20', 1000],
    ],
    credits: [],
  });
  expect(await books.open(a)).toEqual({ debts: [], credits: [] });
  await books.pay(a, [{ method: 'cash', cents: 4500 }]);
  await books.call(transferBalance.command, { ...debts, what: 'credit' });
  expect(await books.open(b)).toEqual({ debts: [['2026-08-20', 500]], credits: [] });
  await expect(books.call(transferBalance.command, { ...debts, what: 'credit' })).rejects.toMatchObject({
    message: 'There is no open credit.',
  });
  expect(await books.findings()).toEqual([]);
});

test('credit of a service becomes open credit, pays other debts when applied, and goes back with a returned check', async () => {
  const { books, a } = await twoAccounts();
  const [water, sewer] = [await books.town.serviceType('WAT'), await books.town.serviceType('SEW')];
  const [part] = await books.pay(a, [{ method: 'check', cents: 5000 }], { on: '2026-09-01', service: water });
  await books.charge(a, [{ amountCents: 3000, serviceTypeId: sewer }], { on: '2026-08-01', dueOn: '2026-08-20' });
  await expect(books.call(applyCredit.command, { accountId: a.id })).rejects.toMatchObject({ code: 'refused' });
  const [effect] = (await books.call(convertCredit.preview, { accountId: a.id, memo: null })).accounts;
  expect([effect!.before, effect!.after].map(({ ageing, serviceCreditCents: tied }) => [ageing.credit, tied])).toEqual([
    [5000, 5000],
    [5000, 0],
  ]);
  await books.call(convertCredit.command, { accountId: a.id, memo: null });
  expect(await books.open(a)).toEqual({ debts: [['2026-08-20', 3000]], credits: [5000] });
  await books.call(applyCredit.command, { accountId: a.id, cents: 1000 });
  expect(await books.open(a)).toEqual({ debts: [['2026-08-20', 2000]], credits: [4000] });
  await books.call(applyCredit.command, { accountId: a.id });
  expect((await books.open(a)).credits).toEqual([2000]);
  await books.call(returnPayment.command, {
    transactionId: part!.id,
    reason: 'R01',
    reference: null,
    memo: null,
    feeCents: 0,
  });
  expect(await books.open(a)).toEqual({ debts: [['2026-08-20', 3000]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('money does not go to an account that its mover may not see', async () => {
  const { books, a } = await twoAccounts();
  const hidden = await books.town.account(
    await books.town.customer('Mayor', { public: 0 }),
    await books.town.location('1 Elm St'),
  );
  const [part] = await books.pay(a, [{ method: 'cash', cents: 1000 }]);
  const clerk = books.as('carl', 0, 'payments.transfer', 'balances.transfer');
  const hiddenFrom = { code: 'not_found' };
  const to = { toAccountId: hidden.id, memo: null };
  await expect(clerk(transferPayment.command, { transactionId: part!.id, ...to })).rejects.toMatchObject(hiddenFrom);
  await expect(clerk(transferPayment.preview, { transactionId: part!.id, ...to })).rejects.toMatchObject(hiddenFrom);
  await expect(clerk(transferBalance.command, { accountId: a.id, what: 'credit', ...to })).rejects.toMatchObject(
    hiddenFrom,
  );
  await expect(
    clerk(transferBalance.command, { accountId: hidden.id, what: 'debts', toAccountId: a.id, memo: null }),
  ).rejects.toMatchObject(hiddenFrom);
});

test('the charge of a deposit stays when the other debts move: it tells what of the deposit was collected', async () => {
  const { books, a, b } = await twoAccounts();
  await books.charge(a, [{ amountCents: 1000 }], { on: '2026-08-01', dueOn: '2026-08-20' });
  const { depositId } = await books.call(chargeDeposit, { accountId: a.id, code: 'standard', amountCents: 5000 });
  const input = { accountId: a.id, toAccountId: b.id, what: 'debts' as const, memo: null };
  expect((await books.call(transferBalance.preview, input)).warnings).toEqual([
    'Charges of deposits stay: transfer the deposit itself.',
    'The other account is another customer’s.',
  ]);
  await books.call(transferBalance.command, input);
  expect((await books.open(b)).debts).toEqual([['2026-08-20', 1000]]);
  const deposit = await books.database.db
    .selectFrom('deposit')
    .select('collected_cents as collected')
    .where('id', '=', depositId)
    .executeTakeFirst();
  expect(deposit).toEqual({ collected: 0 });
  expect(await books.findings()).toEqual([]);
});
