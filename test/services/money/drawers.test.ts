import { describe, expect, test } from 'vitest';
import { closeDrawer } from '#services/drawers/close.ts';
import { getDrawer, listDrawers } from '#services/drawers/list.ts';
import { openDrawer } from '#services/drawers/open.ts';
import { glSummary } from '#services/gl/summary.ts';
import { deletePayment, editPayment } from '#services/payments/write.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import { actor, runnerFor, TODAY } from '#test/support/database.ts';
import { paid, taken, till } from '#test/support/money.ts';

const CASHIER = ['payments.enter', 'payments.edit', 'drawers.use', 'history.read'] as const;

/** Counts with this many dollars and cents, and a reason where one is given. */
const counting = (dollars: number, cents: number, reason: string | null = null) => ({
  counts: [
    { cents: 100 as const, count: dollars },
    { cents: 1 as const, count: cents },
  ],
  paidOutCents: 0,
  reason,
});

/** A drawer with a float of 100.00, 40.00 in cash and a check over 60.00 taken into it. */
async function drawer() {
  const all = await till();
  const { call, account } = all;
  const opened = await call(openDrawer, { floatCents: 10_000 });
  const receipt = await taken(call, {
    accounts: [{ accountId: account.id }],
    tenders: [
      { method: 'cash', cents: 4000 },
      { method: 'check', cents: 6000 },
    ],
  });
  await taken(call, {
    accounts: [{ accountId: account.id }],
    tenders: [{ method: 'cash', cents: 500 }],
    channel: 'mail',
  });
  return { ...all, opened, receipt };
}

describe('a drawer', () => {
  test('is one at a time, and holds what was taken over the counter', async () => {
    const { call, opened } = await drawer();
    expect(opened).toMatchObject({ number: 'D000001', status: 'open', username: 'tess', floatCents: 10_000 });
    await expect(call(openDrawer, { floatCents: 0 })).rejects.toThrow('Your drawer D000001 is open');
    const record = await call(getDrawer, { drawerId: opened.id });
    expect(record).toMatchObject({ payments: 1, expectedCents: 14_000, paidOutCents: 0 });
    expect(record.methods).toMatchObject([
      { method: 'cash', cash: true, count: 1, cents: 4000 },
      { method: 'check', cash: false, count: 1, cents: 6000 },
    ]);
  });

  test('that is counted right closes without a word', async () => {
    const { call, opened } = await drawer();
    const closed = await call(closeDrawer, { drawerId: opened.id, version: 1, ...counting(140, 0) });
    expect(closed).toMatchObject({ status: 'closed', countedCents: 14_000, expectedCents: 14_000, overShortCents: 0 });
    await expect(call(closeDrawer, { drawerId: opened.id, version: 2, ...counting(140, 0) })).rejects.toThrow('closed');
    expect(await call(openDrawer, { floatCents: 0 })).toMatchObject({ number: 'D000002' });
  });

  test('that is short or over needs a reason, and both are in the summary of the ledger', async () => {
    const { call, database, opened, account } = await drawer();
    await expect(call(closeDrawer, { drawerId: opened.id, version: 1, ...counting(138, 50) })).rejects.toMatchObject({
      code: 'refused',
      fields: { reason: expect.stringContaining('Counted 138.50, expected 140.00: 1.50 short.') },
    });
    const closed = await call(closeDrawer, {
      drawerId: opened.id,
      version: 1,
      ...counting(138, 50, 'Wrong change'),
    });
    expect(closed).toMatchObject({ overShortCents: -150, reason: 'Wrong change' });
    await paid(call, { accounts: [{ accountId: account.id }], tenders: [{ method: 'cash', cents: 700 }] });
    const { rows, debitCents, creditCents, overShortCents } = await call(glSummary, { from: TODAY, to: TODAY });
    expect(overShortCents).toBe(-150);
    expect(debitCents).toBe(creditCents);
    expect(rows).toMatchObject([
      { code: '1010', debitCents: 700, creditCents: 150 },
      { code: '1200', debitCents: 0, creditCents: 700 },
      { code: '6900', debitCents: 150, creditCents: 0 },
    ]);
    const audited = await database.db
      .selectFrom('audit_entry')
      .select(['changes', 'reason'])
      .where('operation', '=', 'drawer.close')
      .orderBy('seq', 'desc')
      .executeTakeFirstOrThrow();
    expect(audited.reason).toBe('Wrong change');
    expect(audited.changes).toContain('-150');
  });

  test('is less what was given out of it', async () => {
    const { call, opened } = await drawer();
    const { counts } = counting(40, 0);
    await call(closeDrawer, { drawerId: opened.id, version: 1, counts, paidOutCents: 10_000, reason: null });
    expect(await call(getDrawer, { drawerId: opened.id })).toMatchObject({
      expectedCents: 4000,
      paidOutCents: 10_000,
      counts: [{ cents: 100, count: 40 }],
    });
  });

  test('once closed keeps its payments as they are', async () => {
    const { call, opened, receipt, account } = await drawer();
    const { paymentId, version } = receipt;
    await call(closeDrawer, { drawerId: opened.id, version: 1, ...counting(140, 0) });
    await expect(call(deletePayment, { paymentId, version })).rejects.toThrow('Drawer D000001 is closed');
    const facts = { accounts: [{ accountId: account.id }], tenders: [{ method: 'cash', cents: 1 }] };
    await expect(call(editPayment, { ...(facts as PaymentFacts), paymentId, version })).rejects.toThrow('is closed');
  });

  test('of somebody else is seen by who may, and closed when it was left open', async () => {
    const { call, database, opened } = await drawer();
    const carl = { ...actor(...CASHIER), username: 'carl' };
    const own = runnerFor(database, carl);
    expect(await own(listDrawers, { status: 'all', mine: false, limit: 10 })).toEqual([]);
    await expect(own(getDrawer, { drawerId: opened.id })).rejects.toMatchObject({ code: 'not_found' });
    const close = { drawerId: opened.id, version: 1, ...counting(140, 0) };
    await expect(own(closeDrawer, close)).rejects.toMatchObject({ code: 'not_found' });
    const manager = runnerFor(database, { ...actor(...CASHIER, 'drawers.read'), username: 'max' });
    expect(await manager(listDrawers, { status: 'open', mine: false, limit: 10 })).toMatchObject([
      { username: 'tess' },
    ]);
    expect(await manager(closeDrawer, close)).toMatchObject({ status: 'closed' });
    expect(await call(listDrawers, { status: 'all', mine: true, limit: 10 })).toHaveLength(1);
  });
});

test('the summary refuses days the wrong way round', async () => {
  const { call } = await till();
  await expect(call(glSummary, { from: '2026-02-01', to: '2026-01-01' })).rejects.toMatchObject({ code: 'invalid' });
});
