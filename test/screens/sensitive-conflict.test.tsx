import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { clearSensitive, setSensitive } from '#services/secrets/change.ts';
import { findBySensitive } from '#services/secrets/find.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES } from '#test/support/panel.ts';
import type { Operator } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

const [OLD, MINE, THEIRS] = ['D40078361111', 'D40078362222', 'D40078363333'];
const NUMBERS = /D4007836[123]/;

interface Desk {
  readonly op: Operator;
  readonly database: Database;
  readonly customerId: number;
  /** A colleague enters a number on top of what is stored. */
  readonly bob: (value: string, detail?: string) => Promise<unknown>;
  readonly stored: () => Promise<{ last4: string | null; detail: string | null; version: number } | undefined>;
}

/** An operator who has typed another licence in its form and not saved. */
async function typing(options: { size?: readonly [number, number]; rights?: readonly string[] } = {}): Promise<Desk> {
  const database = await freshDatabase();
  const { id, customerId } = await new Utility(database).household();
  const which = { customerId, kind: 'licence' as const, autopayId: null };
  await runnerFor(database)(setSensitive, { ...which, value: OLD!, detail: 'IL', version: null });
  const rights = ['accounts.read', 'customers.read', 'sensitive.edit', ...(options.rights ?? ['sensitive.last4'])];
  const op = await atAccount(database, id, 'customer', { actor: actor(...rights), size: options.size ?? [80, 24] });
  await op.press('E');
  await op.type('licence');
  await op.press('enter');
  await op.type(MINE!);
  const stored = () => database.db.selectFrom('secret_value').select(['last4', 'detail', 'version']).executeTakeFirst();
  const call = runnerFor(database, { ...actor(), username: 'bob' });
  const bob = async (value: string, detail = 'IL') =>
    call(setSensitive, { ...which, value, detail, version: (await stored())!.version });
  return { op, database, customerId, bob, stored };
}

/** A question takes no keys in its first moment. */
const readFirst = (op: Operator) => op.wait(400);

/** What is painted holds no number. */
const tellsNothing = (op: Operator) => expect(op.text()).not.toMatch(NUMBERS);

describe('somebody else entered a number while another was typed', () => {
  test.each(SIZES)('at %d×%d both are told by their last four, and keeping mine saves it', async (...size) => {
    const { op, database, bob, stored } = await typing({ size });
    await bob(THEIRS!);
    await op.press('f9');
    expect(op.text()).toMatch(/bob saved this record at \d\d:\d\d/);
    expect(op.text()).toMatch(/licence.* +both of you changed it: choose/);
    expect(op.text()).toMatch(/•1111 +.*•2222 +.*•3333/);
    tellsNothing(op);
    await readFirst(op);
    await op.press('m', 'f9');
    expect(await stored()).toMatchObject({ last4: '2222', version: 3 });
    const found = runnerFor(database)(findBySensitive, { kind: 'licence' as const, value: MINE! });
    expect(await found).toHaveLength(1);
    tellsNothing(op);
    expect(op.unexpected).toEqual([]);
  });

  test('who may not see the last four sees dots only', async () => {
    const { op, bob } = await typing({ rights: [] });
    await bob(THEIRS!);
    await op.press('f9');
    expect(op.text()).toContain('both of you changed it');
    expect(op.text()).not.toMatch(/1111|2222|3333/);
  });

  test('taking theirs leaves it, with the state that was chosen', async () => {
    const { op, bob, stored } = await typing();
    await op.press('tab', 'backspace', 'backspace');
    await op.type('WI');
    await bob(THEIRS!);
    await op.press('f9');
    expect(op.text()).toMatch(/State +yours; only you changed it/);
    await readFirst(op);
    await op.press('t', 'f9');
    expect(await stored()).toMatchObject({ last4: '3333', detail: 'WI', version: 3 });
    expect(op.message()).toContain('State');
  });

  test('taking theirs wholly writes nothing', async () => {
    const { op, bob, stored } = await typing();
    await bob(THEIRS!, 'WI');
    await op.press('f9');
    await readFirst(op);
    await op.press('t', 'f9');
    expect(op.message()).toContain('Left as it was saved meanwhile');
    expect(await stored()).toMatchObject({ last4: '3333', detail: 'WI', version: 2 });
  });

  test('leaving the question loses nothing: what was typed is saved later', async () => {
    const { op, bob, stored } = await typing();
    await bob(THEIRS!);
    await op.press('f9');
    await readFirst(op);
    await op.press('escape');
    expect(op.text()).toContain('Not saved: bob changed it meanwhile.');
    await op.press('f9');
    await readFirst(op);
    await op.press('m', 'f9');
    expect(await stored()).toMatchObject({ last4: '2222' });
  });

  test('a number that was taken away is entered anew', async () => {
    const { op, database, customerId, stored } = await typing();
    const which = { customerId, kind: 'licence' as const, autopayId: null };
    await runnerFor(database, { ...actor(), username: 'bob' })(clearSensitive, { ...which, version: 1 });
    await op.press('f9');
    expect(op.text()).toContain('(empty)');
    await readFirst(op);
    await op.press('m', 'enter', 'enter');
    expect(await stored()).toMatchObject({ last4: '2222' });
  });
});
