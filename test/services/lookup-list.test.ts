import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import type { Call } from '#services/operation.ts';
import { list, type ListFilters, type ListOrder, type ListPlace, type ListRow } from '#services/lookup/list.ts';
import { addResidents, type Resident } from '#test/support/lookup-data.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

const orders: readonly ListOrder[] = ['name', 'customer', 'location', 'address', 'account'];

/** Every row from an end of the list to the other. */
async function walk(
  call: Call,
  order: ListOrder,
  direction: 'forward' | 'back',
  limit: number,
  filters: ListFilters = {},
  from: ListPlace | null = null,
): Promise<ListRow[]> {
  const rows: ListRow[] = [];
  for (;;) {
    const page = await call(list, { order, direction, from, filters, limit });
    if (direction === 'forward') rows.push(...page.rows);
    else rows.unshift(...page.rows);
    if (page.resume === null) return rows;
    from = page.resume;
  }
}

const resident = fc.record({
  last: fc.constantFrom('Smith', 'Rivera', 'Ng'),
  line1: fc.constantFrom('2 Oak St', '10 Oak St', '118 Alder St Apt 4', '118 Alder St'),
  city: fc.constantFrom('Springfield', 'Chatham'),
  activity: fc.constantFrom('current' as const, 'final' as const),
  /** 0: a customer and a place of its own; else those of an earlier resident. */
  customerBack: fc.nat(3),
  locationBack: fc.nat(3),
});

const town = fc.array(resident, { minLength: 1, maxLength: 25 }).map((people): Resident[] => {
  const owners: number[] = [];
  const places: number[] = [];
  return people.map(({ customerBack, locationBack, ...person }, index) => {
    const id = index + 1;
    const sameCustomerAs = customerBack > 0 ? owners.at(-customerBack) : undefined;
    const sameLocationAs = locationBack > 0 ? places.at(-locationBack) : undefined;
    if (sameCustomerAs === undefined) owners.push(id);
    if (sameLocationAs === undefined) places.push(id);
    return { id, ...person, sameCustomerAs, sameLocationAs };
  });
});

describe('the list of everything', () => {
  test('walking forward, back, or on from any row visits each row once, whatever the page size', async () => {
    await fc.assert(
      fc.asyncProperty(
        town,
        fc.constantFrom(...orders),
        fc.integer({ min: 1, max: 7 }),
        fc.nat(),
        async (people, order, limit, at) => {
          const database = await freshDatabase();
          await addResidents(database, people);
          await rebuildIndex(database);
          const call = runnerFor(database);
          const forward = await walk(call, order, 'forward', limit);
          expect(forward.map((row) => row.accountId).toSorted((a, b) => a! - b!)).toEqual(people.map(({ id }) => id));
          expect(await walk(call, order, 'back', limit)).toEqual(forward);
          const middle = forward[at % forward.length]!;
          expect(await walk(call, order, 'forward', limit, {}, middle.place)).toEqual(
            forward.slice(forward.indexOf(middle) + 1),
          );
          expect(await walk(call, order, 'back', limit, {}, middle.place)).toEqual(
            forward.slice(0, forward.indexOf(middle)),
          );
          const filters: ListFilters = { city: 'Chatham', activity: 'current' };
          expect(await walk(call, order, 'forward', limit, filters)).toEqual(
            forward.filter((row) => row.city === 'Chatham' && row.activity === 'current'),
          );
        },
      ),
      { numRuns: process.env.METERDESK_TEST_POSTGRES ? 5 : 40 },
    );
  });

  test('each order is the one that people expect, and a text stands where it belongs', async () => {
    const database = await freshDatabase();
    await addResidents(database, [
      { id: 9, last: 'Zorn', line1: '10 Oak St' },
      { id: 10, last: 'Ámos', line1: '2 Oak St' },
      { id: 100, last: 'Ng', line1: '9 Alder Ave' },
    ]);
    await rebuildIndex(database);
    const call = runnerFor(database);
    const ids = async (order: ListOrder, text?: string) =>
      (await call(list, { order, direction: 'forward' as const, from: null, text, filters: {}, limit: 10 })).rows.map(
        (row) => row.accountId,
      );
    expect(await ids('name')).toEqual([10, 100, 9]);
    expect(await ids('customer')).toEqual([9, 10, 100]);
    expect(await ids('address')).toEqual([100, 10, 9]);
    expect(await ids('name', 'n')).toEqual([100, 9]);
    expect(await ids('customer', 'C-10')).toEqual([10, 100]);
    expect(await ids('address', 'oak')).toEqual([10, 9]);
    expect(await ids('address', '3 oak st')).toEqual([9]);
  });

  test('who may not see a private customer sees neither the row nor the location', async () => {
    const database = await freshDatabase();
    await addResidents(database, [
      { id: 1 },
      { id: 2, public: 0 },
      { id: 3, sameLocationAs: 2, activity: 'final' },
      { id: 4, public: 0, sameLocationAs: 1, activity: 'final' },
    ]);
    await rebuildIndex(database);
    const call = runnerFor(database, actor('lookup.use'));
    const seen = async (order: ListOrder) => (await walk(call, order, 'forward', 2)).map((row) => row.accountId);
    expect(await seen('location')).toEqual([1]);
    expect(await seen('address')).toEqual([1]);
    expect(await seen('name')).toEqual([1, 3]);
    expect(await seen('account')).toEqual([1, 3]);
  });
});
