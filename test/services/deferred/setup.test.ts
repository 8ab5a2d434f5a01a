import { expect, test } from 'vitest';
import { addCode } from '#services/code-tables/add.ts';
import { changeCode } from '#services/code-tables/change.ts';
import { reorderCode, retireCode, removeCode } from '#services/code-tables/remove.ts';
import { listParticipation } from '#services/deferred/participation.ts';
import { Books } from '#test/support/books.ts';

const table = 'deferred_charge';
type Given = Record<string, string | number | string[]>;
const given: Given = { fixed: 1, fixedCents: 100, trigger: 'payment' };

const add = (books: Books, code: string, attributes: Given = given) =>
  books.call(addCode, { table, code, name: `Fund ${code}`, attributes });

test('D5: a new opt-out charge ticks all customers, a new opt-in charge none', async () => {
  const books = await Books.open();
  const { customerId } = await books.town.household();
  await add(books, 'GIFT', { ...given, signUp: 'opt_out' });
  await add(books, 'JOIN 1', { ...given, signUp: 'opt_in' });
  const list = await books.call(listParticipation, { customerId });
  expect(list.map(({ charge, participates }) => [charge, participates])).toEqual([
    ['GIFT', true],
    ['JOIN 1', false],
  ]);
  expect(await books.database.db.selectFrom('deferred_participation').selectAll().execute()).toEqual([]);
});

test('the sign-up type is fixed once it is saved, everything else can be changed', async () => {
  const books = await Books.open();
  const { version } = await add(books, 'GIFT');
  const change = (attributes: Given) =>
    books.call(changeCode, { table, code: 'GIFT', version, name: 'Gift', attributes });
  await expect(change({ signUp: 'opt_out' })).rejects.toMatchObject({ code: expect.stringMatching(/refused|invalid/) });
  const changed = await change({ percentage: 1, millionths: 20_000, cap: 1, capCents: 500, calculation: 'sum' });
  expect(changed.attributes).toMatchObject({
    fixedCents: 100,
    millionths: 20_000,
    signUp: 'opt_in',
    trigger: 'payment',
  });
});

test.each<[string, Given, string]>([
  ['TOOLONG', given, 'code'],
  ['NONE', {}, 'fixed'],
  ['FIX', { fixed: 1 }, 'fixedCents'],
  ['PCT', { percentage: 1 }, 'millionths'],
  ['UP', { roundUp: 1 }, 'roundUpCents'],
  ['OWN', { ...given, useCompanyOrder: 0 }, 'services'],
  ['SVC', { ...given, useCompanyOrder: 0, services: ['NOPE'] }, 'services'],
  ['GL', { ...given, gl: '9999' }, 'gl'],
])('%s is refused at the field that is wrong', async (code, attributes, field) => {
  const books = await Books.open();
  const refusal = await add(books, code, attributes).then(
    () => null,
    (error: { fields: Record<string, string> }) => Object.keys(error.fields),
  );
  expect(refusal).toEqual([field]);
});

test('their order is the order of their turns; what is retired is charged no more; what was used is not deleted', async () => {
  const books = await Books.open();
  const account = await books.town.household();
  await add(books, 'ONE', { ...given, signUp: 'opt_out', oncePerStatement: 0 });
  const two = await add(books, 'TWO', { ...given, signUp: 'opt_out', oncePerStatement: 0 });
  const moved = await books.call(reorderCode, { table, code: 'TWO', version: two.version, to: 0 });
  const charged = async () => {
    await books.pay(account, [{ method: 'check', cents: 500 }]);
    const rows = await books.database.db.selectFrom('deferred_posting').select('charge').orderBy('id').execute();
    return rows.map(({ charge }) => charge);
  };
  expect(await charged()).toEqual(['TWO', 'ONE']);
  await books.call(retireCode, { table, code: 'TWO', version: moved.version });
  expect(await charged()).toEqual(['TWO', 'ONE', 'ONE']);
  await expect(books.call(removeCode, { table, code: 'TWO', version: moved.version + 1 })).rejects.toMatchObject({
    message: expect.stringContaining('1 charge made'),
  });
});
