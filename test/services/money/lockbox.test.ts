import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getBatch, listBatches } from '#services/batches/list.ts';
import { postWholeBatch } from '#services/batches/post.ts';
import { balanceBatch } from '#services/batches/state.ts';
import { importLockbox } from '#services/lockbox/import.ts';
import { listLockbox, lockboxFiles } from '#services/lockbox/list.ts';
import { parseLockbox } from '#services/lockbox/parse.ts';
import { PROFILES } from '#services/lockbox/profile.ts';
import { resolveLockbox, returnLockbox } from '#services/lockbox/work.ts';
import type { Call } from '#services/operation.ts';
import { deletePayment } from '#services/payments/write.ts';
import { TODAY } from '#test/support/database.ts';
import { balanceOf, findings, openDebts, taken, till } from '#test/support/money.ts';

const HEAD = 'Account,Amount,Date,Check,Payer';

/** Takes a CSV file with a trailer that fits unless it is given. */
function take(call: Call, rows: readonly string[], trailer?: string | null) {
  const cents = rows.reduce((sum, row) => sum + Math.round(Number(row.split(',')[1]) * 100), 0);
  const total =
    trailer === undefined ? [`TOTAL,${(cents / 100).toFixed(2)},,${rows.length},`] : trailer ? [trailer] : [];
  return call(importLockbox, { name: 'monday.csv', lines: [HEAD, ...rows, ...total], profile: 'csv' });
}

/** Accounts A-1 owing 50.00, A-2 taking no payment, A-3 no checks, A-4 final and paid. */
async function bank() {
  const all = await till();
  const { utility } = all;
  const make = async (number: string, flags: object = {}, facts: object = {}) =>
    utility.account(await utility.customer(`Name ${number}`, flags), await utility.location(`${number} St`), {
      number,
      ...facts,
    });
  const first = await make('10001-01');
  await make('10002-01', { no_payments: 1 });
  await make('10003-01', { no_checks: 1 });
  await make('10004-01', {}, { activity: 'final' });
  await utility.charge(first, 5000);
  return { ...all, first };
}

describe('a lockbox file', () => {
  test('what was paid in a period closed since counts from the first open day, and can be posted', async () => {
    const { call, database, utility, first } = await bank();
    const october = { name: 'October', starts_on: '2026-10-01', ends_on: '2026-10-31' };
    await utility.add('accounting_period', { ...october, status: 'closed' });
    const { batchId } = await take(call, ['10001-01,50.00,2026-10-30,1001,Rivera', '999,10.00,2026-10-30,4,Rivera']);
    const [waiting] = await call(listLockbox, { status: 'exception', after: 0, limit: 10 });
    const { id: itemId, version } = waiting!;
    await call(resolveLockbox, { itemId, version, accountId: first.id });
    const days = await database.db
      .selectFrom('ledger_transaction')
      .select('effective_on as on')
      .where('kind', '=', 'payment')
      .execute();
    expect(days).toEqual([{ on: '2026-11-01' }, { on: '2026-11-01' }]);
    await call(balanceBatch, {
      batchId,
      version: (await call(getBatch, { batchId, after: 0, limit: 1 })).batch.version,
    });
    await postWholeBatch(call, batchId);
    expect(await balanceOf(database, first.id)).toEqual({ posted: -1000, unposted: 0 });
  });

  test('is taken whole: what matches is a payment of a batch, the rest waits', async () => {
    const { call, database, first } = await bank();
    const receipt = await take(call, [
      '10001-01,50.00,2026-11-20,1001,Rivera',
      '0001000101,7.50,2026-11-20,1002,Rivera',
      '10001-01,50.00,2026-11-20,1001,Rivera',
      '10002-01,10.00,2026-11-20,1,',
      '10003-01,10.00,2026-11-20,2,',
      '10004-01,10.00,2026-11-20,3,',
      '999,10.00,2026-11-20,4,Nobody',
      ',2.50,2026-11-20,5,Unreadable',
    ]);
    expect(receipt).toMatchObject({ items: 8, totalCents: 15_000, matched: 2, matchedCents: 5750, exceptions: 6 });
    const waiting = await call(listLockbox, { status: 'exception', after: 0, limit: 100 });
    expect(waiting.map(({ problem }) => problem)).toEqual([
      'duplicate',
      'no_payments',
      'disallowed',
      'closed_account',
      'unknown_account',
      'unknown_account',
    ]);
    expect(await balanceOf(database, first.id)).toEqual({ posted: 5000, unposted: -5750 });
    const { batch, items } = await call(getBatch, { batchId: receipt.batchId, after: 0, limit: 10 });
    expect(batch).toMatchObject({ kind: 'lockbox', count: 2, cents: 5750, controlCents: 15_000, controlCount: 8 });
    expect(items).toMatchObject([{ reference: '1001', method: 'lockbox' }, { reference: '1002' }]);
    expect(await call(lockboxFiles, { limit: 10 })).toMatchObject([{ name: 'monday.csv', exceptions: 6, returned: 0 }]);
    expect(await findings(call)).toEqual([]);
  });

  test('balances once every exception is credited or returned, and posts', async () => {
    const { call, database, first } = await bank();
    const { batchId } = await take(call, ['10001-01,20.00,,,', '777,30.00,,,', '888,5.00,,,']);
    const { version } = (await call(listBatches, { status: 'open', mine: false, limit: 1 }))[0]!;
    await expect(call(balanceBatch, { batchId, version })).rejects.toThrow('does not balance');
    const [one, two] = await call(listLockbox, { status: 'exception', after: 0, limit: 10 });
    const { receipt } = await call(resolveLockbox, { itemId: one!.id, version: 1, accountId: first.id });
    expect(receipt).toMatch(/^R\d+$/);
    await expect(call(resolveLockbox, { itemId: one!.id, version: 2, accountId: first.id })).rejects.toThrow(
      'credited',
    );
    await call(returnLockbox, { itemId: two!.id, version: 1, remarks: 'Nobody knows the number' });
    const [batch] = await call(listBatches, { status: 'open', mine: false, limit: 1 });
    expect(batch).toMatchObject({ controlCents: 5000, controlCount: 2, count: 2, cents: 5000 });
    await call(balanceBatch, { batchId, version: batch!.version });
    await postWholeBatch(call, batchId);
    expect(await openDebts(database, first.id)).toEqual([0]);
    expect(await findings(call)).toEqual([]);
  });

  test('that was taken once is not taken again, whatever it is called', async () => {
    const { call, database } = await bank();
    await take(call, ['10001-01,20.00,,,']);
    await expect(
      call(importLockbox, {
        name: 'again.csv',
        lines: [HEAD, '10001-01,20.00,,,', 'TOTAL,20.00,,1,', ''],
        profile: 'csv',
      }),
    ).rejects.toThrow('This file was taken already: monday.csv');
    expect(await database.db.selectFrom('payment').select('id').execute()).toHaveLength(1);
  });

  test.each([
    ['a row without an amount', ['10001-01,20.00,,,', '10001-01,x,,,'], 'Row 3: Its amount is none.'],
    ['a date that is none', ['10001-01,20.00,2026-13-40,,'], 'Row 2: Its date is none'],
    ['a day to come', ['10001-01,20.00,2026-11-22,,'], 'Row 2: Its date is in the future.'],
    ['the number of a card', ['10001-01,20.00,,4111111111111111,'], 'card number'],
    ['a quote left open', ['10001-01,20.00,,"1,', '10001-01,20.00,,,'], 'is a quote left open?'],
  ])('with %s is refused as a whole', async (_, rows, words) => {
    const { call, database } = await bank();
    await expect(take(call, rows, 'TOTAL,20.00,,1,')).rejects.toThrow(words);
    expect(await database.db.selectFrom('lockbox_item').select('id').execute()).toEqual([]);
    expect(await database.db.selectFrom('payment').select('id').execute()).toEqual([]);
    expect(await database.db.selectFrom('batch').select('id').execute()).toEqual([]);
  });

  test('is held against its trailer and the deposit slip, and needs one of them', async () => {
    const { call } = await bank();
    await expect(take(call, ['10001-01,20.00,,,'], 'TOTAL,21.00,,1,')).rejects.toThrow('the trailer says 21.00');
    await expect(take(call, ['10001-01,20.00,,,'], 'TOTAL,20.00,,2,')).rejects.toThrow('the trailer says 2');
    await expect(take(call, ['10001-01,20.00,,,'], null)).rejects.toThrow('give the one of the deposit slip');
    const lines = [HEAD, '10001-01,20.00,,,'];
    const slip = { name: 'x', lines, profile: 'csv', controlCents: 2000, controlCount: 1 };
    await expect(call(importLockbox, { ...slip, controlCount: 3 })).rejects.toThrow('the deposit slip says 3');
    expect(await call(importLockbox, slip)).toMatchObject({ matched: 1 });
  });

  test('of fixed columns says the same', async () => {
    const { call } = await bank();
    const item = `6${'10001-01'.padEnd(14)}${'2000'.padStart(10, '0')}${'1001'.padEnd(10)}261119${'Rivera'.padEnd(30)}`;
    const lines = ['1261120', item, `9${'1'.padStart(6, '0')}${'2000'.padStart(12, '0')}`];
    expect(await call(importLockbox, { name: 'f.txt', lines, profile: 'fixed' })).toMatchObject({ matched: 1 });
    expect(await call(listLockbox, { status: 'matched', after: 0, limit: 10 })).toMatchObject([
      { payer: 'Rivera', reference: '1001', paidOn: '2026-11-19', depositedOn: '2026-11-20', amountCents: 2000 },
    ]);
    await expect(call(importLockbox, { name: 'g.txt', lines: ['?', ...lines], profile: 'fixed' })).rejects.toThrow(
      'Row 1: It begins like no record of this profile.',
    );
  });
});

describe('a payment of a lockbox', () => {
  test('that somebody took at the counter before is a duplicate', async () => {
    const { call, first } = await bank();
    await taken(call, { accounts: [{ accountId: first.id }], tenders: [{ method: 'cash', cents: 2000 }] });
    expect(await take(call, [`10001-01,20.00,${TODAY},,`])).toMatchObject({ matched: 0, exceptions: 1 });
  });

  test('waits again when its payment is deleted', async () => {
    const { call } = await bank();
    await take(call, ['10001-01,20.00,,,']);
    const [item] = await call(listLockbox, { status: 'matched', after: 0, limit: 10 });
    await call(deletePayment, { paymentId: item!.paymentId!, version: 1 });
    expect(await call(listLockbox, { status: 'exception', after: 0, limit: 10 })).toMatchObject([
      { problem: 'deleted', paymentId: null },
    ]);
  });

  test('is not forced on an account that must not pay, and not returned without a word', async () => {
    const { call, database } = await bank();
    await take(call, ['10002-01,20.00,,,']);
    const [item] = await call(listLockbox, { status: 'exception', after: 0, limit: 10 });
    const account = await database.db
      .selectFrom('account')
      .select('id')
      .where('number', '=', '10002-01')
      .executeTakeFirstOrThrow();
    await expect(call(resolveLockbox, { itemId: item!.id, version: 1, accountId: account.id })).rejects.toMatchObject({
      code: 'refused',
    });
    await expect(call(returnLockbox, { itemId: item!.id, version: 1, remarks: ' ' })).rejects.toThrow('Say why');
    await expect(call(returnLockbox, { itemId: item!.id, version: 9, remarks: 'x' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

describe('whatever a file holds', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'TOTAL',
      '10001-01',
      '12.50',
      '-1',
      '1e9',
      '2026-02-30',
      '"',
      '""',
      ',',
      ';',
      '\t',
      '\u0000',
      '6',
      '9',
    ),
    fc.string({ maxLength: 30, unit: 'binary' }),
  );
  const anyLine = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
  const lines = fc.array(fc.oneof(anyLine, fc.constant(HEAD)), { maxLength: 12 });

  test.each(Object.keys(PROFILES))(
    'profile %s answers with whole payments or with problems, never breaks',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(lines, fc.boolean(), async (some, headed) => {
          const { items, problems } = await parseLockbox(headed ? [HEAD, ...some] : some, PROFILES[name]!);
          expect(items.length + problems.length).toBeGreaterThan(0);
          for (const { cents, paidOn } of items) {
            expect(Number.isSafeInteger(cents) && cents > 0).toBe(true);
            if (paidOn !== null) expect(paidOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          }
        }),
        { numRuns: 500 },
      );
    },
  );
});
