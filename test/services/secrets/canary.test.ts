import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { backup } from '#db/backup.ts';
import { openReady } from '#db/ready.ts';
import { writeListFile } from '#gateways/files.ts';
import type { AnyOperation } from '#services/operation.ts';
import { operations } from '#services/index.ts';
import { createRunner } from '#services/runner.ts';
import { setSensitive } from '#services/secrets/change.ts';
import { findBySensitive } from '#services/secrets/find.ts';
import { listSensitive } from '#services/secrets/list.ts';
import { revealSensitive } from '#services/secrets/reveal.ts';
import { actor, clock, testKeys, TODAY } from '#test/support/database.ts';
import { addResidents } from '#test/support/lookup-data.ts';
import { addPeople, PASSWORD } from '#test/support/people.ts';

const PEOPLE = 17;

interface Planted {
  readonly customerId: number;
  readonly kind: 'ssn' | 'licence' | 'bank-account';
  readonly autopayId: number | null;
  readonly value: string;
  readonly detail: string;
}

/** 51 numbers that occur nowhere else. */
const planted: readonly Planted[] = Array.from({ length: PEOPLE }, (_, at): Planted[] => {
  const customerId = 100 + at;
  const draft = 900 + at;
  return [
    { customerId, kind: 'ssn', autopayId: null, value: String(531_647_281 + at * 1_010_101), detail: '' },
    { customerId, kind: 'licence', autopayId: null, value: `Q83${7_461_903 + at * 97}`, detail: 'IL' },
    { customerId, kind: 'bank-account', autopayId: draft, value: `77${88_190_263 + at * 7919}`, detail: '021000021' },
  ];
}).flat();

/** A number as it was typed, without its last digit (masks show four), written plainly or in groups. */
const shapes = ({ kind, value }: Planted): readonly string[] => [
  value.slice(0, -1),
  ...(kind === 'ssn'
    ? [`${value.slice(0, 3)}-${value.slice(3, 5)}`, `${value.slice(0, 3)} ${value.slice(3, 5)} `]
    : []),
];

/** How many of the planted numbers are found in these bytes, as text of one or two bytes a letter, or as base64. */
function hits(bytes: Buffer): string[] {
  const texts = [bytes.toString('latin1'), bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le')];
  const wanted = planted.flatMap((one) => [...shapes(one), Buffer.from(one.value).toString('base64').slice(0, 10)]);
  return wanted.filter((text) => texts.some((whole) => whole.includes(text)));
}

/** The parts of a zip archive, unpacked: an XLSX file is one. */
function unzipped(zip: Buffer): Buffer {
  const parts: Buffer[] = [zip];
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4)) {
    const [method, size, local] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)];
    const data = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    if (method === 8) parts.push(inflateRawSync(zip.subarray(data, data + size)));
  }
  return Buffer.concat(parts);
}

test('numbers entered through the operations are found nowhere: file, journal, backup, exports, answers', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'canary-'));
  const database = await openReady({ file: join(folder, 'town.db') }, { keys: testKeys() });
  onTestFinished(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  await addPeople(database, { mia: 'administrator' });
  await addResidents(
    database,
    Array.from({ length: PEOPLE }, (_, at) => ({ id: 100 + at })),
  );
  const draft = { method: 'draft' as const, bank_or_brand: 'First', last4: '0000', started_on: TODAY };
  await database.transaction((db) =>
    db
      .insertInto('autopay_instruction')
      .values(Array.from({ length: PEOPLE }, (_, at) => ({ ...draft, id: 900 + at, customer_id: 100 + at })))
      .execute(),
  );
  // Those of these accounts stand for nothing in the ledger, which a backup is proven by.
  await database.transaction((db) => db.updateTable('account_balance').set({ balance_cents: 0 }).execute());
  const call = createRunner({ database, actor: { ...actor(), username: 'mia' }, clock });
  for (const number of planted) await call(setSensitive, { ...number, version: null });
  await expect(call(setSensitive, { ...planted[0]!, version: null }, { idempotencyKey: 'k' })).rejects.toThrow();
  await expect(call(setSensitive, { ...planted[0]!, version: null })).rejects.toMatchObject({ code: 'conflict' });
  const why = { reason: 'audit' as const, explanation: 'proving that it works', password: PASSWORD, code: '' };
  const { customerId, kind, autopayId } = planted[0]!;
  const shown = await call(revealSensitive, { customerId, kind, autopayId, ...why });
  expect(shown.value.replaceAll('-', '')).toBe(planted[0]!.value);
  await call(findBySensitive, { kind: 'ssn' as const, value: planted[0]!.value });

  // Everything that can be read without proving oneself, as headless calls and exports give it.
  const answers: unknown[] = [];
  for (const operation of operations.filter((one) => one.kind === 'query') as AnyOperation[]) {
    for (const input of [{}, { customerId: 100 }, { text: 'doe', limit: 20 }, { number: '100100' }]) {
      answers.push(await call(operation, input).catch((error: Error) => ({ ...error, message: error.message })));
    }
  }
  const lines = await call(listSensitive, { customerId: 100 });
  expect(lines.filter((line) => line.masked !== null)).toHaveLength(3);
  const rows = lines.map((line) => [line.name, line.masked, line.detail]);
  const file = { folder, replace: false, columns: ['Name', 'Number', 'Detail'], rows };
  await writeListFile({ ...file, path: 'list', format: 'csv' });
  await writeListFile({ ...file, path: 'list', format: 'xlsx' });
  await backup(database, join(folder, 'backup.db'));

  const files = readdirSync(folder);
  expect(files).toEqual(expect.arrayContaining(['backup.db', 'list.csv', 'list.xlsx', 'town.db', 'town.db-wal']));
  for (const name of files) {
    const bytes = readFileSync(join(folder, name));
    expect(hits(name.endsWith('.xlsx') ? unzipped(bytes) : bytes), name).toEqual([]);
  }
  expect(unzipped(readFileSync(join(folder, 'list.xlsx'))).toString('latin1')).toContain('IL');
  expect(hits(Buffer.from(JSON.stringify(answers)))).toEqual([]);
  // The search itself finds what is there.
  expect(hits(Buffer.from(`x${planted[3]!.value}x`))).not.toEqual([]);
}, 120_000);
