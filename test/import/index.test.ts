import { expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { fileWith, importInto, imported, SAMPLES, sampleText } from './support.ts';

const TABLES = ['search_key', 'search_document', 'search_word', 'search_deletion'] as const;

async function indexOf(database: Database): Promise<string[]> {
  const rows = [];
  for (const table of TABLES) {
    rows.push(
      ...(await database.db.selectFrom(table).selectAll().execute()).map((row) => `${table} ${JSON.stringify(row)}`),
    );
  }
  return rows.sort();
}

test.each(Object.entries(SAMPLES))('%s: the look-up index is what a rebuild would make', async (_, asked) => {
  const { database } = await imported(asked);
  const index = await indexOf(database);
  expect(index.length).toBeGreaterThan(50);
  await rebuildIndex(database);
  expect(await indexOf(database)).toEqual(index);
});

test('so it is after more accounts of the same customers, another name and another meter', async () => {
  const { profile, files } = SAMPLES.water;
  const { database } = await imported(SAMPLES.invoices);
  await importInto(database, { profile, files });
  const lines = sampleText('water-bills.csv').replaceAll('BIRCH HOUSES', 'BIRCH GARDENS').trim().split('\n');
  const more = [...lines, lines[1]!.replaceAll('BLD 01', 'BLD 09').replace('M100', 'M900').replace('70001', '79001')];
  await importInto(database, { profile, files: [fileWith('bills.csv', more.join('\n')), files[1]] });
  const index = await indexOf(database);
  await rebuildIndex(database);
  expect(await indexOf(database)).toEqual(index);
});
