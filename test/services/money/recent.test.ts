import { expect, test } from 'vitest';
import { openBatch } from '#services/batches/state.ts';
import { setOption } from '#services/options/operations.ts';
import { recentPayments } from '#services/payments/recent.ts';
import { actor, runnerFor } from '#test/support/database.ts';
import { paid, taken, till } from '#test/support/money.ts';

const cash = (cents: number) => [{ method: 'cash', cents }];

test('tells the payments of one’s own batch, the last first, and counts all of it', async () => {
  const { call, account } = await till();
  expect(await call(recentPayments, { limit: 10 })).toEqual({ batch: null, count: 0, cents: 0, payments: [] });
  const accounts = [{ accountId: account.id }];
  await taken(call, { accounts, tenders: cash(1000) });
  await taken(call, { accounts, tenders: [...cash(500), { method: 'check', cents: 250, reference: '7' }] });
  const { batch, count, cents, payments } = await call(recentPayments, { limit: 1 });
  expect({ batch: batch?.number, count, cents }).toEqual({ batch: 'B000001', count: 2, cents: 1750 });
  expect(payments).toMatchObject([
    { receipt: 'R0000002', totalCents: 750, methods: ['Cash', 'Check'], accounts: 1, posted: false },
  ]);
});

test('tells another batch where one is named', async () => {
  const { call, account } = await till();
  const { batchId } = await call(openBatch, {
    kind: 'payments',
    description: 'Mail',
    controlCents: null,
    controlCount: null,
  });
  await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(1000), batchId });
  expect(await call(recentPayments, { limit: 10 })).toMatchObject({ batch: null, count: 0 });
  expect(await call(recentPayments, { batchId, limit: 10 })).toMatchObject({ count: 1, cents: 1000 });
});

test('where payments count at once it tells one’s own of the day', async () => {
  const { call, account } = await till();
  await call(setOption, { name: 'paymentsPost', value: 'at_once', version: 0 });
  await paid(call, { accounts: [{ accountId: account.id }], tenders: cash(1000) });
  const { batch, count, cents, payments } = await call(recentPayments, { limit: 10 });
  expect({ batch, count, cents }).toEqual({ batch: null, count: 1, cents: 1000 });
  expect(payments).toMatchObject([{ posted: true }]);
});

test('counts payments of private customers and does not list them', async () => {
  const { call, utility, database } = await till();
  const account = await utility.account(
    await utility.customer('Secret, Sam', { public: 0 }),
    await utility.location('1 Hidden Ln'),
  );
  await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(1000) });
  const other = runnerFor(database, actor('payments.enter'));
  expect(await other(recentPayments, { limit: 10 })).toMatchObject({ count: 1, cents: 1000, payments: [] });
});
