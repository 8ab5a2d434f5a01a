import { describe, expect, test } from 'vitest';
import { CompiledQuery } from 'kysely';
import { getBatch, listBatches } from '#services/batches/list.ts';
import { postBatchStep, postWholeBatch } from '#services/batches/post.ts';
import { balanceBatch, deleteBatch, editBatch, openBatch, reopenBatch } from '#services/batches/state.ts';
import { addPeriods, closePeriod, listPeriods, reopenPeriod } from '#services/periods/operations.ts';
import { setOption } from '#services/options/operations.ts';
import { balanceOf, findings, openDebts, paid, taken, till } from '#test/support/money.ts';

const cash = (cents: number) => [{ method: 'cash', cents }];
const NOTHING_SAID = { description: null, controlCents: null, controlCount: null };

describe('a batch', () => {
  test('is opened with a control total, balanced when it agrees, posted and then frozen', async () => {
    const { database, utility, call, account } = await till();
    await utility.charge(account, 5000);
    const { batchId, version } = await call(openBatch, {
      ...NOTHING_SAID,
      kind: 'payments',
      controlCents: 3000,
      controlCount: 2,
    });
    await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(1000), batchId });
    await expect(call(balanceBatch, { batchId, version })).rejects.toMatchObject({
      fields: { controlCents: expect.stringContaining('20.00 too little'), controlCount: expect.anything() },
    });
    await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(2000), batchId });
    await expect(call(postBatchStep, { batchId, most: 10 })).rejects.toThrow('balance it first');
    const balanced = await call(balanceBatch, { batchId, version });
    await expect(taken(call, { accounts: [{ accountId: account.id }], tenders: cash(1), batchId })).rejects.toThrow(
      'takes no more',
    );
    expect(await call(postBatchStep, { batchId, most: 1 })).toMatchObject({ posted: 1, remaining: 1 });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 4000, unposted: -2000 });
    expect(await postWholeBatch(call, batchId)).toMatchObject({ posted: 1, remaining: 0 });
    expect(await openDebts(database, account.id)).toEqual([2000]);
    const { batch, items } = await call(getBatch, { batchId, after: 0, limit: 10 });
    expect(batch).toMatchObject({ status: 'posted', count: 2, cents: 3000, unposted: 0 });
    expect(items.map(({ status }) => status)).toEqual(['posted', 'posted']);
    // Again changes nothing: a run that was cut short is simply started again.
    expect(await postWholeBatch(call, batchId)).toMatchObject({ posted: 0, remaining: 0 });
    await expect(call(reopenBatch, { batchId, version: balanced.version + 2 })).rejects.toThrow();
    expect(await findings(call)).toEqual([]);
  });

  test('of a user’s day is opened by the first entry and taken again by the next', async () => {
    const { call, account } = await till();
    const one = await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(100) });
    const two = await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(100) });
    expect(two.batchId).toBe(one.batchId);
    const [batch] = await call(listBatches, { status: 'unposted', mine: true, limit: 10 });
    expect(batch).toMatchObject({ id: one.batchId, automatic: 1, count: 2, cents: 200 });
  });

  test('takes other control figures while it is open, goes back from balanced, and is deleted empty', async () => {
    const { call, account } = await till();
    const opened = await call(openBatch, { ...NOTHING_SAID, kind: 'payments' });
    const { batchId } = opened;
    const edited = await call(editBatch, { ...NOTHING_SAID, batchId, version: 1, controlCents: 500 });
    await expect(call(editBatch, { ...NOTHING_SAID, batchId, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await expect(call(balanceBatch, { batchId, version: edited.version })).rejects.toThrow('empty');
    await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(500), batchId });
    await expect(call(deleteBatch, { batchId, version: edited.version })).rejects.toThrow('holds 1');
    const balanced = await call(balanceBatch, { batchId, version: edited.version });
    expect(await call(reopenBatch, { batchId, version: balanced.version })).toMatchObject({ status: 'open' });
  });

  test('payments count at once where the company has it so', async () => {
    const { database, call, account } = await till();
    await call(setOption, { name: 'paymentsPost', value: 'at_once', version: 0 });
    const receipt = await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(500) });
    expect(receipt).toMatchObject({ posted: true, batchId: null });
    expect(await balanceOf(database, account.id)).toEqual({ posted: -500, unposted: 0 });
  });
});

describe('an accounting period', () => {
  test('once closed takes nothing more, whoever writes, until it is opened again', async () => {
    const { database, utility, call, account } = await till();
    expect(await call(addPeriods, { from: '2026-09-15', months: 4 })).toEqual({ added: 4 });
    expect(await call(addPeriods, { from: '2026-10-01', months: 1 })).toEqual({ added: 0 });
    const september = (await call(listPeriods, {})).find(({ name }) => name === '2026-09')!;
    await call(closePeriod, { periodId: september.id, version: 1 });
    const late = { accounts: [{ accountId: account.id }], tenders: cash(100), paidOn: '2026-09-30' };
    await expect(paid(call, late)).rejects.toMatchObject({ fields: { paidOn: expect.stringContaining('2026-10-01') } });
    const waiting = await utility.payment(account, 100, { on: '2026-09-30', status: 'unposted' });
    await expect(
      database.transaction((db) =>
        db.executeQuery(CompiledQuery.raw(`update ledger_transaction set status = 'posted' where id = ${waiting}`)),
      ),
    ).rejects.toThrow('period is closed');
    await call(reopenPeriod, { periodId: september.id, version: 2 });
    await paid(call, late);
  });

  test('is not closed before it is over, nor while something in it waits', async () => {
    const { call, account } = await till();
    await call(addPeriods, { from: '2026-10-01', months: 2 });
    const [november, october] = await call(listPeriods, {});
    await expect(call(closePeriod, { periodId: november!.id, version: 1 })).rejects.toThrow('not over');
    await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(100), paidOn: '2026-10-05' });
    await expect(call(closePeriod, { periodId: october!.id, version: 1 })).rejects.toThrow(
      'has a transaction that is not posted',
    );
  });
});
