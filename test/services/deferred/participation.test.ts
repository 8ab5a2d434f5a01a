import { expect, test } from 'vitest';
import { participate } from '#services/deferred/participate.ts';
import { listParticipation, type Participation } from '#services/deferred/participation.ts';
import { reversePayment } from '#services/corrections/reverse-payment.ts';
import { Books } from '#test/support/books.ts';
import { deferredCode, fixed, ROUND } from '#test/support/deferred.ts';
import { TODAY } from '#test/support/database.ts';

/** A utility with an opt-out and an opt-in charge. */
async function utility(): Promise<Books> {
  const books = await Books.open();
  await books.town.add('code_value', deferredCode('FUND', { ...fixed(100), trigger: 'payment' }, 1));
  await books.town.add('code_value', deferredCode('ROUND', { ...ROUND, signUp: 'opt_in' }, 0));
  await books.town.add('code_value', deferredCode('OLD', fixed(100), 2, 0));
  return books;
}

const list = (books: Books, customerId: number): Promise<Participation[]> =>
  books.call(listParticipation, { customerId });

test('D5: an opt-out charge has all customers take part, an opt-in one nobody; either can be said otherwise', async () => {
  const books = await utility();
  const { customerId } = await books.town.household();
  expect(await list(books, customerId)).toEqual([
    {
      charge: 'ROUND',
      name: 'Fund ROUND',
      signUp: 'opt_in',
      trigger: 'overpayment',
      amount: 'up to a multiple of 5.00',
      participates: false,
      decided: null,
      version: 0,
      givenCents: 0,
    },
    expect.objectContaining({ charge: 'FUND', amount: '1.00', participates: true, decided: null }),
  ]);
  const joined = await books.call(participate, { customerId, charge: 'ROUND', participates: true, version: 0 });
  await books.call(participate, { customerId, charge: 'FUND', participates: false, version: 0 });
  const decided = { on: TODAY, by: 'tess' };
  expect(await list(books, customerId)).toMatchObject([
    { charge: 'ROUND', participates: true, decided },
    { charge: 'FUND', participates: false, decided },
  ]);
  await books.call(participate, { customerId, charge: 'ROUND', participates: false, version: joined.version });
  const left = { participates: false, version: joined.version + 1 };
  expect((await list(books, customerId))[0]).toMatchObject(left);
  const unsaid = { customerId, charge: 'ROUND', participates: null };
  await expect(books.call(participate, { ...unsaid, version: joined.version })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await books.call(participate, { ...unsaid, version: left.version })).toMatchObject({ version: 0 });
  expect((await list(books, customerId))[0]).toMatchObject({ decided: null, version: 0 });
});

test('of two who decide at once the second is told; what is not there or not active is refused', async () => {
  const books = await utility();
  const { customerId } = await books.town.household();
  const decide = (charge: string, yes: boolean, version: number) =>
    books.call(participate, { customerId, charge, participates: yes, version });
  await decide('FUND', false, 0);
  await expect(decide('FUND', true, 0)).rejects.toMatchObject({ code: 'conflict' });
  await expect(decide('OLD', true, 0)).rejects.toMatchObject({ code: 'refused' });
  await expect(decide('NONE', true, 0)).rejects.toMatchObject({ code: 'invalid' });
  const reader = books.as('rita', null, 'customers.read');
  await expect(
    reader(participate, { customerId, charge: 'FUND', participates: true, version: 1 }),
  ).rejects.toMatchObject({ code: 'forbidden' });
});

test('what was charged this year counts, less what was taken back', async () => {
  const books = await utility();
  const account = await books.town.household();
  const pay = (on: string) => books.pay(account, [{ method: 'check', cents: 500 }], { on });
  const given = async () => (await list(books, account.customerId))[1]!.givenCents;
  await pay('2025-12-30');
  expect(await given()).toBe(0);
  await statement('2026-01-10');
  await pay('2026-01-20');
  await statement('2026-02-10');
  const [part] = await pay('2026-02-20');
  expect(await given()).toBe(200);
  await books.call(reversePayment.command, { transactionId: part!.id, reason: 'other', memo: null });
  expect(await given()).toBe(100);

  function statement(on: string): Promise<number> {
    return books.town.add('statement', {
      number: on,
      customer_id: account.customerId,
      account_id: account.id,
      billed_on: on,
      due_on: on,
      previous_cents: 0,
      payments_cents: 0,
      charges_cents: 0,
      balance_cents: 0,
    });
  }
});
