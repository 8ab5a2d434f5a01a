import { randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { openReady } from '#db/ready.ts';
import { checkDatabase } from '#services/check/check.ts';
import { inOperatorWords } from '#services/trouble.ts';
import { runnerFor } from '#test/support/database.ts';
import { brokenRules, halfDone, newFolder, newOffice, type Office, payments, server } from './office.ts';
import { pay } from './payment.ts';
import { record, sized } from './record.ts';

const fileOf = ({ where }: Office): string => ('file' in where ? where.file : '');

/** An office in which some payments were made. */
async function workedOffice(count: number): Promise<Office> {
  const office = await newOffice(4);
  const call = runnerFor(office.database);
  for (let n = 0; n < count; n++) await pay(call, { accountId: office.accounts[n % 4]!, cents: 100 + n });
  return office;
}

/** Pages that hold something: the rest is free and its content means nothing. */
function usedPages(file: string): { readonly size: number; readonly pages: number[] } {
  const handle = new BetterSqlite(file, { readonly: true });
  const size = handle.pragma('page_size', { simple: true }) as number;
  const count = handle.pragma('page_count', { simple: true }) as number;
  const free = handle.pragma('freelist_count', { simple: true }) as number;
  handle.close();
  expect(free).toBe(0);
  return { size, pages: Array.from({ length: count }, (_, page) => page) };
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
}

/** What opening and checking a damaged file says; null when nothing was noticed. */
async function noticed(file: string): Promise<string | null> {
  try {
    const database = await openReady({ file });
    try {
      const { clean, rules } = await checkDatabase(database.db);
      if (clean) return null;
      const broken = rules.filter((rule) => !rule.holds);
      return broken.map(({ rule, findings }) => `${rule}: ${findings[0]!.message}`).join('; ');
    } finally {
      await database.close();
    }
  } catch (error) {
    return inOperatorWords(error).code === 'unexpected'
      ? `unexpected ${String(error)}`
      : inOperatorWords(error).message;
  }
}

describe.skipIf(server)('a damaged file', () => {
  test('pages lost or written by half are found by the check, and named or said in words', async () => {
    const office = await workedOffice(200);
    office.database.file!.pragma('wal_checkpoint(truncate)');
    office.database.file!.exec('vacuum');
    office.database.file!.pragma('wal_checkpoint(truncate)');
    const { size, pages } = usedPages(fileOf(office));
    const file = join(newFolder(), 'damaged.db');
    const tried = pages.filter((page) => page % sized(7, 1) === 0);
    const damage: [what: string, at: number, bytes: Uint8Array][] = tried.flatMap((page) => [
      ['random', page * size, randomBytes(size)],
      ['nothing', page * size, Buffer.alloc(size)],
    ]);
    const unseen: string[] = [];
    for (const [what, at, bytes] of damage) {
      copyFileSync(fileOf(office), file);
      overwrite(file, at, bytes);
      const said = await noticed(file);
      if (said === null || said.startsWith('unexpected')) unseen.push(`page ${at / size + 1} (${what}): ${said}`);
    }
    record('damaged pages: not found by the check', unseen.length, `${damage.length} damages of ${pages.length} pages`);
    expect(unseen).toEqual([]);
  });

  test('a file that ends too early is found', async () => {
    const office = await workedOffice(20);
    office.database.file!.pragma('wal_checkpoint(truncate)');
    const file = join(newFolder(), 'short.db');
    for (const share of [0.3, 0.6, 0.9]) {
      copyFileSync(fileOf(office), file);
      truncateSync(file, Math.floor(statSync(file).size * share));
      expect(await noticed(file)).toMatch(/damaged|integrity|disk/i);
    }
  });

  test('a write-ahead log cut anywhere, or spoilt there, leaves whole transactions and clean books', async () => {
    const office = await workedOffice(0);
    office.database.file!.pragma('wal_checkpoint(truncate)');
    office.database.file!.pragma('wal_autocheckpoint = 0');
    const orm = await office.database.orm();
    await orm.mikro.em.getConnection().execute('pragma wal_autocheckpoint = 0');
    const call = runnerFor(office.database);
    for (let n = 0; n < 60; n++) await pay(call, { accountId: office.accounts[n % 4]!, cents: 100 + n });
    const main = readFileSync(fileOf(office));
    const log = readFileSync(`${fileOf(office)}-wal`);
    const file = join(newFolder(), 'cut.db');
    const broken: string[] = [];
    const counts = new Set<number>();
    const tries = sized(40, 600);
    for (let n = 0; n < tries; n++) {
      const at = Math.floor(Math.random() * log.length);
      const left =
        n % 2 === 0
          ? log.subarray(0, at)
          : Buffer.concat([log.subarray(0, at), randomBytes(64), log.subarray(at + 64)]);
      writeFileSync(file, main);
      writeFileSync(`${file}-wal`, left);
      const database = await openReady({ file });
      const copy = { ...office, database };
      const found = [...(await brokenRules(database)), ...((await halfDone(copy)) > 0 ? ['by half'] : [])];
      counts.add((await payments(copy)).length);
      await database.close();
      if (found.length > 0) broken.push(`cut at ${at} of ${log.length}: ${found.join('; ')}`);
    }
    expect(existsSync(`${fileOf(office)}-wal`)).toBe(true);
    record('cut write-ahead logs: not whole afterwards', broken.length, `${tries} cuts`);
    expect(broken).toEqual([]);
    expect(counts.size).toBeGreaterThan(5);
  });
});
