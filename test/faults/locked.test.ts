import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Line } from '#test/bench/terminal/line.ts';
import { percentile } from '#test/bench/figure.ts';
import { newDesk, PROGRAM, someAccount } from '#test/journeys/desk.ts';
import { bytesOf } from '#test/support/keys.ts';
import { runnerFor } from '#test/support/database.ts';
import { expectClean, lockHolder, newOffice, payments, server } from './office.ts';
import { pay } from './payment.ts';
import { record, sized } from './record.ts';

const HELD_MS = 3000;
const TICK_MS = 5;

/** Watches how long this process did nothing else; the answer is the longest of it, ms. */
function watchStalls(): () => number {
  let last = performance.now();
  let longest = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  }, TICK_MS);
  return () => {
    clearInterval(timer);
    return Math.round(longest * 10) / 10;
  };
}

/** What stands in the form above its subject, without spaces and line ends. */
function noteText(screen: string): string {
  const lines = screen.split('\n');
  const below = lines.findIndex((line) => line.includes(' Subject '));
  const label = lines[below]?.indexOf('Subject') ?? -1;
  if (label < 0) return '';
  const from = lines[below]!.lastIndexOf('│', label) + 1;
  const to = lines[below]!.indexOf('│', label);
  const inside = lines.slice(0, below).map((line) => line.slice(from, to));
  return inside.join('').replaceAll(' ', '');
}

describe.skipIf(server)('while somebody else holds the write lock', () => {
  test('the process of a waiting command goes on, and the command is done afterwards', async () => {
    const office = await newOffice(2);
    const file = 'file' in office.where ? office.where.file : '';
    const call = runnerFor(office.database);
    const accountId = office.accounts[0]!;
    await pay(call, { accountId, cents: 100 });
    const stalls: number[] = [];
    for (let round = 0; round < sized(1, 5); round++) {
      const { released } = await lockHolder(file, HELD_MS);
      const longest = watchStalls();
      let done = false;
      const paying = pay(call, { accountId, cents: 100 }).then(() => (done = true));
      // Reads do not wait.
      expect(await payments(office)).toHaveLength(1 + round);
      expect(done).toBe(false);
      await Promise.all([released, paying]);
      stalls.push(longest());
    }
    const over = `${stalls.length} times 3 s`;
    record('lock held by another for 3 s: longest stall', Math.max(...stalls), over, stalls);
    expect(await payments(office)).toHaveLength(1 + stalls.length);
    await expectClean(office);
  });

  test('longer than patience lasts, it is said that nothing was changed, and the next try works', async () => {
    const office = await newOffice(2);
    const file = 'file' in office.where ? office.where.file : '';
    const call = runnerFor(office.database);
    const accountId = office.accounts[0]!;
    const holder = await lockHolder(file, 120_000);
    const began = performance.now();
    const refused = await pay(call, { accountId, cents: 100 }).catch((error: unknown) => error);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    expect(refused).toMatchObject({ code: 'busy', message: expect.stringContaining('Nothing was changed') });
    record('lock held beyond patience: told after', seconds, 'one command');
    expect(await payments(office)).toEqual([]);
    holder.end();
    await pay(call, { accountId, cents: 100 });
    expect(await payments(office)).toHaveLength(1);
    await expectClean(office);
  });

  test('keys are still painted in a form whose draft waits to be written', async () => {
    const desk = newDesk();
    const known = someAccount(desk);
    const folder = mkdtempSync(join(tmpdir(), 'meterdesk-locked-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const line = new Line({ argv: [PROGRAM], env: { ...desk.env, XDG_STATE_HOME: folder }, columns: 80, rows: 24 });
    onTestFinished(() => line.end());
    const see = (text: string) => line.until((screen) => screen.includes(text), text);
    await see('Sign in as');
    line.send('alice\r');
    await line.quiet();
    line.send('demo\r');
    await see('Home');
    line.send(bytesOf('f2'));
    await line.quiet();
    line.send(known.account);
    await see(known.lastName);
    line.send('\r');
    await see(`Customer ${known.customer}`);
    await line.quiet();
    line.send(/(\d) Notes/.exec(line.screen())![1]!);
    await line.quiet();
    line.send('n');
    await see('Add note');
    const { released } = await lockHolder(desk.database, sized(8000, 12_000));
    let held = true;
    void released.then(() => (held = false));
    const times: number[] = [];
    let typed = '';
    // A pause lets the draft be kept: its writing then waits for the lock, while typing goes on.
    for (let n = 0; held; n++) {
      const letter = String.fromCharCode(97 + Math.floor(Math.random() * 26));
      typed += letter;
      const tail = typed.slice(-10);
      const began = performance.now();
      line.send(letter);
      const painted = await line.until((screen) => noteText(screen).includes(tail), tail);
      times.push(painted - began);
      await sleep(10);
      if (n === 20) await line.quiet(sized(5500, 6500));
    }
    const over = `${times.length} keys, p50 ${percentile(times, 0.5).toFixed(1)} ms`;
    record('lock held by another: key to paint, longest', Math.round(Math.max(...times)), over, times);
    expect(times.length).toBeGreaterThan(20);
  });
});
