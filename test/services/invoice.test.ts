import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { generateDemo } from '#db/demo/generate.ts';
import { historyDetails } from '#services/history/details.ts';
import { invoiceDetails } from '#services/history/invoice.ts';
import { listHistory } from '#services/history/list.ts';
import { paymentDetails } from '#services/history/payment.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const sum = (cents: readonly number[]): number => cents.reduce((total, each) => total + each, 0);

async function utility(): Promise<{ database: Database; town: Utility }> {
  const database = await freshDatabase();
  return { database, town: new Utility(database) };
}

describe('an invoice', () => {
  test('is viewed with what corrects it and what paid it; the balance beside a row is what is owed on it', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    const call = runnerFor(database, actor('history.read'));
    const first = await town.charge(account, 5000, { on: '2026-09-01', number: 'B1' });
    await town.charge(account, 300, { on: '2026-09-05', kind: 'adjustment' });
    await town.charge(account, 2000, { on: '2026-09-10', number: 'B2', dueOn: '2026-12-01' });
    await town.payment(account, 4000, { on: '2026-09-15', number: 'R1' });
    await town.payment(account, 3000, { on: '2026-10-15', number: 'R2' });
    const view = async (invoiceId: number, asOf?: string) => {
      const question = { accountId: account.id, view: 'invoice' as const, invoiceId, limit: 50 };
      const page = await call(listHistory, asOf === undefined ? question : { ...question, asOf });
      return page.rows.map((row) => [row.number ?? row.kind, row.amountCents, row.balanceCents]);
    };
    expect(await view(first)).toEqual([
      ['R2', -1000, 0],
      ['R1', -4000, 1000],
      ['B1', 5000, 5000],
    ]);
    expect(await view(first, '2026-09-30')).toEqual([
      ['R1', -4000, 1000],
      ['B1', 5000, 5000],
    ]);
    // A correction is of the invoice that it says it corrects.
    const correction = await town.add('ledger_transaction', {
      account_id: account.id,
      customer_id: account.customerId,
      kind: 'adjustment',
      status: 'unposted',
      effective_on: '2026-10-20',
      amount_cents: -700,
      corrects_id: first,
      created_at: 0,
      created_by: 'tess',
    });
    expect(correction).toBeGreaterThan(0);
    expect((await view(first))[0]).toEqual(['adjustment', -700, null]);
    await expect(call(listHistory, { accountId: account.id, view: 'invoice', limit: 1 })).rejects.toMatchObject({
      fields: { invoiceId: 'Name the invoice.' },
    });
  });

  test('says at its head what came before, what was paid and what is due; its lines carry their taxes', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    const water = await town.serviceType('WAT', { name: 'Water' });
    const call = runnerFor(database, actor('history.read'));
    await town.charge(account, 5000, { on: '2026-08-01', number: 'B1' });
    await town.payment(account, 4000, { on: '2026-08-15' });
    await town.charge(account, 50, { on: '2026-08-25', kind: 'penalty' });
    const rows = { account_id: account.id, customer_id: account.customerId };
    const bill = await town.add('ledger_transaction', {
      ...rows,
      kind: 'charge',
      status: 'unposted',
      number: 'B2',
      effective_on: '2026-09-01',
      due_on: '2026-09-21',
      amount_cents: 1070,
      created_at: 0,
      created_by: 'tess',
    });
    const line = { ...rows, transaction_id: bill, service_type_id: water, effect: 1, effective_on: '2026-09-01' };
    const base = await town.add('ledger_line', {
      ...line,
      quantity_milli: 4000,
      unit: 'kgal',
      debit_gl: '1200',
      credit_gl: '4000',
      amount_cents: 1000,
      open_cents: 1000,
    });
    await town.add('ledger_line', {
      ...line,
      code: 'tax',
      base_line_id: base,
      share_millionths: 70_000,
      debit_gl: '1200',
      credit_gl: '2300',
      amount_cents: 70,
      open_cents: 70,
    });
    const invoice = await call(invoiceDetails, { transactionId: bill });
    expect(invoice).toMatchObject({
      number: 'B2',
      invoicedOn: '2026-09-01',
      dueOn: '2026-09-21',
      period: null,
      previousCents: 5000,
      paymentsCents: 4000,
      otherCents: 50,
      currentCents: 1070,
      totalCents: 2120,
      openCents: 1070,
      lines: [
        {
          serviceCode: 'WAT',
          quantityMilli: 4000,
          unit: 'kgal',
          unitMilliCents: 250_000,
          amountCents: 1000,
          taxCents: 70,
        },
      ],
    });
    const payment = await town.payment(account, 10, { on: '2026-09-02' });
    await expect(call(invoiceDetails, { transactionId: payment })).rejects.toMatchObject({ code: 'refused' });
    await expect(call(paymentDetails, { transactionId: bill })).rejects.toMatchObject({ code: 'refused' });
    await expect(call(invoiceDetails, { transactionId: 7 })).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('a payment', () => {
  test('without a receipt of its own is one tender on one account', async () => {
    const { database, town } = await utility();
    const account = await town.household();
    const charge = await town.charge(account, 5000, { on: '2026-09-01', number: 'B1' });
    const payment = await town.payment(account, 6000, { on: '2026-09-15', number: 'R1' });
    expect(await runnerFor(database)(paymentDetails, { transactionId: payment })).toMatchObject({
      paymentId: null,
      receipt: 'R1',
      postedOn: '2026-09-15',
      tenders: [{ method: 'check', methodName: 'Check', amountCents: 6000 }],
      accounts: [
        {
          accountId: account.id,
          previousCents: 5000,
          paidCents: 6000,
          balanceCents: -1000,
          paid: [{ transactionId: charge, cents: 5000 }],
          openCents: 1000,
        },
      ],
      hiddenCents: 0,
    });
  });

  test('hides accounts of customers that one may not see, and says how much went there', async () => {
    const { database, town } = await utility();
    const mine = await town.household();
    const private_ = await town.account(await town.customer('Mayor', { public: 0 }), await town.location('1 Hill'));
    const paymentId = await town.add('payment', {
      number: 'R9',
      source_account_id: mine.id,
      customer_id: mine.customerId,
      paid_on: '2026-09-15',
      total_cents: 700,
      channel: 'mail',
      mode: 'automatic',
      created_at: 0,
      created_by: 'tess',
    });
    const tenderId = await town.add('tender', {
      payment_id: paymentId,
      customer_id: mine.customerId,
      method: 'check',
      amount_cents: 700,
      reference: '588',
    });
    const parts: number[] = [];
    for (const [account, cents] of [
      [mine, 200],
      [private_, 500],
    ] as const) {
      const part = await town.payment(account, cents, { on: '2026-09-15', status: 'unposted', number: 'R9' });
      await database.db
        .updateTable('ledger_transaction')
        .set({ payment_id: paymentId, tender_id: tenderId })
        .where('id', '=', part)
        .execute();
      parts.push(part);
    }
    const clerk = runnerFor(database, actor('history.read'));
    expect(await clerk(paymentDetails, { transactionId: parts[0]! })).toMatchObject({
      receipt: 'R9',
      channel: 'mail',
      postedOn: null,
      tenders: [{ reference: '588', amountCents: 700 }],
      totalCents: 700,
      hiddenCents: 500,
      accounts: [{ paidCents: 200 }],
    });
    await expect(clerk(paymentDetails, { transactionId: parts[1]! })).rejects.toMatchObject({ code: 'not_found' });
    expect((await runnerFor(database)(paymentDetails, { transactionId: parts[1]! })).hiddenCents).toBe(0);
  });
});

test('every invoice and payment of a made-up utility adds up', { timeout: 60_000 }, async () => {
  const database = await freshDatabase();
  await generateDemo(database, { customers: 60, months: 12, today: TODAY });
  const call = runnerFor(database);
  const rows = await database.db
    .selectFrom('ledger_transaction')
    .select(['id', 'kind', 'amount_cents as cents', 'account_id as accountId', 'status'])
    .where('kind', 'in', ['charge', 'payment', 'penalty'])
    .execute();
  let [taxed, metered, mixed] = [0, 0, 0];
  for (const { id, kind, cents, accountId, status } of rows) {
    if (kind === 'payment') {
      const payment = await call(paymentDetails, { transactionId: id });
      expect(sum(payment.tenders.map(({ amountCents }) => amountCents))).toBe(payment.totalCents);
      expect(payment.previousCents - payment.totalCents).toBe(payment.balanceCents);
      for (const { paid, openCents, paidCents } of payment.accounts) {
        expect(sum(paid.map((each) => each.cents)) + openCents).toBe(paidCents);
      }
      expect(payment.batchNumber === null).toBe(status === 'unposted');
      if (payment.tenders.length > 1) mixed += 1;
      continue;
    }
    const invoice = await call(invoiceDetails, { transactionId: id });
    expect(sum(invoice.lines.map((line) => line.amountCents + line.taxCents))).toBe(cents);
    const { previousCents, paymentsCents, otherCents, currentCents, totalCents } = invoice;
    expect(previousCents - paymentsCents + otherCents + currentCents).toBe(totalCents);
    if (invoice.lines.some(({ taxCents }) => taxCents > 0)) taxed += 1;
    if (invoice.reads.length > 0) metered += 1;
    const view = await call(listHistory, { accountId, view: 'invoice', invoiceId: id, limit: 1000 });
    expect(view.standing!.balanceCents).toBe(invoice.openCents);
    const details = await call(historyDetails, { transactionId: id });
    expect(sum(details.lines.map(({ openCents }) => openCents))).toBe(invoice.openCents);
  }
  expect([taxed > 0, metered > 0, mixed > 0]).toEqual([true, true, true]);
});
