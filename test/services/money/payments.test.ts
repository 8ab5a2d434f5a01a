import { describe, expect, test } from 'vitest';
import { setOption } from '#services/options/operations.ts';
import { payableAccount } from '#services/payments/account.ts';
import { getPayment } from '#services/payments/get.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import { postPayment } from '#services/payments/post.ts';
import { previewPayment } from '#services/payments/preview.ts';
import { deletePayment, editPayment, enterPayment } from '#services/payments/write.ts';
import {
  balanceOf,
  findings,
  openCredit,
  openDebts,
  paid,
  type SaidPayment,
  taken,
  till,
} from '#test/support/money.ts';

const cash = (cents: number) => [{ method: 'cash', cents }];

/** Water and sewer of March, water of April. */
async function threeBills() {
  const all = await till();
  const { utility, account, water, sewer } = all;
  await utility.charge(account, 4000, { on: '2026-02-01', dueOn: '2026-03-01', service: water });
  await utility.charge(account, 3000, { on: '2026-02-01', dueOn: '2026-03-01', service: sewer });
  await utility.charge(account, 5000, { on: '2026-03-01', dueOn: '2026-04-01', service: water });
  return all;
}

describe('money pays debts', () => {
  test('P1: the oldest first, services in payoff order', async () => {
    const { database, call, account } = await threeBills();
    await paid(call, { accounts: [{ accountId: account.id }], tenders: cash(6000) });
    expect(await openDebts(database, account.id)).toEqual([0, 1000, 5000]);
    expect(await findings(call)).toEqual([]);
  });

  test('P2: strictly by service where the company has it so', async () => {
    const { database, call, account } = await threeBills();
    await call(setOption, { name: 'payoffRule', value: 'service_order', version: 0 });
    await paid(call, { accounts: [{ accountId: account.id }], tenders: cash(6000) });
    expect(await openDebts(database, account.id)).toEqual([0, 3000, 3000]);
  });

  test('P3: what is too much is open credit', async () => {
    const { database, call, account } = await threeBills();
    await paid(call, { accounts: [{ accountId: account.id }], tenders: cash(20_000) });
    expect(await openDebts(database, account.id)).toEqual([0, 0, 0]);
    expect(await openCredit(database, account.id)).toBe(8000);
    expect(await balanceOf(database, account.id)).toEqual({ posted: -8000, unposted: 0 });
    expect(await findings(call)).toEqual([]);
  });

  test('P4: of two accounts the source is paid first', async () => {
    const { database, utility, call, account } = await till();
    const other = await utility.household('Bell, Bo', '5 Elm St');
    await utility.charge(account, 7000);
    await utility.charge(other, 5000);
    const accounts = [{ accountId: account.id }, { accountId: other.id }];
    const receipt = await paid(call, { accounts, sourceAccountId: other.id, tenders: cash(6000) });
    expect(receipt.accounts.map(({ accountId, cents }) => [accountId, cents])).toEqual([
      [other.id, 5000],
      [account.id, 1000],
    ]);
    expect(await openDebts(database, other.id)).toEqual([0]);
    expect(await openDebts(database, account.id)).toEqual([6000]);
  });

  test('P5: by invoice everything is applied, or the rest is wanted as credit', async () => {
    const { database, utility, call, account } = await till();
    const first = await utility.charge(account, 10_000, { dueOn: '2026-03-01' });
    const second = await utility.charge(account, 8000, { dueOn: '2026-04-01' });
    const said: SaidPayment = {
      accounts: [
        {
          accountId: account.id,
          invoices: [
            { transactionId: first, cents: 10_000 },
            { transactionId: second, cents: 3000 },
          ],
        },
      ],
      tenders: cash(15_000),
      mode: 'spec',
    };
    await expect(taken(call, said)).rejects.toMatchObject({
      code: 'invalid',
      fields: { restToAccount: expect.stringContaining('130.00 is not 150.00') },
    });
    await paid(call, { ...said, restToAccount: true });
    expect(await openDebts(database, account.id)).toEqual([0, 5000]);
    expect(await openCredit(database, account.id)).toBe(2000);
  });

  test('P6: first in, first out', async () => {
    const { database, utility, call, account } = await till();
    await utility.charge(account, 4000, { dueOn: '2026-02-10', number: 'I2' });
    await utility.charge(account, 2500, { dueOn: '2026-01-10', number: 'I1' });
    await paid(call, { accounts: [{ accountId: account.id }], tenders: cash(4500), mode: 'fifo' });
    expect(await openDebts(database, account.id)).toEqual([0, 2000]);
  });

  test('money meant for a service pays that one and stays its credit', async () => {
    const { database, call, account, sewer } = await threeBills();
    await paid(call, {
      accounts: [{ accountId: account.id, services: [{ serviceTypeId: sewer, cents: 3500 }] }],
      tenders: cash(3500),
      mode: 'manual',
    });
    expect(await openDebts(database, account.id)).toEqual([4000, 0, 5000]);
    expect(await openCredit(database, account.id)).toBe(500);
    expect(await findings(call)).toEqual([]);
  });

  test('cash and a check of one payment are parts of their own', async () => {
    const { database, call, account } = await threeBills();
    const { paymentId } = await paid(call, {
      accounts: [{ accountId: account.id }],
      tenders: [
        { method: 'cash', cents: 4000 },
        { method: 'check', cents: 6000, reference: '1187' },
      ],
    });
    const parts = await database.db
      .selectFrom('ledger_transaction')
      .select(['method', 'amount_cents', 'reference', 'number'])
      .where('payment_id', '=', paymentId)
      .orderBy('id')
      .execute();
    expect(parts.map(({ method, amount_cents }) => [method, amount_cents])).toEqual([
      ['cash', -4000],
      ['check', -6000],
    ]);
    expect(new Set(parts.map(({ number }) => number)).size).toBe(1);
    expect(await openDebts(database, account.id)).toEqual([0, 0, 2000]);
    expect(await findings(call)).toEqual([]);
  });
});

describe('a payment that is not posted', () => {
  test('stands beside the balance, is changed under its receipt number, and deleted', async () => {
    const { database, call, account } = await threeBills();
    const receipt = await taken(call, { accounts: [{ accountId: account.id }], tenders: cash(6000) });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 12_000, unposted: -6000 });
    expect(await openDebts(database, account.id)).toEqual([4000, 3000, 5000]);
    const { paymentId, version } = receipt;
    const changed = { accounts: [{ accountId: account.id }], tenders: cash(7000), paymentId, version };
    const again = await call(editPayment, changed as never);
    expect(again.receipt).toBe(receipt.receipt);
    expect(again.accounts[0]).toMatchObject({ beforeCents: 12_000, afterCents: 5000 });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 12_000, unposted: -7000 });
    await expect(call(deletePayment, { paymentId, version })).rejects.toMatchObject({ code: 'conflict' });
    await call(deletePayment, { paymentId, version: again.version });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 12_000, unposted: 0 });
    expect(await findings(call)).toEqual([]);
  });

  test('once posted it is neither changed nor deleted, nor posted again', async () => {
    const { call, account } = await threeBills();
    const { paymentId } = await paid(call, { accounts: [{ accountId: account.id }], tenders: cash(100) });
    await expect(call(deletePayment, { paymentId, version: 1 })).rejects.toThrow('reverse it instead');
    await expect(call(postPayment, { paymentId })).rejects.toThrow('reverse it instead');
  });

  test('the same key takes it once', async () => {
    const { database, call, account } = await threeBills();
    const facts = { accounts: [{ accountId: account.id }], tenders: cash(500) } as PaymentFacts;
    const [one, two] = [
      await call(enterPayment, facts, { idempotencyKey: 'k1' }),
      await call(enterPayment, facts, { idempotencyKey: 'k1' }),
    ];
    expect(two).toEqual(one);
    expect((await balanceOf(database, account.id)).unposted).toBe(-500);
  });

  test('the preview says what the posting will do, and that the same was taken already', async () => {
    const { database, call, account } = await threeBills();
    const facts = { accounts: [{ accountId: account.id }], tenders: cash(6000) } as PaymentFacts;
    const preview = await call(previewPayment, facts);
    expect(preview.accounts[0]).toMatchObject({ beforeCents: 12_000, afterCents: 6000, creditCents: 0 });
    expect(preview.accounts[0]!.debts.map(({ paidCents }) => paidCents)).toEqual([4000, 2000, 0]);
    expect(preview.warnings).toEqual([]);
    expect(preview.duplicate).toBeNull();
    const { receipt, paymentId } = await paid(call, facts);
    expect(await openDebts(database, account.id)).toEqual([0, 1000, 5000]);
    const again = await call(previewPayment, facts);
    expect(again.duplicate).toContain(receipt);
    expect((await call(getPayment, { paymentId })).accounts[0]).toMatchObject({ cents: 6000 });
  });
});

test('late entry of money that was there in time names the penalties since', async () => {
  const { utility, call, account } = await threeBills();
  await utility.charge(account, 500, { on: '2026-11-10', kind: 'penalty' });
  const facts = { accounts: [{ accountId: account.id }], tenders: cash(6000) } as PaymentFacts;
  expect((await call(previewPayment, facts)).warnings).toEqual([]);
  const late = await call(previewPayment, { ...facts, paidOn: '2026-11-09' });
  expect(late.warnings).toEqual([expect.stringContaining('penalties of 5.00 since 2026-11-09')]);
  expect((await call(previewPayment, { ...facts, paidOn: '2026-11-11' })).warnings).toEqual([]);
});

describe('who may not pay so', () => {
  test('flags of the record refuse methods, those built on them, and all payments', async () => {
    const { database, call, account } = await threeBills();
    const set = (values: Record<string, unknown>) =>
      database.db.updateTable('customer').set(values).where('id', '=', account.customerId).execute();
    const pay = (method: string) =>
      taken(call, { accounts: [{ accountId: account.id }], tenders: [{ method, cents: 100 }] });
    await set({ no_checks: 1, disallowed_methods: '["card"]' });
    await expect(pay('check')).rejects.toThrow('accept no checks');
    await expect(pay('lockbox')).rejects.toThrow('accept no checks');
    await expect(pay('card')).rejects.toThrow('disallowed');
    await expect(pay('online')).rejects.toThrow('disallowed');
    const offered = await call(payableAccount, { accountId: account.id });
    expect(offered.methods.filter(({ refused }) => refused === null).map(({ code }) => code)).toEqual([
      'cash',
      'draft',
    ]);
    await set({ no_payments: 1 });
    await expect(pay('cash')).rejects.toThrow('accept no payments');
    expect((await call(payableAccount, { accountId: account.id })).blocked).toContain('no payments');
  });

  test('wrong amounts, days and methods are told at their fields', async () => {
    const { call, account } = await threeBills();
    const accounts = [{ accountId: account.id }];
    const fields = (said: SaidPayment) =>
      taken(call, said).then(
        () => ({}),
        ({ fields: told }: { fields: Record<string, string> }) => told,
      );
    expect(await fields({ accounts, tenders: cash(0) })).toHaveProperty(['tenders.0.cents']);
    expect(await fields({ accounts, tenders: cash(100), paidOn: '2026-12-01' })).toHaveProperty('paidOn');
    expect(await fields({ accounts, tenders: [{ method: 'shells', cents: 1 }] })).toHaveProperty(['tenders.0.method']);
    expect(await fields({ accounts: [...accounts, ...accounts], tenders: cash(1) })).toHaveProperty([
      'accounts.1.accountId',
    ]);
    const over = [{ accountId: account.id, cents: 200 }];
    expect(await fields({ accounts: over, tenders: cash(100) })).toHaveProperty('tenders');
  });
});
