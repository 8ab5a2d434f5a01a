import { describe, expect, test } from 'vitest';
import { applyImport } from '#db/import/apply.ts';
import { stageFiles } from '#db/import/stage.ts';
import { IdMaker } from '#domain/ids.ts';
import { loadProfile } from '#services/imports/profiles.ts';
import { freshDatabase, TODAY } from '#test/support/database.ts';
import { clean } from './ledger.ts';
import { changes, digestOf, fileWith, importInto, imported, SAMPLES } from './support.ts';

/** Lockbox payments for accounts that came from elsewhere. */
const lockbox = (existing: string): string =>
  fileWith(
    'lockbox.json',
    JSON.stringify({
      name: 'lockbox',
      title: 'Lockbox',
      files: { payments: { duplicates: 'reject' } },
      records: [
        { entity: 'account', key: '{Account}', existing, fields: { number: '{Account}' } },
        {
          entity: 'payment',
          key: '{Receipt}',
          fields: { account: '{Account}', number: '{Receipt}', effectiveOn: '{Date}', amount: '{Amount}' },
        },
      ],
      totals: [{ name: 'payments', of: 'payment', sum: '{Amount}' }],
    }),
  );

const payments = (...rows: string[]): string =>
  fileWith('lockbox.csv', ['Account,Receipt,Date,Amount', ...rows].join('\n'));

describe('records that the database has from elsewhere', () => {
  test('are only referred to with existing: only; what is not there is rejected', async () => {
    const { database } = await imported(SAMPLES.invoices);
    const profile = lockbox('only');
    const files = [payments('2222-BBBBB,R1,2026-01-05,40.00', '3333-CCCCC,R2,2026-01-05,1.25')];
    const summary = await importInto(database, { profile, files, expect: { payments: '41.25' } });
    expect(changes(summary)).toEqual({ payment: '+2 ~0' });
    await clean(database);
    expect(changes(await importInto(database, { profile, files }))).toEqual({});
    const unknown = importInto(database, { profile, files: [payments('9999,R3,2026-01-05,1')] });
    await expect(unknown).rejects.toThrow(/row 2: there is no account 9999/);
    const twice = importInto(database, {
      profile,
      files: [payments('2222-BBBBB,R4,2026-01-05,1', '2222-BBBBB,R4,2026-01-05,1')],
    });
    await expect(twice).rejects.toThrow(/row 3: the same row came before/);
  });

  test('are taken over with existing: use, and updated from then on', async () => {
    const { database } = await imported(SAMPLES.invoices);
    const people = {
      name: 'crm',
      title: 'Names from elsewhere',
      files: { people: {} },
      records: [
        { entity: 'customer', key: '{Id}', existing: 'use', fields: { number: '{Id}', businessName: '{Name}' } },
      ],
    };
    const profile = fileWith('crm.json', JSON.stringify(people));
    const file = (name: string): string => fileWith('crm.csv', `Id,Name\n1111-AAAAA,${name}\n5555,New Ltd\n`);
    const first = await importInto(database, { profile, files: [file('Acorn Ltd')] });
    expect(changes(first)).toEqual({ customer: '+1 ~1' });
    const second = await importInto(database, { profile, files: [file('Acorn & Sons Ltd')] });
    expect(changes(second)).toEqual({ customer: '+0 ~1' });
    const names = await database.db
      .selectFrom('customer')
      .select(['number', 'display_name'])
      .orderBy('number')
      .execute();
    expect(names[0]).toEqual({ number: '1111-AAAAA', display_name: 'Acorn & Sons Ltd' });
    expect(changes(await importInto(database, SAMPLES.invoices))).toEqual({});
  });
});

test('writing that a busy database rolled back is done again from the same staged rows', async () => {
  const database = await freshDatabase();
  const before = await digestOf(database);
  const { profile, files } = SAMPLES.invoices;
  const staged = await stageFiles(await loadProfile(profile), files, { db: database.db, rejectsPath: null });
  const ids = new IdMaker();
  const write = (then: () => void) =>
    database.transaction(async (db) => {
      const facts = { newId: () => ids.next(), today: TODAY, now: 0, username: 'tess', changed: () => {} };
      const { counts, totals } = await applyImport(staged, { db, ...facts });
      then();
      return { counts, totals };
    });
  const busy = (): never => {
    throw new Error('busy');
  };
  await expect(write(busy)).rejects.toThrow('busy');
  expect(await digestOf(database)).toBe(before);
  const { counts, totals } = await write(() => {});
  expect(counts.find(({ record }) => record === 'payment')).toMatchObject({ created: 4, unchanged: 0 });
  expect(totals[0]).toMatchObject({ source: 31_724, ledger: 31_724, ledgerRows: 5 });
  await clean(database);
  staged.close();
});
