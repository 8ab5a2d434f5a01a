import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { clean } from './ledger.ts';
import { digestOf, fileWith, importInto, imported, profileJson, SAMPLES, sampleText } from './support.ts';
import { freshDatabase } from '#test/support/database.ts';

const bills = sampleText('water-bills.csv');
const { profile } = SAMPLES.water;

/** A refusal is told in the audit trail; nothing else changes. */
const TRAIL = ['audit_entry'];

/** A line of the bills sample (the header is line 1) with some text replaced. */
function damaged(line: number, from: string, to: string): string {
  const lines = bills.split('\n');
  expect(lines[line - 1]).toContain(from);
  lines[line - 1] = lines[line - 1]!.replace(from, to);
  return lines.join('\n');
}

const DAMAGES: readonly (readonly [what: string, content: string | Uint8Array, refusal: RegExp])[] = [
  ['a bad date', damaged(2, '01/26/2025', '13/26/2025'), /row 2: .*“13\/26\/2025” is not a date \(MM\/DD\/YYYY\)/],
  ['a day that does not exist', damaged(2, '01/26/2025', '02/30/2025'), /row 2: .*“02\/30\/2025” is not a date/],
  ['a missing column', bills.replace('Meter_Number,', 'Meter No,'), /row 1: .*lacks the column “Meter_Number”/],
  ['a wrong total', damaged(3, '258.35,Basic', '258.36,Basic'), /row 3: .*do not equal the current charges/],
  ['a quote left open', damaged(5, 'ALDER COURT', '"ALDER COURT'), /row 5: a quote is opened and never closed/],
  ['a quote inside a field', damaged(5, 'ALDER COURT', 'ALDER" COURT'), /row 5: a quote stands inside a field/],
  ['a field too many', damaged(4, ',FEDERAL', ',FEDERAL,'), /row 4: has 26 columns where the header has 25/],
  ['an amount that is none', damaged(7, '-1748.51', '-1748.5x'), /row 7: .*“-1748.5x” is not an amount/],
  ['a tenth of a cent', damaged(2, '196.35,Basic', '196.355,Basic'), /row 2: .*is not an amount/],
  ['an unknown code', damaged(2, ',N,196.35', ',Q,196.35'), /row 2: .*“Q” is none of “Y”, “N”/],
  ['an escape sequence', damaged(2, 'ALDER COURT', '\u001b]0;owned\u0007ALDER'), /row 2: .*not allowed \(U\+001B\)/],
  ['a card number', damaged(2, 'ALDER COURT', 'Card 4111 1111 1111 1111'), /row 2: .*looks like a card number/],
  [
    'bytes of another encoding',
    Buffer.from(damaged(2, 'ALDER COURT', 'ALDÉR'), 'latin1'),
    /row 2: .*not allowed \(U\+FFFD\)/,
  ],
  ['a row without its key', damaged(2, ',M100,', ',,'), /row 2: .*meter: its key is blank/],
  ['nothing at all', '', /is empty/],
];

test.each(DAMAGES)(
  '%s is refused with row and reason, and the database stays as it was',
  async (_, content, refusal) => {
    const { database } = await imported(SAMPLES.invoices);
    const before = await digestOf(database, TRAIL);
    await expect(importInto(database, { profile, files: [fileWith('bills.csv', content)] })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringMatching(refusal) as string,
    });
    expect(await digestOf(database, TRAIL)).toBe(before);
  },
);

test('totals that came with the file must be met', async () => {
  const database = await freshDatabase();
  const before = await digestOf(database, TRAIL);
  const asked = { ...SAMPLES.water, expect: { charges: '775.55' } };
  await expect(importInto(database, asked)).rejects.toThrow(
    'The total charges should be 775.55, but the files sum to 775.54',
  );
  expect(await digestOf(database, TRAIL)).toBe(before);
  await expect(importInto(database, { ...asked, expect: { sums: '1' } })).rejects.toThrow(
    /has no total sums; it has: charges/,
  );
});

test('a number that exists and came from elsewhere is not overwritten', async () => {
  const { database } = await imported(SAMPLES.invoices);
  const other = { ...profileJson('ibm-ar'), name: 'other' };
  const asked = { ...SAMPLES.invoices, profile: fileWith('other.json', JSON.stringify(other)) };
  const before = await digestOf(database, TRAIL);
  await expect(importInto(database, asked)).rejects.toThrow(/row 2: customer 1111-AAAAA exists already/);
  expect(await digestOf(database, TRAIL)).toBe(before);
});

describe('with the good rows accepted', () => {
  const content = damaged(3, '258.35,Basic', '258.36,Basic').replace('M400,N', 'M400,"N\n"');
  const broken = content.replace('04/22/2025,29,M300,N,36.80', '04/31/2025,29,M300,N,36.80');

  test('the others go to a file with row, reason and the original, and can be mended and imported', async () => {
    const database = await freshDatabase();
    const file = fileWith('bills.csv', broken);
    const rejects = join(file, '..', 'rejects.csv');
    const summary = await importInto(database, { profile, files: [file], acceptValid: true, rejects });
    expect(summary.rows).toMatchObject({ read: 9, rejected: 2 });
    expect(summary.rejects.map(({ row }) => row)).toEqual([3, 9]);
    expect(summary.totals[0]).toMatchObject({ sourceRows: 7, ledgerRows: 7 });
    await clean(database);
    const rows = parse(readFileSync(rejects), { relax_column_count: true }) as string[][];
    expect(rows[0]).toEqual(['file', 'row', 'reason', 'original row']);
    expect(rows[1]!.slice(1, 3)).toEqual(['3', expect.stringContaining('do not equal the current charges')]);
    expect(rows[1]!.slice(3)).toEqual(broken.split('\n')[2]!.split(','));
    const mended = await importInto(database, { ...SAMPLES.water, expect: { charges: '775.54' } });
    expect(mended.records.find(({ record }) => record === 'charge')).toMatchObject({ created: 2 });
    await clean(database);
  });

  test('a file whose quoting is broken is refused all the same: where it ends nobody knows', async () => {
    const asked = { profile, files: [fileWith('bills.csv', damaged(5, 'ALDER', '"ALDER'))], acceptValid: true };
    await expect(importInto(await freshDatabase(), asked)).rejects.toThrow(/row 5/);
  });
});

describe('files and profiles that cannot be used', () => {
  const asked = SAMPLES.water;
  test.each([
    ['no such file', { ...asked, files: ['/nowhere/bills.csv'] }, /There is no file \/nowhere\/bills.csv/],
    ['a folder', { ...asked, files: ['/tmp'] }, /is a folder/],
    ['a file of another layout', { ...asked, files: SAMPLES.invoices.files }, /row 1: .*lacks the columns/],
    ['the main file missing', { ...asked, files: [asked.files[1]] }, /also needs the file “bills”/],
    ['an unknown profile', { ...asked, profile: 'nowhere' }, /There are: nycha-water, ibm-ar/],
    ['a profile file that is not there', { ...asked, profile: './nowhere.json' }, /cannot be read/],
  ])('%s', async (_, wrong, message) => {
    await expect(importInto(await freshDatabase(), wrong)).rejects.toThrow(message);
  });

  const harbor = (): Record<string, never> => JSON.parse(sampleText('harbor.json')) as Record<string, never>;
  test.each([
    ['not JSON', '{ "name": }', /is not JSON/],
    ['a word too many', JSON.stringify({ ...harbor(), colour: 'red' }), /Unrecognized key/],
    [
      'a format that is none',
      sampleText('harbor.json').replace('DD.MM.YYYY', 'DD.MM'),
      /records\.\d+\..*not a date format/,
    ],
    [
      'an unknown entity',
      sampleText('harbor.json').replace('"entity": "phone"', '"entity": "fax"'),
      /records\.1\.entity/,
    ],
    ['an unknown field', sampleText('harbor.json').replace('"dials"', '"dails"'), /meter has no field “dails”/],
    [
      'a field that is needed',
      sampleText('harbor.json').replace('"city": "{Ort}",', ''),
      /location needs the field “city”/,
    ],
    ['a total of nothing', sampleText('harbor.json').replace('"of": "read"', '"of": "reads"'), /unknown record reads/],
  ])('a profile with %s says what and where', async (_, text, message) => {
    const wrong = { ...SAMPLES.harbor, profile: fileWith('p.json', text) };
    await expect(importInto(await freshDatabase(), wrong)).rejects.toThrow(message);
  });
});

test('a cancelled import leaves nothing', async () => {
  const database = await freshDatabase();
  const before = await digestOf(database, TRAIL);
  const signal = AbortSignal.abort();
  await expect(importInto(database, { ...SAMPLES.water, signal })).rejects.toMatchObject({ message: 'Cancelled.' });
  expect(await digestOf(database, TRAIL)).toBe(before);
  expect(existsSync('rejects.csv')).toBe(false);
});
