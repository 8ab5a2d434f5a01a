import { describe, expect, test } from 'vitest';
import { deleteCharge, enterCharge, postCharge } from '#services/charges/write.ts';
import { addSpecialCharge } from '#services/corrections/special-charges.ts';
import type { ChargeFacts } from '#services/charges/input.ts';
import { balanceOf, findings, openCredit, openDebts, paid, till } from '#test/support/money.ts';

const facts = (said: object): ChargeFacts => said as ChargeFacts;

async function taxed() {
  const all = await till();
  await all.database.db
    .updateTable('code_value')
    .set({ attributes: JSON.stringify({ gl: '2300', millionths: 80_000 }) })
    .where('table_name', '=', 'charge_code')
    .where('code', '=', 'tax')
    .execute();
  return all;
}

describe('an invoice', () => {
  test('has its lines by service and code, tax tied to what it is on, a discount before tax (R1)', async () => {
    const { database, call, account, water } = await taxed();
    const lines = [
      { serviceTypeId: water, cents: 10_000, quantityMilli: 12_500, unit: 'kgal', taxable: true },
      { serviceTypeId: water, code: 'credit', cents: -500, taxable: true },
    ];
    const { transactionId, invoice, totalCents } = await call(enterCharge, facts({ accountId: account.id, lines }));
    expect([invoice, totalCents]).toEqual(['I0000001', 10_260]);
    expect(await balanceOf(database, account.id)).toEqual({ posted: 0, unposted: 10_260 });
    await call(postCharge, { transactionId, version: 1 });
    const rows = await database.db
      .selectFrom('ledger_line')
      .select(['id', 'code', 'amount_cents', 'effect', 'open_cents', 'base_line_id', 'credit_gl'])
      .where('transaction_id', '=', transactionId)
      .orderBy('id')
      .execute();
    expect(rows.map(({ amount_cents, effect }) => amount_cents * effect)).toEqual([10_000, 800, -500, -40]);
    expect(rows[1]).toMatchObject({ code: 'tax', base_line_id: rows[0]!.id, credit_gl: '2300' });
    // The discount has paid its part of the same invoice.
    expect(rows.reduce((sum, { open_cents }) => sum + open_cents, 0)).toBe(10_260);
    expect(await findings(call)).toEqual([]);
  });

  test('of who is exempt bears no tax', async () => {
    const { database, call, account, water } = await taxed();
    await database.db.updateTable('customer').set({ tax_exempt_number: 'X-1' }).execute();
    const lines = [{ serviceTypeId: water, cents: 10_000, taxable: true }];
    expect((await call(enterCharge, facts({ accountId: account.id, lines }))).totalCents).toBe(10_000);
  });

  test('is paid by open credit when it is posted', async () => {
    const { database, call, account, water } = await till();
    await paid(call, { accounts: [{ accountId: account.id }], tenders: [{ method: 'cash', cents: 3000 }] });
    const lines = [{ serviceTypeId: water, cents: 5000 }];
    const { transactionId } = await call(enterCharge, facts({ accountId: account.id, lines }));
    await call(postCharge, { transactionId, version: 1 });
    expect(await openDebts(database, account.id)).toEqual([2000]);
    expect(await openCredit(database, account.id)).toBe(0);
    await expect(call(deleteCharge, { transactionId, version: 1 })).rejects.toThrow('posted');
  });

  test('takes along the special charges that waited for it; deleted, it lets them wait again', async () => {
    const { database, call, account, water } = await till();
    const special = { accountId: account.id, code: 'service', cents: 2500, description: 'Came out on Sunday' };
    await call(addSpecialCharge.command, special as never);
    const bill = facts({ accountId: account.id, lines: [{ serviceTypeId: water, cents: 5000 }] });
    const first = await call(enterCharge, bill);
    expect(first.totalCents).toBe(7500);
    await call(deleteCharge, { transactionId: first.transactionId, version: 1 });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 0, unposted: 0 });
    const second = await call(enterCharge, bill);
    expect([second.totalCents, second.specialsId]).toEqual([7500, expect.any(Number)]);
    await call(postCharge, { transactionId: second.transactionId, version: 1 });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 7500, unposted: 0 });
    expect((await call(enterCharge, bill)).specialsId).toBeNull();
    expect(await findings(call)).toEqual([]);
  });

  test('is deleted while it is not posted; wrong lines are told at their fields', async () => {
    const { database, call, account, water } = await till();
    const lines = [{ serviceTypeId: water, cents: 5000 }];
    const { transactionId } = await call(enterCharge, facts({ accountId: account.id, lines }));
    await call(deleteCharge, { transactionId, version: 1 });
    expect(await balanceOf(database, account.id)).toEqual({ posted: 0, unposted: 0 });
    const wrong = [{ serviceTypeId: 99, cents: 1 }];
    await expect(call(enterCharge, facts({ accountId: account.id, lines: wrong }))).rejects.toMatchObject({
      fields: { 'lines.0.serviceTypeId': 'There is no such service.' },
    });
    await expect(
      call(enterCharge, facts({ accountId: account.id, lines, effectiveOn: '2026-11-10', dueOn: '2026-11-01' })),
    ).rejects.toMatchObject({ fields: { dueOn: expect.anything() } });
  });
});
