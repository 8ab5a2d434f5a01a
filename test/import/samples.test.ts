import { describe, expect, test } from 'vitest';
import { clean } from './ledger.ts';
import { changes, digestOf, importInto, imported, SAMPLES } from './support.ts';

describe('the water layout', () => {
  test('developments, buildings, meters, reads and charges, with every oddity', async () => {
    const { database, summary } = await imported({
      ...SAMPLES.water,
      expect: { charges: '775.54', consumption: '730' },
    });
    expect(changes(summary)).toEqual({
      customer: '+3 ~0',
      address: '+2 ~0',
      location: '+4 ~0',
      account: '+4 ~0',
      service: '+4 ~0',
      meter: '+5 ~0',
      installation: '+5 ~0',
      charge: '+9 ~0',
      read: '+9 ~0',
    });
    const { db } = database;
    const places = await db
      .selectFrom('location')
      .select(['number', 'line1', 'city', 'zip'])
      .orderBy('number')
      .execute();
    expect(places).toEqual([
      { number: '901/BLD 01', line1: '12-01 ALDER STREET', city: 'JAMAICA', zip: '01143' },
      { number: '901/BLD 02', line1: '12-15 ALDER STREET', city: 'JAMAICA', zip: '01143' },
      { number: '902/BLD 07 - Community Center', line1: '181 BIRCH LANE', city: 'STATEN ISLAND', zip: '01030' },
      { number: '903/', line1: 'CEDAR TOWER', city: 'QUEENS', zip: null },
    ]);
    const posted = await db
      .selectFrom('ledger_transaction')
      .select(['number', 'kind', 'amount_cents as cents', 'effective_on as on', 'due_on as due'])
      .where('number', 'in', ['70002', '70004', '70005'])
      .orderBy('id')
      .execute();
    expect(posted).toEqual([
      { number: '70002', kind: 'charge', cents: 25_835, on: '2025-02-24', due: '2025-03-26' },
      { number: '70002', kind: 'charge', cents: 25_835, on: '2025-02-24', due: '2025-03-26' },
      { number: '70004', kind: 'adjustment', cents: -174_851, on: '2025-02-24', due: '2025-03-26' },
      { number: '70005', kind: 'charge', cents: 0, on: '2025-03-31', due: '2025-04-30' },
    ]);
    await clean(database);
  });

  test('customers are found by name, account and meter at once', async () => {
    const { database } = await imported(SAMPLES.water);
    const keys = await database.db.selectFrom('search_key').select('key').where('key', 'like', 'm300%').execute();
    expect(keys.length).toBeGreaterThan(0);
  });
});

describe('the receivables layout', () => {
  test('settlements pay their invoices on their day; what is unsettled stays open', async () => {
    const { database, summary } = await imported({ ...SAMPLES.invoices, expect: { invoices: '317.24' } });
    expect(changes(summary)).toMatchObject({ charge: '+5 ~0', payment: '+4 ~0' });
    const { db } = database;
    const open = await db
      .selectFrom('ledger_line as l')
      .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
      .select(['t.number', 'l.open_cents as open'])
      .where('l.open_cents', '<>', 0)
      .execute();
    expect(open).toEqual([{ number: '900004', open: 10_000 }]);
    const paid = await db.selectFrom('allocation').select('allocated_on').orderBy('allocated_on').execute();
    expect(paid.map((row) => row.allocated_on)).toEqual(['2024-04-25', '2025-01-23', '2025-03-16', '2025-04-19']);
    const disputed = await db
      .selectFrom('ledger_transaction')
      .select(['number', 'memo'])
      .where('reason', '=', 'disputed')
      .execute();
    expect(disputed).toEqual([{ number: '900003', memo: 'Disputed by the customer' }]);
    await clean(database);
  });
});

describe('a third layout by a new profile alone', () => {
  test('three files, semicolons, decimal commas, registers, money in minor units', async () => {
    const { database, summary } = await imported({
      ...SAMPLES.harbor,
      expect: { charges: '4521.61', consumption: '46.5' },
    });
    expect(summary.totals.filter((line) => line.dimension === '').map((line) => [line.name, line.ledger])).toEqual([
      ['charges', 452_161],
      ['consumption', 46_500],
      ['payments', 223_456],
    ]);
    const { db } = database;
    const people = await db.selectFrom('customer').select(['display_name', 'kind']).orderBy('number').execute();
    expect(people).toEqual([
      { display_name: 'Ångström, Åsa', kind: 'individual' },
      { display_name: "O'Neill & Söner AB", kind: 'profit' },
    ]);
    const phones = await db.selectFrom('customer_phone').select('digits').orderBy('digits').execute();
    expect(phones.map((row) => row.digits)).toEqual(['2175550142', '2175550199']);
    const reads = await db
      .selectFrom('meter_read')
      .select(['reading_milli', 'usage_milli', 'kind'])
      .orderBy('id')
      .execute();
    expect(reads.slice(0, 3)).toEqual([
      { reading_milli: 1_212_500, usage_milli: 12_000, kind: 'regular' },
      { reading_milli: 1_222_000, usage_milli: 9500, kind: 'estimated' },
      { reading_milli: 11_000, usage_milli: 25_000, kind: 'regular' },
    ]);
    const balances = await db
      .selectFrom('account as a')
      .innerJoin('account_balance as b', 'b.account_id', 'a.id')
      .select(['a.number', 'b.balance_cents as cents'])
      .orderBy('a.number')
      .execute();
    expect(balances).toEqual([
      { number: '4711', cents: 123_456 + 98_705 - 123_456 },
      { number: '4712', cents: 245_000 - 15_000 - 100_000 },
    ]);
    await clean(database);
  });

  test('a file of payments alone finds the accounts and charges of earlier runs', async () => {
    const { profile, files } = SAMPLES.harbor;
    const { database } = await imported({ profile, files: files.slice(0, 2) });
    const later = await importInto(database, { profile, files: files.slice(2) });
    expect(changes(later)).toEqual({ payment: '+2 ~0' });
    await clean(database);
  });
});

test.each(Object.entries(SAMPLES))(
  '%s: the same files again change no row but the note of the run',
  async (_, asked) => {
    const { database } = await imported(asked);
    const ledger = await digestOf(database, ['import_run', 'audit_entry']);
    const again = await importInto(database, asked);
    expect(changes(again)).toEqual({});
    expect(await digestOf(database, ['import_run', 'audit_entry'])).toBe(ledger);
  },
);

test.each(Object.entries(SAMPLES))('%s: a trial run tells everything and keeps nothing', async (_, asked) => {
  const { database } = await imported({ ...asked, dryRun: true });
  const empty = await digestOf(database);
  const trial = await importInto(database, { ...asked, dryRun: true });
  const real = await importInto(database, asked);
  expect({ ...real, run: null, dryRun: true }).toEqual(trial);
  expect(await digestOf(database)).not.toBe(empty);
});
