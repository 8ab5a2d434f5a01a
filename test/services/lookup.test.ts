import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { find, type LookupAnswer } from '#services/lookup/find.ts';
import { type Step, stepCustomer, stepLocation } from '#services/lookup/step.ts';
import { addResidents, type Resident } from '#test/support/lookup-data.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { anyText } from '#test/support/texts.ts';

async function utility(residents: readonly Resident[]): Promise<Database> {
  const database = await freshDatabase();
  await addResidents(database, residents);
  await rebuildIndex(database);
  return database;
}

const town: readonly Resident[] = [
  {
    id: 1,
    first: 'Ana',
    middle: 'M',
    last: 'Rivera',
    spouse: 'Luis',
    phone: '(217) 555-0142',
    email: 'ana.rivera@example.org',
    line1: '638 Railroad Brook Dr Apt 4',
    meter: 'W-77120',
  },
  { id: 2, first: 'John', last: 'Smith', line1: '118 Alder Street', zip: '78701', movedInOn: '2015-01-01' },
  { id: 3, first: 'John', last: 'Smith', line1: '9 Oak Ave', activity: 'final' },
  { id: 4, business: 'Oak Street Holdings LLC', line1: '20 North Main St', altId: 'OLD-4471' },
  { id: 5, first: 'Zoë', last: 'Müller', line1: '55 5th Ave', movedInOn: '2022-01-01' },
  { id: 6, last: 'Rivera', sameCustomerAs: 1, line1: '12 Elm Ct', activity: 'final' },
  { id: 7, first: 'Paul', last: "O'Brien", sameLocationAs: 2, activity: 'final' },
  {
    id: 8,
    first: 'Sechin',
    last: 'Hidden',
    public: 0,
    line1: '77 Secret Way',
    phone: '(217) 555-9999',
    email: 'hidden@example.org',
    meter: 'S-1',
  },
  { id: 9, first: '太郎', last: '田中', line1: '3 Plum Pl' },
];

const ids = (answer: LookupAnswer) => answer.rows.map((row) => row.accountId);

describe('finding', () => {
  test('a house that is not there brings its street, nearest first, and says so', async () => {
    const call = runnerFor(
      await utility([
        { id: 1, last: 'One', line1: '118 Alder Street' },
        { id: 2, last: 'Two', line1: '640 N Alder St Apt 4' },
        { id: 3, last: 'Three', line1: '1200 Elder St' },
        { id: 4, last: 'Four', line1: '1078 Alder St' },
      ]),
    );
    const there = await call(find, { text: '1200 alder st', limit: 20 });
    expect([ids(there), there.nearest]).toEqual([[4, 2, 1], '1200 alder st']);
    const misspelt = await call(find, { text: '1300 aldr', limit: 20 });
    expect([ids(misspelt), misspelt.didYouMean, misspelt.nearest]).toEqual([[4, 2, 1], '1300 alder', '1300 alder']);
    expect(await call(find, { text: '118 alder', limit: 20 })).toMatchObject({
      nearest: null,
      rows: [{ accountId: 1 }],
    });
  });

  test('every kind of identifier leads to its account', async () => {
    const call = runnerFor(await utility(town));
    const wanted: Record<string, number> = {
      '100001': 1,
      'C-1': 1,
      c1: 1,
      'L-2': 2,
      '(217) 555-0142': 1,
      '+1 217 555 0142': 1,
      '5550142': 1,
      '555-0142': 1,
      'ana.rivera@example.org': 1,
      'ANA.RIV': 1,
      'W-77120': 1,
      'm:w77': 1,
      'OLD-4471': 4,
      'rivera, ana': 1,
      'ana rivera': 1,
      'm rivera': 1,
      'luis rivera': 1,
      'riv an': 1,
      'muller zoe': 5,
      MÜLLER: 5,
      田中: 9,
      obrien: 7,
      "o'brien": 7,
      'o brien': 7,
      '638 rail': 1,
      '638 railroad brook drive #4': 1,
      'railroad brook 638': 1,
      brook: 1,
      'brook railroad': 1,
      '638 brook': 1,
      '118 alder st': 2,
      '118 alder stre': 2,
      '118 alder ln': 2,
      '20 n main': 4,
      '20 main': 4,
      'fifth avenue': 5,
      'smith 78701': 2,
      '78701 smith': 2,
      'john smith 78701': 2,
      'smith 118': 2,
      'smith alder': 2,
      'holdings oak': 4,
    };
    const got: Record<string, unknown> = {};
    for (const text of Object.keys(wanted)) got[text] = ids(await call(find, { text, limit: 10 }))[0];
    expect(got).toEqual(wanted);
  });

  test('exact before beginning, active before final, current resident before former', async () => {
    const call = runnerFor(await utility([...town, { id: 10, first: 'John', last: 'Smithers' }]));
    expect(ids(await call(find, { text: 'john smith', limit: 10 }))).toEqual([2, 3, 10]);
    const place = await call(find, { text: '118 Alder St', limit: 10 });
    expect(place.rows.map((row) => [row.accountId, row.match.former, row.match.exact])).toEqual([
      [2, false, true],
      [7, true, true],
    ]);
    const rivera = await call(find, { text: 'C-1', limit: 10 });
    expect(rivera.rows.slice(0, 2).map((row) => [row.accountId, row.activity, row.accounts])).toEqual([
      [1, 'current', 2],
      [6, 'final', 2],
    ]);
  });

  test('a row carries what a list shows', async () => {
    const call = runnerFor(await utility(town));
    const { rows } = await call(find, { text: 'OLD-4471', limit: 10 });
    expect(rows).toEqual([
      {
        accountId: 4,
        accountNumber: '100004',
        activity: 'current',
        movedInOn: '2020-01-01',
        movedOutOn: null,
        customerId: 4,
        customerNumber: 'C-4',
        customerName: 'Oak Street Holdings LLC',
        locationId: 4,
        locationNumber: 'L-4',
        line1: '20 North Main St',
        city: 'Springfield',
        balanceCents: 40,
        phone: null,
        match: { kind: 'customerAltId', text: 'old4471', exact: true, former: true },
        accounts: 1,
        private: false,
      },
    ]);
  });

  test('customers without an account and locations without a resident are found', async () => {
    const database = await utility(town);
    await database.transaction(async (db) => {
      await db.deleteFrom('account_balance').where('account_id', '=', 5).execute();
      await db.deleteFrom('account').where('id', '=', 5).execute();
    });
    await rebuildIndex(database);
    const call = runnerFor(database);
    const owner = (await call(find, { text: 'muller', limit: 5 })).rows[0]!;
    expect([owner.accountId, owner.customerId, owner.locationId]).toEqual([null, 5, null]);
    const vacant = (await call(find, { text: '55 5th', limit: 5 })).rows[0]!;
    expect([vacant.accountId, vacant.customerId, vacant.locationId]).toEqual([null, null, 5]);
  });

  test('what somebody may not see is not found by anything', async () => {
    const database = await utility(town);
    const everybody = runnerFor(database, actor('lookup.use', 'accounts.read'));
    const some = runnerFor(database);
    for (const text of [
      'hidden',
      'sechin hidden',
      'hiddne',
      '100008',
      'C-8',
      'L-8',
      '77 secret',
      'secret way',
      '2175559999',
      '5559999',
      'hidden@example.org',
      'S-1',
      'hidden 77',
    ]) {
      expect([text, ids(await everybody(find, { text, limit: 20 }))]).toEqual([text, expect.not.arrayContaining([8])]);
      expect([text, ids(await some(find, { text, limit: 20 }))]).toEqual([text, expect.arrayContaining([8])]);
    }
  });

  test('one typing error in a name or a street still finds, and says what was meant', async () => {
    const call = runnerFor(await utility(town));
    const answers: Record<string, unknown> = {};
    for (const text of ['rievra', 'smiht john', 'aldr 118', '638 railraod', 'mullr']) {
      const { rows, didYouMean } = await call(find, { text, limit: 5 });
      answers[text] = [rows[0]?.accountId, didYouMean];
    }
    expect(answers).toEqual({
      rievra: [1, 'rivera'],
      'smiht john': [2, 'smith john'],
      'aldr 118': [2, 'alder 118'],
      '638 railraod': [1, '638 railroad'],
      mullr: [5, 'muller'],
    });
  });

  test('any two words of a name or an address find it, in any order, and any single typing error', async () => {
    const call = runnerFor(await utility(town));
    const words = ['rivera', 'ana', 'railroad', 'brook', 'alder', 'smith', 'muller', 'holdings'];
    const edit = fc.tuple(
      fc.constantFrom(...words.filter((word) => word.length > 4)),
      fc.nat(20),
      fc.constantFrom('drop', 'swap', 'double'),
    );
    await fc.assert(
      fc.asyncProperty(edit, async ([word, at, kind]) => {
        const place = at % (word.length - 1);
        const typed =
          kind === 'drop'
            ? word.slice(0, place) + word.slice(place + 1)
            : kind === 'swap'
              ? word.slice(0, place) + word[place + 1] + word[place] + word.slice(place + 2)
              : word.slice(0, place) + word[place] + word.slice(place);
        const meant = await call(find, { text: word, limit: 5 });
        const got = await call(find, { text: typed, limit: 5 });
        expect(ids(got)).toEqual(expect.arrayContaining(ids(meant).slice(0, 1)));
      }),
      { numRuns: 60 },
    );
  });

  test('anything may be typed or pasted', async () => {
    const call = runnerFor(await utility(town));
    await fc.assert(
      fc.asyncProperty(anyText({ maxLength: 60 }), async (text) => {
        const answer = await call(find, { text, limit: 5 });
        expect(answer.rows.length).toBeLessThanOrEqual(5);
      }),
      { numRuns: 300 },
    );
    for (const text of [
      '%',
      '_',
      "'; drop table customer; --",
      '\u001b[31m',
      '\u0000',
      '   ',
      ':',
      'm:',
      '@',
      '😀',
      '\ud800',
    ]) {
      expect((await call(find, { text, limit: 5 })).rows).toEqual([]);
    }
  });

  test('a look-up nobody waits for any more is given up', async () => {
    const call = runnerFor(await utility(town));
    await expect(call(find, { text: 'smith', limit: 5 }, { signal: AbortSignal.abort() })).rejects.toThrow('Cancelled');
  });
});

describe('◀ ▶', () => {
  test('with nothing shown the first; then each by number, private ones passed over, to the end', async () => {
    const database = await utility([...town, { id: 10 }, { id: 11 }]);
    const call = runnerFor(database, actor('accounts.read'));
    const walked: (string | null)[] = [];
    let at: Step | null = await call(stepCustomer, { customerId: null, direction: 'next' as const });
    while (at) {
      walked.push(at.number);
      at = await call(stepCustomer, { customerId: at.customerId, direction: 'next' as const });
    }
    expect(walked).toEqual(['C-1', 'C-2', 'C-3', 'C-4', 'C-5', 'C-7', 'C-9', 'C-10', 'C-11']);
    expect(await call(stepCustomer, { customerId: 9, direction: 'previous' as const })).toMatchObject({
      number: 'C-7',
    });
    expect(await call(stepCustomer, { customerId: 1, direction: 'previous' as const })).toBeNull();
    expect(await call(stepLocation, { locationId: null, direction: 'next' as const })).toMatchObject({
      number: 'L-1',
      accountId: 1,
    });
    expect(await call(stepLocation, { locationId: 6, direction: 'next' as const })).toMatchObject({ number: 'L-9' });
    expect(await call(stepLocation, { locationId: null, direction: 'last' as const })).toMatchObject({
      number: 'L-11',
    });
    expect(await runnerFor(database)(stepLocation, { locationId: 6, direction: 'next' as const })).toMatchObject({
      number: 'L-8',
    });
  });
});
