import { expect, test } from 'vitest';
import { postWholeBatch } from '#services/batches/post.ts';
import { balanceBatch } from '#services/batches/state.ts';
import { correctRefund, deleteRefund, enterRefund } from '#services/corrections/refund.ts';
import { numberChecks, refundCandidates, runRefunds } from '#services/corrections/refund-run.ts';
import { listAudit } from '#services/audit/list.ts';
import { billNow } from '#services/corrections/bill-special-charges.ts';
import {
  addSpecialCharge,
  editSpecialCharge,
  listSpecialCharges,
  removeSpecialCharge,
} from '#services/corrections/special-charges.ts';
import { Books } from '#test/support/books.ts';

const how = { method: 'check' as const, reference: null, memo: null };

test('a refund is of open credit alone and waits; two cannot promise the same money', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  const water = await books.town.serviceType('WAT');
  await books.pay(account, [{ method: 'cash', cents: 5000 }]);
  await books.pay(account, [{ method: 'cash', cents: 900 }], { service: water });
  await expect(books.call(enterRefund.command, { accountId: account.id, cents: 5001, ...how })).rejects.toMatchObject({
    fields: { cents: 'At most 50.00 can be refunded.' },
  });
  const { transactionIds } = await books.call(enterRefund.command, { accountId: account.id, cents: 3000, ...how });
  expect(await books.balance(account)).toEqual({ posted: -5900, unposted: 3000 });
  await expect(books.call(enterRefund.command, { accountId: account.id, cents: 2001, ...how })).rejects.toMatchObject({
    fields: { cents: 'At most 20.00 can be refunded.' },
  });
  await books.call(deleteRefund, { transactionId: transactionIds[0]!, version: 1 });
  await books.call(enterRefund.command, { accountId: account.id, ...how });
  expect(await books.balance(account)).toEqual({ posted: -5900, unposted: 5000 });
  expect(await books.findings()).toEqual([]);
});

test('the run pays closed accounts, gives checks their numbers, and posts them as a batch', async () => {
  const books = await Books.open();
  const closed = (line1: string, credit: number) =>
    (async () => {
      const account = await books.town.account(await books.town.customer('Gone'), await books.town.location(line1), {
        activity: 'final',
        moved_out_on: '2026-10-01',
      });
      await books.pay(account, [{ method: 'cash', cents: credit }]);
      return account;
    })();
  const [first, second] = [await closed('1 Elm St', 5000), await closed('2 Elm St', 700)];
  await closed('3 Elm St', 50);
  const living = await books.town.household();
  await books.pay(living, [{ method: 'cash', cents: 9000 }]);
  const found = await books.call(refundCandidates, { finalOnly: true });
  expect(found.map(({ accountId, creditCents }) => [accountId, creditCents])).toEqual([
    [first.id, 5000],
    [second.id, 700],
  ]);
  expect(await books.call(refundCandidates, { finalOnly: false, leastCents: 1 })).toHaveLength(4);
  // What is owed beside the credit is not paid out by a run; by hand one is told.
  await books.setOption('creditToBills', false);
  await books.charge(second, [{ amountCents: 200 }]);
  found[1] = { ...found[1]!, creditCents: 500 };
  expect((await books.call(enterRefund.preview, { accountId: second.id, ...how })).warnings).toEqual([
    'There are open debts that this credit could pay.',
  ]);
  const run = await books.call(runRefunds, {
    accountIds: found.map((row) => row.accountId),
    method: 'check',
    memo: null,
  });
  expect(await books.balance(second)).toEqual({ posted: -500, unposted: 500 });
  expect(await books.call(refundCandidates, { finalOnly: true })).toEqual([]);
  expect(await books.call(numberChecks, { batchId: run.batchId })).toEqual({ checks: ['1', '2'] });
  await books.call(balanceBatch, { batchId: run.batchId, version: 1 });
  await expect(books.call(deleteRefund, { transactionId: run.transactionIds[0]!, version: 2 })).rejects.toMatchObject({
    message: expect.stringContaining('balanced'),
  });
  await postWholeBatch(books.call, run.batchId);
  expect(await books.open(first)).toEqual({ debts: [], credits: [] });
  const [refund] = run.transactionIds;
  await books.call(correctRefund.command, { transactionId: refund!, reference: '1007', memo: 'Check 1 was lost' });
  await expect(books.call(deleteRefund, { transactionId: refund!, version: 1 })).rejects.toMatchObject({
    code: 'refused',
  });
  await expect(books.call(numberChecks, { batchId: run.batchId })).rejects.toMatchObject({ code: 'refused' });
  const told = await books.database.db
    .selectFrom('ledger_transaction')
    .select(['reference', 'amount_cents as cents'])
    .where('corrects_id', '=', refund!)
    .execute();
  expect(told).toEqual([{ reference: '1007', cents: 0 }]);
  expect(await books.findings()).toEqual([]);
});

test('special charges wait, are changed and removed until they are billed with their tax', async () => {
  const books = await Books.open();
  await books.database.db
    .updateTable('code_value')
    .set({ attributes: JSON.stringify({ gl: '2300', millionths: 82_500 }) })
    .where('code', '=', 'tax')
    .execute();
  const account = await books.town.household();
  const add = (code: string, cents: number) =>
    books.call(addSpecialCharge.command, {
      accountId: account.id,
      code,
      description: '',
      cents,
      serviceTypeId: null,
      reason: null,
    });
  const [service, copy, courtesy] = [await add('service', 5000), await add('copy', 300), await add('credit', -1000)];
  await expect(add('nothing', 100)).rejects.toMatchObject({ fields: { code: 'There is no such code.' } });
  await expect(add('copy', 0)).rejects.toMatchObject({ code: 'invalid' });
  const edited = await books.call(editSpecialCharge.command, {
    ...service,
    code: 'service',
    description: 'Leak search',
    cents: 6000,
    serviceTypeId: null,
    reason: null,
  });
  await expect(books.call(removeSpecialCharge.command, { ...service, reason: null })).rejects.toMatchObject({
    code: 'conflict',
  });
  await books.call(removeSpecialCharge.command, { ...copy, reason: 'Not asked for' });
  const preview = {
    accountId: account.id,
    code: 'copy',
    description: '',
    cents: 300,
    serviceTypeId: null,
    reason: null,
  };
  const looked = await books.call(addSpecialCharge.preview, preview);
  // 60.00 with 4.95 tax and the courtesy wait already; a copy of a bill is not taxed.
  expect(looked.waiting).toMatchObject({ beforeCents: 5495, afterCents: 5795, billed: { balanceCents: 5795 } });
  expect(looked.waiting!.billed.ageing.current.cents).toBe(5795);
  expect(looked.accounts).toMatchObject([{ before: { balanceCents: 0 }, after: { balanceCents: 0 } }]);
  // Whoever adds it needs no open day: the bill that it waits for is of the first one.
  const closed = { name: 'All of it', starts_on: '2026-01-01', ends_on: '2026-12-31', status: 'closed' } as const;
  await books.town.add('accounting_period', closed);
  expect((await books.call(addSpecialCharge.preview, preview)).waiting).toMatchObject({ afterCents: 5795 });
  await books.database.db.updateTable('accounting_period').set({ status: 'open' }).execute();
  expect(await books.call(listSpecialCharges, { accountId: account.id, all: false })).toHaveLength(2);
  await books.call(billNow.command, { accountId: account.id });
  // 60.00 and 4.95 tax, less the courtesy.
  expect(await books.balance(account)).toEqual({ posted: 5495, unposted: 0 });
  const all = await books.call(listSpecialCharges, { accountId: account.id, all: true });
  expect(all.map(({ description, status }) => [description, status])).toEqual([
    ['Copy of a bill', 'removed'],
    ['Leak search', 'billed'],
    ['Courtesy credit', 'billed'],
  ]);
  await expect(books.call(removeSpecialCharge.command, { ...edited, reason: null })).rejects.toMatchObject({
    message: expect.stringContaining('billed'),
  });
  await expect(books.call(billNow.command, { accountId: account.id })).rejects.toMatchObject({ code: 'refused' });
  expect(courtesy.version).toBe(1);
  const { entries } = await books.call(listAudit, { filters: { operation: 'specialCharge.' }, limit: 50 });
  expect(entries.map(({ operation, record }) => [operation, record])).toContainEqual([
    'specialCharge.remove',
    expect.stringMatching(/^on A\d+$/),
  ]);
  expect(await books.findings()).toEqual([]);
});
