import { expect, test } from 'vitest';
import { actor, freshDatabase } from '#test/support/database.ts';
import { deferredCode, fixed, ROUND } from '#test/support/deferred.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function home() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household();
  await utility.add('code_value', deferredCode('ROUND', { ...ROUND, signUp: 'opt_in' }, 0));
  await utility.add('code_value', deferredCode('FUND', { ...fixed(100), trigger: 'payment' }, 1));
  return { database, utility, account };
}

/** The cursor on the first charge, wherever the part stands among the others. */
async function atDeferred(op: Operator): Promise<void> {
  for (let turns = 0; turns < 12 && !tabText(op).includes('[Deferred'); turns += 1) await op.press(']');
}

const decisions = ({ database }: Awaited<ReturnType<typeof home>>) =>
  database.db
    .selectFrom('deferred_participation')
    .select(['charge', 'participates', 'changed_by'])
    .orderBy('charge')
    .execute();

test.each(SIZES)(
  'at %d×%d a box is ticked for what the customer takes part in, and the part is marked',
  async (...size) => {
    const { database, account } = await home();
    const op = await atAccount(database, account.id, 'customer', { size });
    await atDeferred(op);
    expect(tabText(op)).toMatch(/\[Deferred( Charges)?!\]/);
    expect(tabText(op)).toMatch(/>\[ \] Fund ROUND/);
    await op.press('down', 'down', 'down', 'down', 'down', 'down', 'down');
    expect(tabText(op)).toContain('[x] Fund FUND');
    expect(tabText(op)).toContain('by default (opt-out)');
  },
);

test('Space and Enter tick it and take the tick away, each with who and when', async () => {
  const place = await home();
  const op = await atAccount(place.database, place.account.id, 'customer');
  await atDeferred(op);
  await op.press('space');
  expect(op.message()).toContain('Takes part: Fund ROUND');
  expect(tabText(op)).toMatch(/>\[x\] Fund ROUND/);
  await op.press('down', 'down', 'down');
  expect(tabText(op)).toContain('tess, 2026-11-21');
  await op.press('enter', 'up', 'up', 'up');
  expect(tabText(op)).toMatch(/>\[ \] Fund ROUND/);
  expect(await decisions(place)).toEqual([{ charge: 'ROUND', participates: 0, changed_by: 'tess' }]);
});

test('whoever may only read is told why; another’s decision in between is not overwritten', async () => {
  const place = await home();
  const reader = actor('accounts.read', 'customers.read', 'lookup.use');
  const reading = await atAccount(place.database, place.account.id, 'customer', { actor: reader });
  await atDeferred(reading);
  await reading.press('enter');
  expect(reading.message()).toContain('You may not change deferred charges (customers.edit).');
  const op = await atAccount(place.database, place.account.id, 'customer');
  await atDeferred(op);
  await place.utility.add('deferred_participation', {
    customer_id: place.account.customerId,
    charge: 'ROUND',
    participates: 1,
    changed_on: '2026-11-20',
    changed_at: 0,
    changed_by: 'cleo',
    version: 1,
  });
  await op.press('space');
  expect(op.message()).toContain('Somebody else has decided this');
  expect(await decisions(place)).toEqual([{ charge: 'ROUND', participates: 1, changed_by: 'cleo' }]);
});
