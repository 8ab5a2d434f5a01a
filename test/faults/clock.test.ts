import { expect, test, vi } from 'vitest';
import { IdleLock } from '#app/shell/lock.ts';
import { IdMaker } from '#domain/ids.ts';
import { createToken } from '#services/users/tokens.ts';
import { signIn, signInWithToken } from '#services/users/sign-in.ts';
import { createRunner } from '#services/runner.ts';
import { actor, runnerFor } from '#test/support/database.ts';
import { ManualTimers } from '#test/support/manual-timers.ts';
import { databaseWith, PASSWORD } from '#test/support/people.ts';
import { expectClean, newOffice, payments } from './office.ts';
import { pay } from './payment.ts';
import { record, sized } from './record.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A clock as machines have it: put back by an hour, a second, a year; leaping on; standing still. */
function unreliableClock(): () => number {
  const leaps = [0, 1, 7, 1000, -1000, -3_600_000, 3_600_000, -365 * DAY, 365 * DAY, 0, 0];
  let now = NOON;
  let turn = 0;
  return () => (now += leaps[turn++ % leaps.length]!);
}

test('identities stay unique and rise, whatever the clock does', () => {
  const ids = new IdMaker(unreliableClock());
  const count = sized(100_000, 2_000_000);
  const given = new Float64Array(count);
  for (let n = 0; n < count; n++) given[n] = ids.next();
  let falls = 0;
  for (let n = 1; n < count; n++) if (given[n]! <= given[n - 1]!) falls += 1;
  record('clock going back and leaping: identities given twice', falls, `${count} identities`);
  expect(falls).toBe(0);
  expect(Number.isSafeInteger(given.at(-1))).toBe(true);
});

test('the audit trail stays one chain in the order of what happened, and days are those of the business', async () => {
  const office = await newOffice(2);
  const now = unreliableClock();
  const clock = vi.spyOn(Date, 'now').mockImplementation(now);
  try {
    const call = createRunner({ database: office.database, actor: actor(), clock: { now, today: () => '2026-11-21' } });
    const count = sized(60, 2000);
    const receipts: number[] = [];
    for (let n = 0; n < count; n++) {
      receipts.push((await pay(call, { accountId: office.accounts[n % 2]!, cents: 100 })).paymentId);
    }
    const rows = await office.database.db
      .selectFrom('audit_entry')
      .select(['seq', 'entity_id'])
      .where('operation', '=', 'payment.enter')
      .orderBy('seq')
      .execute();
    const breaks = rows.filter((row, n) => row.entity_id !== receipts[n]).length + Math.abs(rows.length - count);
    record('clock going back and leaping: breaks in the audit trail', breaks, `${count} payments`);
    expect(breaks).toBe(0);
    expect(await payments(office)).toHaveLength(count);
    const days = office.database.db
      .selectFrom('ledger_transaction')
      .select('effective_on')
      .where('kind', '=', 'payment');
    expect(new Set((await days.execute()).map((row) => row.effective_on))).toEqual(new Set(['2026-11-21']));
  } finally {
    clock.mockRestore();
  }
  await expectClean(office);
});

test('a screen locks although the clock was put back, and at once when it leapt on', () => {
  for (const [shift, latest] of [
    [-DAY, 20],
    [-5 * MINUTE, 20],
    [DAY, 10],
  ] as const) {
    const timers = new ManualTimers(NOON);
    let shifted = 0;
    const lock = new IdleLock({
      timers: { now: () => timers.now() + shifted, after: timers.after },
      warn: () => {},
      locking: () => {},
      ended: () => {},
      check: async () => {},
    });
    lock.start({ idleMinutes: 10, sessionHours: 12 });
    timers.advance(MINUTE);
    shifted = shift;
    for (let minute = 1; minute < latest && !lock.locked; minute++) timers.advance(MINUTE);
    expect(lock.locked, `put by ${shift / MINUTE} minutes`).toBe(true);
  }
});

test('a clock that was put back opens nothing early: neither a locked user nor a token that has ended', async () => {
  const database = await databaseWith({ bea: 'administrator', kim: 'billing' });
  const call = runnerFor(database);
  const kim = { username: 'kim', password: PASSWORD };
  let now = NOON;
  for (let n = 0; n < 12; n++) {
    await signIn(database, { ...kim, password: 'not this' }, now, 'screen').catch(() => {});
    now += MINUTE;
  }
  for (const back of [MINUTE, DAY, 365 * DAY]) {
    await expect(signIn(database, kim, now - back, 'screen')).rejects.toMatchObject({ code: 'forbidden' });
  }
  const { token } = await call(createToken, { username: 'bea', name: 'night job', days: 1 });
  const made = Date.parse('2026-11-21T15:00:00Z');
  await expect(signInWithToken(database, token, made + 2 * DAY)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(signInWithToken(database, token, made + DAY - MINUTE)).resolves.toMatchObject({ username: 'bea' });
  await expect(signIn(database, kim, now + DAY, 'screen')).resolves.toMatchObject({ username: 'kim' });
});
