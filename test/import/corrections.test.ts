import { describe, expect, test } from 'vitest';
import { clean } from './ledger.ts';
import { changes, fileWith, importInto, imported, SAMPLES, sampleText } from './support.ts';

const { profile } = SAMPLES.invoices;

/** The invoices sample with some text replaced by other text. */
const corrected = (...replacements: readonly (readonly [string, string])[]): string =>
  fileWith(
    'invoices.csv',
    replacements.reduce((text, [from, to]) => {
      expect(text).toContain(from);
      return text.replace(from, to);
    }, sampleText('invoices.csv')),
  );

describe('a corrected file', () => {
  test('takes back a posted charge by linked opposite rows and posts the right one; its payment moves over', async () => {
    const { database } = await imported(SAMPLES.invoices);
    const file = corrected(['50.39', '45.00']);
    const summary = await importInto(database, { profile, files: [file], expect: { invoices: '311.85' } });
    expect(changes(summary)).toEqual({ charge: '+0 ~1', payment: '+0 ~1' });
    await clean(database);
    const { db } = database;
    const rows = await db
      .selectFrom('ledger_transaction')
      .selectAll()
      .where('number', '=', '900001')
      .orderBy('id')
      .execute();
    const [old, reversal, right] = rows;
    expect(rows.map(({ kind, amount_cents: cents }) => [kind, cents])).toEqual([
      ['charge', 5039],
      ['reversal', -5039],
      ['charge', 4500],
    ]);
    expect([reversal!.reverses_id, right!.corrects_id]).toEqual([old!.id, old!.id]);
    const open = await db
      .selectFrom('ledger_line')
      .select('open_cents')
      .where(
        'transaction_id',
        'in',
        rows.map((row) => row.id),
      )
      .execute();
    expect(open.map((line) => line.open_cents)).toEqual([0, 0, 0]);
    const audit = await db
      .selectFrom('audit_entry')
      .select(['entity', 'changes'])
      .where('entity', '=', 'ledger_transaction')
      .execute();
    expect(audit.map((row) => (JSON.parse(row.changes!) as { amount_cents: unknown }).amount_cents)).toEqual([
      [5039, 4500],
      [-5039, -4500],
    ]);
    const again = await importInto(database, { profile, files: [file] });
    expect(changes(again)).toEqual({});
  });

  test('a charge that turns out larger leaves the rest open; the first file again brings everything back', async () => {
    const { database } = await imported(SAMPLES.invoices);
    const settledLess = fileWith(
      'x.csv',
      sampleText('invoices.csv').replace('50.39,No,23/01/2025', '80.39,No,23/01/2025'),
    );
    await importInto(database, { profile, files: [settledLess] });
    await clean(database);
    await importInto(database, { profile, files: [...SAMPLES.invoices.files] });
    await clean(database);
    const [balance] = await database.db
      .selectFrom('account as a')
      .innerJoin('account_balance as b', 'b.account_id', 'a.id')
      .select('b.balance_cents')
      .where('a.number', '=', '1111-AAAAA')
      .execute();
    expect(balance!.balance_cents).toBe(0);
  });

  test('a settlement that came later pays the invoice then; one that moves to another day is posted anew', async () => {
    const { database } = await imported(SAMPLES.invoices);
    const file = corrected(['100,No,,Paper', '100,No,30/04/2025,Paper'], ['No,16/03/2025', 'No,17/03/2025']);
    const summary = await importInto(database, { profile, files: [file] });
    expect(changes(summary)).toEqual({ payment: '+1 ~1' });
    await clean(database);
    const open = await database.db.selectFrom('ledger_line').select('id').where('open_cents', '<>', 0).execute();
    expect(open).toEqual([]);
  });

  test('changes just the field that differs, so that what staff edited elsewhere stays', async () => {
    const { profile: water, files } = SAMPLES.water;
    const { database } = await imported(SAMPLES.water);
    await database.transaction((db) =>
      db.updateTable('customer').set({ alt_id: 'BY HAND', no_checks: 1 }).where('number', '=', '901').execute(),
    );
    const renamed = fileWith('bills.csv', sampleText('water-bills.csv').replaceAll('ALDER COURT', 'ALDER GARDENS'));
    const summary = await importInto(database, { profile: water, files: [renamed, files[1]] });
    expect(changes(summary)).toMatchObject({ customer: '+0 ~1' });
    expect(changes(summary)).not.toHaveProperty('charge');
    const row = await database.db
      .selectFrom('customer')
      .selectAll()
      .where('number', '=', '901')
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ display_name: 'ALDER GARDENS', alt_id: 'BY HAND', no_checks: 1, version: 2 });
    const found = await database.db.selectFrom('search_word').select('word').where('word', '=', 'gardens').execute();
    expect(found).toHaveLength(1);
  });

  test('consumption that was mistyped is corrected in place, and the total with it', async () => {
    const { profile: water, files } = SAMPLES.water;
    const { database } = await imported(SAMPLES.water);
    const file = fileWith(
      'bills.csv',
      sampleText('water-bills.csv').replace(
        '196.35,Basic Water and Sewer,Yes,19,',
        '196.35,Basic Water and Sewer,Yes,91,',
      ),
    );
    const summary = await importInto(database, {
      profile: water,
      files: [file, files[1]],
      expect: { consumption: '802' },
    });
    expect(changes(summary)).toEqual({ read: '+0 ~1' });
  });

  test('what was reversed by hand meanwhile is not reversed again', async () => {
    const { database } = await imported(SAMPLES.invoices);
    await database.transaction(async (db) => {
      const { id, ...row } = await db
        .selectFrom('ledger_transaction')
        .selectAll()
        .where('number', '=', '900004')
        .executeTakeFirstOrThrow();
      const reversal = {
        ...row,
        id: 7,
        kind: 'reversal' as const,
        status: 'unposted' as const,
        amount_cents: -row.amount_cents,
        reverses_id: id,
      };
      await db.insertInto('ledger_transaction').values(reversal).execute();
    });
    const file = corrected(['100,No,,Paper', '101,No,,Paper']);
    await expect(importInto(database, { profile, files: [file] })).rejects.toThrow(/row 5: .*reversed by hand/);
  });

  test('an account does not move to another customer by a file', async () => {
    const { database } = await imported(SAMPLES.harbor);
    const moved = JSON.parse(sampleText('harbor.json')) as {
      records: { entity: string; fields: Record<string, string> }[];
    };
    moved.records.find((record) => record.entity === 'account')!.fields.customer = '4711';
    const path = fileWith('harbor.json', JSON.stringify(moved));
    await expect(importInto(database, { profile: path, files: [SAMPLES.harbor.files[0]!] })).rejects.toThrow(
      /row 3: account: its customer is another one than before/,
    );
  });
});
