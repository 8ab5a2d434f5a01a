import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runnerFor } from '#test/support/database.ts';
import { brokenRules, clerk, expectClean, newFolder, newOffice, type Office, payments, server } from './office.ts';
import { pay } from './payment.ts';
import { cannot, record } from './record.ts';

const DISK_FULL = 'disk full: changes left by half';
const SMALL_DISK_MB = 8;

/** A disk of a few megabytes; null where this user may not mount one. */
function smallDisk(): string | null {
  const folder = join(newFolder(), 'disk');
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SMALL_DISK_MB}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

/** Fills a disk to the last block; the answer empties it again. */
function fill(folder: string): () => void {
  const ballast = join(folder, 'ballast');
  const { bsize, bavail } = statfsSync(folder);
  writeFileSync(ballast, Buffer.alloc(bsize * bavail));
  return () => rmSync(ballast);
}

/** Pays until it is refused; answers the refusal. */
async function payUntilRefused(office: Office, most = 10_000): Promise<unknown> {
  const call = runnerFor(office.database);
  for (let n = 0; n < most; n++) {
    try {
      await pay(call, { accountId: office.accounts[n % office.accounts.length]!, cents: 100 });
    } catch (error) {
      return error;
    }
  }
  return null;
}

const FULL_WORDS = { code: 'unavailable', message: expect.stringContaining('Nothing was changed') };

describe.skipIf(server)('what the disk refuses', () => {
  test('a full disk is said in words, nothing is there by half, and with room again work goes on', async () => {
    const folder = smallDisk();
    if (folder === null) return cannot(DISK_FULL, 'this user may not mount a small disk');
    const office = await newOffice(2, { file: join(folder, 'meterdesk.db') });
    await payUntilRefused(office, 20);
    const empty = fill(folder);
    const refused = await payUntilRefused(office);
    expect(refused).toMatchObject(FULL_WORDS);
    const before = (await payments(office)).length;
    expect(await payUntilRefused(office)).toMatchObject(FULL_WORDS);
    expect(await payments(office)).toHaveLength(before);
    const broken = await brokenRules(office.database);
    empty();
    expect(await payUntilRefused(office, 5)).toBeNull();
    expect(await payments(office)).toHaveLength(before + 5);
    record(DISK_FULL, broken.length + (await brokenRules(office.database)).length, `${before} payments fitted`);
    expect(broken).toEqual([]);
    await expectClean(office);
  });

  test('a file that may not grow any more ends no process and leaves nothing by half', async () => {
    const office = await newOffice(2);
    // 512-byte blocks: room for some payments, as under a quota.
    const launch = ['bash', '-c', 'ulimit -f 4000; exec "$0" "$@"', process.execPath];
    const { done } = clerk(
      office,
      { from: 0, to: 3000 },
      (said, child) => said.failed && child.kill('SIGTERM'),
      launch,
    );
    const { said } = await done;
    const told = said.flatMap(({ paymentId }) => paymentId ?? []);
    expect(said.find((one) => one.failed)?.failed).toBe('unavailable');
    expect((await payments(office)).map(({ id }) => id).sort()).toEqual(told.sort());
    expect(told.length).toBeGreaterThan(10);
    expect(await payUntilRefused(office, 5)).toBeNull();
    await expectClean(office);
  });

  test('where nothing may be written, reading goes on and writing says why', async () => {
    const office = await newOffice(2);
    const { mikro } = await office.database.orm();
    const setting = (on: 'on' | 'off') => mikro.em.getConnection().execute(`pragma query_only = ${on}`);
    await setting('on');
    const call = runnerFor(office.database);
    const refused = await pay(call, { accountId: office.accounts[0]!, cents: 100 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'unavailable', message: expect.stringContaining('cannot be written') });
    expect(await payments(office)).toEqual([]);
    await setting('off');
    await pay(call, { accountId: office.accounts[0]!, cents: 100 });
    expect(await payments(office)).toHaveLength(1);
  });
});
