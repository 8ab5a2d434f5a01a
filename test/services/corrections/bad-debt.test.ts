import { expect, test } from 'vitest';
import { recoverBadDebt } from '#services/corrections/recovery.ts';
import { reinstate } from '#services/corrections/reinstate.ts';
import { runWriteOffs, writeOffCandidates } from '#services/corrections/write-off-run.ts';
import { writeOff } from '#services/corrections/write-off.ts';
import { enter } from '#services/ledger/enter.ts';
import { post } from '#services/ledger/post.ts';
import { Books } from '#test/support/books.ts';

async function closed() {
  const books = await Books.open();
  const customer = await books.town.customer('Gone, Guy');
  const account = await books.town.account(customer, await books.town.location('1 Elm St'), {
    activity: 'final',
    moved_out_on: '2026-06-30',
  });
  await books.charge(account, [{ amountCents: 4000 }], { on: '2026-06-01', dueOn: '2026-06-20' });
  await books.charge(account, [{ amountCents: 1500 }], { on: '2026-07-01', dueOn: '2026-07-20' });
  return { books, account };
}

const gone = { reason: 'gone', memo: null };
const back = { reference: 'REQ 7', memo: null };

test('a write-off closes the debts, a reinstatement opens them with their due dates, in part and no more than once', async () => {
  const { books, account } = await closed();
  const effect = await books.call(writeOff.preview, { accountId: account.id, ...gone });
  expect(effect.accounts[0]).toMatchObject({
    before: { balanceCents: 5500, ageing: { older: { cents: 5500 } } },
    after: { balanceCents: 0 },
  });
  const { transactionIds } = await books.call(writeOff.command, { accountId: account.id, ...gone });
  expect(await books.open(account)).toEqual({ debts: [], credits: [] });
  await expect(books.call(writeOff.command, { accountId: account.id, ...gone })).rejects.toMatchObject({
    message: 'Nothing is owed.',
  });
  const transactionId = transactionIds[0]!;
  await books.call(reinstate.command, { transactionId, cents: 4300, ...back });
  expect(await books.open(account)).toEqual({
    debts: [
      ['2026-06-20', 4000],
      ['2026-07-20', 300],
    ],
    credits: [],
  });
  await expect(books.call(reinstate.command, { transactionId, cents: 1201, ...back })).rejects.toMatchObject({
    fields: { cents: 'Only 12.00 of it stands.' },
  });
  await books.call(reinstate.command, { transactionId, ...back });
  await expect(books.call(reinstate.command, { transactionId, ...back })).rejects.toMatchObject({ code: 'refused' });
  expect(await books.balance(account)).toEqual({ posted: 5500, unposted: 0 });
  expect(await books.findings()).toEqual([]);
});

test('a payment on a written-off account pays that debt before a new charge', async () => {
  const { books, account } = await closed();
  await books.call(writeOff.command, { accountId: account.id, ...gone });
  await books.charge(account, [{ amountCents: 2000 }], { on: '2026-05-01', dueOn: '2026-05-20' });
  await books.do(async (ctx) => {
    const { id } = await enter(ctx, {
      account,
      kind: 'payment',
      effectiveOn: ctx.today,
      method: 'cash',
      lines: [{ debitGl: '1010', creditGl: '1200', amountCents: 6000, effect: -1 }],
    });
    expect(await recoverBadDebt(ctx, [id])).toHaveLength(1);
    await post(ctx, [id]);
  });
  expect(await books.open(account)).toEqual({ debts: [['2026-05-20', 1500]], credits: [] });
  expect(await books.findings()).toEqual([]);
});

test('credit is applied before debt is given up', async () => {
  const { books, account } = await closed();
  await books.call(writeOff.command, { accountId: account.id, cents: 5500, ...gone });
  await books.pay(account, [{ method: 'cash', cents: 100 }]);
  await books.setOption('creditToBills', false);
  await books.charge(account, [{ amountCents: 300 }]);
  await expect(books.call(writeOff.command, { accountId: account.id, ...gone })).rejects.toMatchObject({
    message: 'There is open credit: apply it first.',
  });
  await expect(books.call(runWriteOffs, { accountIds: [account.id], ...gone })).rejects.toMatchObject({
    message: expect.stringMatching(/^Account A\d+: There is open credit: apply it first. Nothing/),
  });
});

test('the run finds accounts closed for long enough, or small balances, and writes off those that are chosen', async () => {
  const { books, account } = await closed();
  const other = await books.town.account(account.customerId, await books.town.location('2 Elm St'), {
    activity: 'final',
    moved_out_on: '2026-11-01',
  });
  await books.charge(other, [{ amountCents: 450 }], { on: '2026-11-01' });
  const living = await books.town.household('Oak, Ann', '3 Elm St');
  await books.charge(living, [{ amountCents: 450 }]);
  const found = async (input: { small: boolean; closedDays?: number; leastCents?: number }) =>
    (await books.call(writeOffCandidates, { closedDays: 120, leastCents: 1, ...input })).map((row) => row.accountId);
  expect(await found({ small: false })).toEqual([account.id]);
  expect(await found({ small: false, closedDays: 0 })).toEqual([account.id, other.id]);
  expect(await found({ small: false, leastCents: 5501 })).toEqual([]);
  expect(await found({ small: true })).toEqual([other.id]);
  await expect(
    books.call(runWriteOffs, { accountIds: [account.id, living.id], reason: 'age', memo: null }),
  ).rejects.toMatchObject({ message: expect.stringContaining('is not closed') });
  expect(await books.balance(account)).toMatchObject({ posted: 5500 });
  await books.call(runWriteOffs, { accountIds: [account.id, other.id], reason: 'age', memo: null });
  expect(await found({ small: false, closedDays: 0 })).toEqual([]);
  expect(await books.findings()).toEqual([]);
});
