import { describe, expect, test } from 'vitest';
import { adjustBill } from '#services/corrections/adjust-bill.ts';
import { approve } from '#services/corrections/approvals.ts';
import { billLines } from '#services/corrections/bill.ts';
import { reverseCharges } from '#services/corrections/reverse-charges.ts';
import { enter } from '#services/ledger/enter.ts';
import { Books } from '#test/support/books.ts';
import { TODAY } from '#test/support/database.ts';

/** Water of 8,000 gallons at 5.00, sewer at half of the water, and 8 % tax on the sewer. */
async function billed(post = true) {
  const books = await Books.open();
  const account = await books.town.household();
  const [water, sewer] = [await books.town.serviceType('WAT'), await books.town.serviceType('SEW')];
  const bill = await books.do(async (ctx) => {
    const [first, second, third] = [ctx.newId(), ctx.newId(), ctx.newId()] as const;
    return {
      ids: { water: first, sewer: second, tax: third },
      lines: [
        { id: first, serviceTypeId: water, amountCents: 4000, quantityMilli: 8000, unit: 'kgal', description: 'Water' },
        {
          id: second,
          serviceTypeId: sewer,
          amountCents: 2000,
          baseLineId: first,
          shareMillionths: 500_000,
          description: 'Sewer',
        },
        {
          id: third,
          amountCents: 160,
          baseLineId: second,
          shareMillionths: 80_000,
          description: 'Tax',
          creditGl: '2300',
        },
      ],
    };
  });
  const dated = { on: '2026-08-01', dueOn: '2026-08-21', number: 'B1' };
  const lines = bill.lines.map((line) => ({ debitGl: '1200', creditGl: '4900', effect: 1 as const, ...line }));
  const { id } = post
    ? await books.charge(account, lines, dated)
    : await books.do((ctx) =>
        enter(ctx, { account, kind: 'charge', effectiveOn: dated.on, dueOn: dated.dueOn, number: 'B1', lines }),
      );
  return { books, account, id, ids: bill.ids };
}

const why = { reason: 'misread', memo: null };
const since = { reason: 'billed', memo: null };

describe('adjusting a bill', () => {
  test('a lower quantity lowers the linked charge and its tax, half cents up, by a linked transaction', async () => {
    const { books, account, id, ids } = await billed();
    const input = { transactionId: id, lines: [{ lineId: ids.water, quantityMilli: 6500 }], ...why };
    const effect = await books.call(adjustBill.preview, input);
    // Water 32.50, sewer 16.25, tax 1.30.
    expect(effect.accounts[0]).toMatchObject({ before: { balanceCents: 6160 }, after: { balanceCents: 5005 } });
    const { transactionIds } = await books.call(adjustBill.command, input);
    expect((await books.open(account)).debts.map(([, cents]) => cents)).toEqual([3250, 1625, 130]);
    const rows = await books.database.db
      .selectFrom('ledger_line')
      .select(['corrects_line_id as line', 'amount_cents as cents', 'debit_gl as debit', 'quantity_milli as quantity'])
      .where('transaction_id', '=', transactionIds[0]!)
      .orderBy('id')
      .execute();
    expect(rows).toEqual([
      { line: ids.water, cents: 750, debit: '4900', quantity: 1500 },
      { line: ids.sewer, cents: 375, debit: '4900', quantity: null },
      { line: ids.tax, cents: 30, debit: '2300', quantity: null },
    ]);
    const shown = await books.call(billLines, { transactionId: id });
    expect(shown.map(({ amountCents, quantityMilli }) => [amountCents, quantityMilli])).toEqual([
      [3250, 6500],
      [1625, null],
      [130, null],
    ]);
    // And up again: the raise is due with the bill.
    await books.call(adjustBill.command, { ...input, lines: [{ lineId: ids.water, amountCents: 4000 }] });
    expect(await books.balance(account)).toEqual({ posted: 6160, unposted: 0 });
    expect((await books.open(account)).debts.every(([dueOn]) => dueOn === '2026-08-21')).toBe(true);
    expect(await books.findings()).toEqual([]);
  });

  test('a payment locks quantities and paid amounts; what is open of a line can still go down', async () => {
    const { books, account, id, ids } = await billed();
    await books.pay(account, [{ method: 'cash', cents: 4500 }]);
    const change = (lineId: number, values: object) =>
      books.call(adjustBill.command, { transactionId: id, lines: [{ lineId, ...values }], ...why });
    await expect(change(ids.water, { amountCents: 3000 })).rejects.toMatchObject({
      message: expect.stringContaining('paid'),
    });
    await expect(change(ids.water, { quantityMilli: 3000 })).rejects.toMatchObject({
      message: 'A payment is posted on this line.',
    });
    await expect(change(ids.sewer, { amountCents: 499 })).rejects.toMatchObject({
      message: '5.00 of it is paid: it cannot be lower.',
    });
    await change(ids.sewer, { amountCents: 500 });
    expect((await books.open(account)).debts.map(([, cents]) => cents)).toEqual([40]);
    expect(await books.findings()).toEqual([]);
  });

  test('a bill that is not posted is changed itself', async () => {
    const { books, account, id, ids } = await billed(false);
    await books.call(adjustBill.command, {
      transactionId: id,
      lines: [{ lineId: ids.water, amountCents: 2000 }],
      ...why,
    });
    expect(await books.balance(account)).toEqual({ posted: 0, unposted: 3080 });
    expect(await books.findings()).toEqual([]);
  });

  test('a credit above the limit waits; nothing changed, or a line of another bill, is refused', async () => {
    const { books, account, id, ids } = await billed();
    const carl = books.as('carl', 100, 'bills.adjust', 'adjustments.enter');
    const input = { transactionId: id, lines: [{ lineId: ids.water, amountCents: 2000 }], ...why };
    const { requestId } = await carl(adjustBill.command, input);
    expect(await books.balance(account)).toEqual({ posted: 6160, unposted: 0 });
    await books.call(approve, { requestId: requestId!, version: 1 });
    expect(await books.balance(account)).toEqual({ posted: 3080, unposted: 0 });
    await expect(books.call(adjustBill.command, input)).rejects.toMatchObject({ message: 'Nothing was changed.' });
    await expect(
      books.call(adjustBill.command, { ...input, lines: [{ lineId: 4711, amountCents: 1 }] }),
    ).rejects.toMatchObject({ code: 'invalid' });
  });
});

/** Water by a rate with tiers and, beside it, refuse by the month: two months of both, with a tax on the water. */
async function billedByTiers() {
  const books = await Books.open();
  const { town } = books;
  const [water, refuse] = [await town.serviceType('WAT'), await town.serviceType('REF')];
  const account = await town.household();
  const tiers = [
    { upToMilli: 3000, centsPerUnit: 300 },
    { upToMilli: null, centsPerUnit: 500 },
  ];
  const rate = await town.add('rate_code', {
    code: 'WAT-R',
    name: 'Water, tiered',
    service_type_id: water,
    minimum_cents: 1000,
    tiers: JSON.stringify(tiers),
  });
  await town.service(account, water, { rate_code_id: rate });
  const ids = await books.do(async (ctx) => ({ water: ctx.newId(), refuse: ctx.newId(), tax: ctx.newId() }));
  // 2 × 10.00, six at 3.00 (three a month), four at 5.00.
  const { id } = await books.charge(account, [
    { id: ids.water, serviceTypeId: water, amountCents: 5800, quantityMilli: 10_000, unit: 'kgal' },
    { id: ids.refuse, serviceTypeId: refuse, amountCents: 4000, quantityMilli: 2000, unit: 'month' },
    { id: ids.tax, amountCents: 464, baseLineId: ids.water, shareMillionths: 80_000, creditGl: '2300' },
  ]);
  return { books, account, id, ids };
}

describe('a quantity on a bill by a rate with tiers', () => {
  test('is priced by the tiers for the time that the bill is over, and its tax follows', async () => {
    const { books, account, id, ids } = await billedByTiers();
    const change = (lineId: number, values: object) =>
      books.call(adjustBill.command, { transactionId: id, lines: [{ lineId, ...values }], ...why });
    await change(ids.water, { quantityMilli: 5000 });
    // 20.00 and five at 3.00; 8 % of it. Half the price of ten would have been 29.00.
    expect((await books.open(account)).debts.map(([, cents]) => cents)).toEqual([3500, 4000, 280]);
    // And what stands is followed again: six at 3.00 and one at 5.00.
    await change(ids.water, { quantityMilli: 7000 });
    expect(await books.balance(account)).toEqual({ posted: 4300 + 4000 + 344, unposted: 0 });
    // Months have no tiers.
    await change(ids.refuse, { quantityMilli: 1000 });
    expect(await books.balance(account)).toEqual({ posted: 4300 + 2000 + 344, unposted: 0 });
    expect(await books.findings()).toEqual([]);
  });

  test('billed anew it is priced so, too; an amount that was set by hand keeps its price', async () => {
    const { books, account, id, ids } = await billedByTiers();
    await books.call(reverseCharges.command, {
      transactionId: id,
      lineIds: [ids.water],
      rebill: [{ lineId: ids.water, quantityMilli: 5000 }],
      ...since,
    });
    expect(await books.balance(account)).toEqual({ posted: 3500 + 280 + 4000, unposted: 0 });
    const other = await billedByTiers();
    const change = (values: object) =>
      other.books.call(adjustBill.command, {
        transactionId: other.id,
        lines: [{ lineId: other.ids.water, ...values }],
        ...why,
      });
    await change({ amountCents: 4000 });
    await change({ quantityMilli: 5000 });
    expect(await other.books.balance(other.account)).toEqual({ posted: 2000 + 160 + 4000, unposted: 0 });
  });
});

describe('reversing charges of an invoice', () => {
  test('a line goes with what is calculated from it; what was paid of it is open credit', async () => {
    const { books, account, id, ids } = await billed();
    await books.pay(account, [{ method: 'cash', cents: 4500 }]);
    const input = { transactionId: id, lineIds: [ids.sewer], ...since };
    const effect = await books.call(reverseCharges.preview, input);
    expect(effect.warnings).toEqual(['What was paid of it becomes open credit.']);
    await books.call(reverseCharges.command, input);
    expect(await books.open(account)).toEqual({ debts: [], credits: [500] });
    expect((await books.call(billLines, { transactionId: id })).map(({ reversed }) => reversed)).toEqual([
      false,
      true,
      true,
    ]);
    await expect(books.call(reverseCharges.command, input)).rejects.toMatchObject({
      message: expect.stringContaining('once'),
    });
    await books.call(reverseCharges.command, { transactionId: id, ...since });
    expect(await books.open(account)).toEqual({ debts: [], credits: [4500] });
    await expect(books.call(reverseCharges.command, { transactionId: id, ...since })).rejects.toMatchObject({
      message: 'Nothing of this charge is left to reverse.',
    });
    expect(await books.findings()).toEqual([]);
  });

  test('billed anew with changes: taxes follow, the credit pays it, it is due as long after its day', async () => {
    const { books, account, id, ids } = await billed();
    await books.pay(account, [{ method: 'cash', cents: 6160 }]);
    const { transactionIds } = await books.call(reverseCharges.command, {
      transactionId: id,
      ...since,
      rebill: [{ lineId: ids.water, amountCents: 5000 }],
    });
    const charge = await books.database.db
      .selectFrom('ledger_transaction')
      .select(['number', 'effective_on as on', 'due_on as dueOn', 'amount_cents as cents', 'corrects_id as corrects'])
      .where('id', '=', transactionIds[1]!)
      .executeTakeFirstOrThrow();
    // Water 50.00, sewer 25.00, tax 2.00.
    expect(charge).toEqual({ number: 'B1-1', on: TODAY, dueOn: '2026-12-11', cents: 7700, corrects: id });
    expect(await books.open(account)).toMatchObject({ credits: [] });
    expect(await books.balance(account)).toEqual({ posted: 1540, unposted: 0 });
    expect(await books.findings()).toEqual([]);
  });

  test('after an adjustment the rest is reversed; in a closed period on the first open day', async () => {
    const { books, account, id, ids } = await billed();
    const lines = (amountCents: number) => ({
      transactionId: id,
      lines: [{ lineId: ids.water, amountCents }],
      ...why,
    });
    await books.call(adjustBill.command, lines(3000));
    await books.call(adjustBill.command, lines(4400));
    await books.town.add('accounting_period', {
      name: 'Autumn',
      starts_on: '2026-11-01',
      ends_on: '2026-11-30',
      status: 'closed',
    });
    const effect = await books.call(reverseCharges.preview, { transactionId: id, ...since });
    expect(effect.made.map(({ effectiveOn }) => effectiveOn)).toEqual(['2026-12-01']);
    await books.call(reverseCharges.command, { transactionId: id, ...since });
    expect(await books.balance(account)).toEqual({ posted: 0, unposted: 0 });
    expect(await books.open(account)).toEqual({ debts: [], credits: [] });
    expect(await books.findings()).toEqual([]);
  });
});
