import { expect, test } from 'vitest';
import { adjustBill } from '#services/corrections/adjust-bill.ts';
import { reverseCharges } from '#services/corrections/reverse-charges.ts';
import { Books } from '#test/support/books.ts';
import { TODAY } from '#test/support/database.ts';

/** Water by its meter at 5.00, sewer by the same ten at 3.00, and irrigation by a meter of its own that read as much. */
async function billed() {
  const books = await Books.open();
  const { town } = books;
  const account = await town.household();
  const water = await town.serviceType('WAT', { payoff_rank: 1 });
  const sewer = await town.serviceType('SEW', { payoff_rank: 2 });
  const irrigation = await town.serviceType('IRR', { payoff_rank: 3 });
  const of = { customer_id: account.customerId, account_id: account.id };
  const statementId = await town.add('statement', {
    ...of,
    number: 'B1',
    billed_on: TODAY,
    due_on: TODAY,
    previous_cents: 0,
    payments_cents: 0,
    charges_cents: 13_000,
    balance_cents: 13_000,
  });
  for (const [number, service_type_id] of [
    ['M1', water],
    ['M2', irrigation],
  ] as const) {
    await town.add('meter_read', {
      ...of,
      location_id: account.locationId,
      meter_id: await town.add('meter', { number, unit: 'kgal' }),
      service_type_id,
      kind: 'regular',
      read_on: TODAY,
      usage_milli: 10_000,
      billed_milli: 10_000,
      statement_id: statementId,
    });
  }
  const ids = await books.do(async (ctx) => ({ water: ctx.newId(), sewer: ctx.newId(), irrigation: ctx.newId() }));
  const line = (id: number, serviceTypeId: number, amountCents: number) =>
    ({ id, serviceTypeId, amountCents, quantityMilli: 10_000, unit: 'kgal' }) as const;
  const plain = { debitGl: '1200', creditGl: '4900', effect: 1 } as const;
  const { id } = await books.post({
    account,
    kind: 'charge',
    effectiveOn: TODAY,
    dueOn: TODAY,
    statementId,
    lines: [
      { ...plain, ...line(ids.water, water, 5000), description: 'Water' },
      { ...plain, ...line(ids.sewer, sewer, 3000), description: 'Sewer' },
      { ...plain, ...line(ids.irrigation, irrigation, 5000), description: 'Irrigation' },
    ],
  });
  return { books, account, id, ids, sewer };
}

const why = { reason: 'misread', memo: null };

test('what is billed by the reading of another service follows its quantity; what has its own reading does not', async () => {
  const { books, account, id, ids } = await billed();
  const lines = [{ lineId: ids.water, quantityMilli: 8000 }];
  await books.call(adjustBill.command, { transactionId: id, lines, ...why });
  // 40.00 water, 24.00 sewer, 50.00 irrigation.
  expect(await books.balance(account)).toEqual({ posted: 11_400, unposted: 0 });
  expect(await books.findings()).toEqual([]);
});

test('a line that is changed itself stays as it was typed', async () => {
  const { books, account, id, ids } = await billed();
  const lines = [
    { lineId: ids.water, quantityMilli: 8000 },
    { lineId: ids.sewer, amountCents: 3000 },
  ];
  await books.call(adjustBill.command, { transactionId: id, lines, ...why });
  expect(await books.balance(account)).toEqual({ posted: 12_000, unposted: 0 });
});

test('a line that is paid stays, and the preview says so', async () => {
  const { books, account, id, ids, sewer } = await billed();
  await books.pay(account, [{ method: 'cash', cents: 3000 }], { service: sewer });
  const lines = [{ lineId: ids.water, quantityMilli: 8000 }];
  const { warnings } = await books.call(adjustBill.preview, { transactionId: id, lines, ...why });
  expect(warnings).toContain('Sewer stays as it is. A payment is posted on this line.');
  await books.call(adjustBill.command, { transactionId: id, lines, ...why });
  expect(await books.balance(account)).toEqual({ posted: 9000, unposted: 0 });
});

test('billed anew it follows too', async () => {
  const { books, account, id, ids } = await billed();
  await books.call(reverseCharges.command, {
    transactionId: id,
    lineIds: [ids.water, ids.sewer],
    rebill: [{ lineId: ids.water, quantityMilli: 8000 }],
    reason: 'billed',
    memo: null,
  });
  expect(await books.balance(account)).toEqual({ posted: 11_400, unposted: 0 });
});
