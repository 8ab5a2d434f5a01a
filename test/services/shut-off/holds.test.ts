import { describe, expect, test } from 'vitest';
import { addDays } from '#domain/civil-date.ts';
import { shutOffHold, type ShutOffFacts } from '#domain/shut-off.ts';
import { penaltyFacts } from '#services/penalties/facts.ts';
import { addNote, deleteNote } from '#services/notes/write.ts';
import { shutOffHoldOf } from '#services/shut-off/holds.ts';
import { freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const LATE: ShutOffFacts = {
  pastDueCents: 5_000,
  unpostedCents: 0,
  bankrupt: false,
  condition: null,
  arranged: false,
  graceOn: null,
  holdUntil: null,
};

describe('what speaks against a shut-off', () => {
  test.each([
    [{}, null],
    [{ pastDueCents: 0 }, 'nothing_late'],
    [{ unpostedCents: 5_000 }, 'paid'],
    [{ unpostedCents: 4_999 }, null],
    [{ bankrupt: true }, 'bankrupt'],
    [{ condition: 'Life support' }, 'condition'],
    [{ arranged: true }, 'arrangement'],
    [{ graceOn: TODAY }, 'grace'],
    [{ graceOn: addDays(TODAY, -1) }, null],
    [{ holdUntil: TODAY }, 'hold'],
    [{ holdUntil: addDays(TODAY, -1) }, null],
  ] as const)('%o: %s', (facts, hold) => {
    expect(shutOffHold({ ...LATE, ...facts }, TODAY)?.[0] ?? null).toBe(hold);
  });
});

/** Two accounts of one customer, both late, and a neighbour’s. */
async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const first = await utility.household('Rivera, Ana M', '118 Alder St');
  const second = await utility.account(first.customerId, await utility.location('9 Birch Rd'));
  for (const account of [first, second]) await utility.charge(account, 5_000, { on: '2026-09-01' });
  const call = runnerFor(database);
  const holds = async (on: string) => [
    (await call(shutOffHoldOf, { accountId: first.id, on })).hold,
    (await call(shutOffHoldOf, { accountId: second.id, on })).hold,
  ];
  const penalties = async (on: string) => {
    const facts = await penaltyFacts(database.db, [first.id, second.id], on);
    return [facts.get(first.id)!.graceOn, facts.get(second.id)!.graceOn];
  };
  const note = (level: 'account' | 'customer', graceOn: string) =>
    call(addNote, { ...NOTE, accountId: first.id, level, graceOn });
  return { call, first, holds, penalties, note };
}

const NOTE = {
  type: 'general',
  subject: '',
  body: 'Has asked for time',
  messageCenter: 0,
  paymentCenter: 0,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
} as const;

const LAST = addDays(TODAY, 5);
const AFTER = addDays(TODAY, 6);

describe('a grace date', () => {
  test('of an account note protects that account from both, through its last day', async () => {
    const { holds, penalties, note } = await town();
    expect(await holds(TODAY)).toEqual([null, null]);
    await note('account', LAST);
    expect(await holds(LAST)).toEqual(['grace', null]);
    expect(await penalties(LAST)).toEqual([LAST, null]);
    expect(await holds(AFTER)).toEqual([null, null]);
    expect(await penalties(AFTER)).toEqual([null, null]);
  });

  test('of a customer note protects all accounts; of several the latest counts; a deleted note protects nobody', async () => {
    const { call, holds, penalties, note } = await town();
    await note('customer', TODAY);
    const { noteId, version } = await note('customer', LAST);
    expect(await holds(LAST)).toEqual(['grace', 'grace']);
    expect(await penalties(TODAY)).toEqual([LAST, LAST]);
    await call(deleteNote, { noteId, version });
    expect(await holds(LAST)).toEqual([null, null]);
    expect(await holds(TODAY)).toEqual(['grace', 'grace']);
  });
});
