import { expect, test } from 'vitest';
import { deleteUnposted, editAdjustment, enterAdjustment } from '#services/corrections/adjust.ts';
import { approve, listApprovals, previewApproval, refuse, withdraw } from '#services/corrections/approvals.ts';
import type { AdjustmentFacts } from '#services/corrections/adjustment-facts.ts';
import { post } from '#services/ledger/post.ts';
import { Books } from '#test/support/books.ts';

const facts = (more: Partial<AdjustmentFacts> = {}): AdjustmentFacts => ({
  direction: 'credit',
  cents: 1500,
  reason: 'leak',
  dueOn: null,
  lineId: null,
  serviceTypeId: null,
  memo: null,
  ...more,
});

async function billed() {
  const books = await Books.open();
  const account = await books.town.household();
  const older = await books.charge(account, [{ amountCents: 1000 }], { on: '2026-07-01', dueOn: '2026-07-20' });
  const bill = await books.charge(account, [{ amountCents: 2000 }, { amountCents: 700 }], {
    on: '2026-08-01',
    dueOn: '2026-08-20',
  });
  return { books, account, older, bill };
}

test('an adjustment of a line waits for its batch and then pays that line before older debts', async () => {
  const { books, account, bill } = await billed();
  const input = { ...facts(), transactionId: bill.id, lineId: bill.lineIds[1]! };
  const effect = await books.call(enterAdjustment.preview, input);
  expect(effect).toMatchObject({
    made: [{ kind: 'adjustment', waits: true }],
    warnings: ['It is more than is open of this charge: the rest pays other debts.'],
  });
  expect(effect.changes.map(({ dueOn, beforeCents, afterCents }) => [dueOn, beforeCents, afterCents])).toEqual([
    ['2026-07-20', 1000, 200],
    ['2026-08-20', 700, 0],
  ]);
  const { transactionIds } = await books.call(enterAdjustment.command, input);
  expect(await books.balance(account)).toEqual({ posted: 3700, unposted: -1500 });
  const row = await books.database.db
    .selectFrom('ledger_transaction as t')
    .innerJoin('batch as b', 'b.id', 't.batch_id')
    .select(['b.kind', 'b.status', 't.corrects_id as corrects', 't.reason'])
    .executeTakeFirstOrThrow();
  expect(row).toEqual({ kind: 'adjustments', status: 'open', corrects: bill.id, reason: 'leak' });
  await books.do((ctx) => post(ctx, transactionIds));
  expect((await books.open(account)).debts).toEqual([
    ['2026-07-20', 200],
    ['2026-08-20', 2000],
  ]);
  expect(await books.findings()).toEqual([]);
});

test('posted at once where the company has it so; a debit is due with its line', async () => {
  const { books, account, bill } = await billed();
  await books.setOption('adjustmentsPost', 'at_once');
  await books.call(enterAdjustment.command, {
    ...facts({ direction: 'debit', cents: 300, reason: 'correction' }),
    transactionId: bill.id,
    lineId: bill.lineIds[0]!,
  });
  expect(await books.balance(account)).toEqual({ posted: 4000, unposted: 0 });
  expect((await books.open(account)).debts.at(-1)).toEqual(['2026-08-20', 300]);
});

test('while it is unposted an adjustment is changed and deleted, by who read its present version', async () => {
  const { books, account } = await billed();
  const { transactionIds } = await books.call(enterAdjustment.command, { ...facts(), accountId: account.id });
  const [transactionId] = transactionIds;
  await books.call(editAdjustment.command, { ...facts({ cents: 400 }), transactionId: transactionId!, version: 1 });
  expect(await books.balance(account)).toEqual({ posted: 3700, unposted: -400 });
  const old = { transactionId: transactionId!, version: 1 };
  await expect(books.call(deleteUnposted, old)).rejects.toMatchObject({ code: 'conflict' });
  await expect(books.call(editAdjustment.command, { ...facts(), ...old })).rejects.toMatchObject({ code: 'conflict' });
  await books.call(deleteUnposted, { ...old, version: 2 });
  expect(await books.balance(account)).toEqual({ posted: 3700, unposted: 0 });
  expect(await books.findings()).toEqual([]);
});

test('what is posted is neither changed nor deleted; a closed period takes nothing', async () => {
  const { books, account, bill } = await billed();
  await books.setOption('adjustmentsPost', 'at_once');
  const { transactionIds } = await books.call(enterAdjustment.command, { ...facts(), accountId: account.id });
  const old = { transactionId: transactionIds[0]!, version: 1 };
  await expect(books.call(deleteUnposted, old)).rejects.toMatchObject({ code: 'refused' });
  await expect(books.call(editAdjustment.command, { ...facts(), ...old })).rejects.toMatchObject({ code: 'refused' });
  await expect(books.call(deleteUnposted, { transactionId: bill.id, version: 1 })).rejects.toMatchObject({
    code: 'refused',
  });
  await books.town.add('accounting_period', {
    name: 'August',
    starts_on: '2026-08-01',
    ends_on: '2026-08-31',
    status: 'closed',
  });
  await expect(
    books.call(enterAdjustment.command, { ...facts({ effectiveOn: '2026-08-05' }), accountId: account.id }),
  ).rejects.toMatchObject({ message: expect.stringContaining('first open day is 2026-09-01') });
});

test('above the limit it waits for another person with a higher limit, who has it done in the same transaction', async () => {
  const { books, account } = await billed();
  await books.setOption('adjustmentsPost', 'at_once');
  const rights = ['adjustments.enter', 'adjustments.approve'];
  const carl = books.as('carl', 1000, ...rights);
  const dora = books.as('dora', 1400, ...rights);
  const max = books.as('max', null, ...rights);
  const input = { ...facts(), accountId: account.id };
  expect((await carl(enterAdjustment.preview, input)).warnings[0]).toContain('Your limit is 10.00');
  const asked = await carl(enterAdjustment.command, input);
  expect(asked).toMatchObject({ transactionIds: [], requestId: expect.any(Number) });
  expect(await books.balance(account)).toEqual({ posted: 3700, unposted: 0 });
  const [row] = await max(listApprovals, { status: 'pending' });
  expect(row).toMatchObject({ requestedBy: 'carl', amountCents: 1500, summary: 'Credit 15.00, Leak adjustment' });
  const decision = { requestId: row!.requestId, version: row!.version };
  await expect(carl(approve, decision)).rejects.toMatchObject({ message: expect.stringContaining('of their own') });
  await expect(dora(approve, decision)).rejects.toMatchObject({ message: expect.stringContaining('higher') });
  const effect = await max(previewApproval, decision);
  expect(effect).toMatchObject({ accounts: [{ after: { balanceCents: 2200 } }], warnings: [] });
  const done = await max(approve, decision);
  expect(await books.balance(account)).toEqual({ posted: 2200, unposted: 0 });
  expect(await max(listApprovals, { status: 'approved' })).toMatchObject([
    { decidedBy: 'max', transactionId: done.transactionIds[0] },
  ]);
  await expect(max(approve, decision)).rejects.toMatchObject({ code: 'conflict' });
  expect(await books.findings()).toEqual([]);
});

test('a request is refused with a reason, or withdrawn by its author alone', async () => {
  const { books, account } = await billed();
  const carl = books.as('carl', 0, 'adjustments.enter');
  const max = books.as('max', null, 'adjustments.enter', 'adjustments.approve');
  const request = async (): Promise<{ requestId: number; version: number }> => ({
    requestId: (await carl(enterAdjustment.command, { ...facts(), accountId: account.id })).requestId!,
    version: 1,
  });
  const first = await request();
  await expect(max(refuse, { ...first, reason: '' })).rejects.toMatchObject({ fields: { reason: 'Say why.' } });
  await max(refuse, { ...first, reason: 'No leak was found' });
  const second = await request();
  await expect(max(withdraw, second)).rejects.toMatchObject({ code: 'refused' });
  await carl(withdraw, second);
  expect(
    (await carl(listApprovals, { status: null })).map(({ status, reason }) => [status, reason]).toSorted(),
  ).toEqual([
    ['refused', 'No leak was found'],
    ['withdrawn', null],
  ]);
  expect(await books.balance(account)).toEqual({ posted: 3700, unposted: 0 });
});
