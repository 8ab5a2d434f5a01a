import { describe, expect, test, vi } from 'vitest';
import type { Database } from '#db/database.ts';
import { DEFAULT_GROUPS } from '#domain/permissions.ts';
import { setSensitive } from '#services/secrets/change.ts';
import { actor, runnerFor } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { databaseWith, PASSWORD } from '#test/support/people.ts';
import { Utility } from '#test/support/utility.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';

const SSN = '521-34-8876';
const DIGITS = /521.?34.?8876/;

async function home(): Promise<{ database: Database; accountId: number }> {
  const database = await databaseWith(Object.fromEntries(DEFAULT_GROUPS.map(({ code }) => [`${code}.one`, code])));
  const account = await new Utility(database).household();
  const number = { customerId: account.customerId, kind: 'ssn' as const, autopayId: null, detail: '', version: null };
  await runnerFor(database)(setSensitive, { ...number, value: SSN });
  return { database, accountId: account.id };
}

const memberOf = (group: string) => ({
  ...actor('none'),
  userId: DEFAULT_GROUPS.findIndex(({ code }) => code === group) + 1,
  username: `${group}.one`,
  permissions: new Set<string>(DEFAULT_GROUPS.find(({ code }) => code === group)!.permissions),
});

/** Everything that the terminal was ever sent is looked at by `seen`. */
async function revealed(size?: readonly [number, number]): Promise<Operator> {
  const { database, accountId } = await home();
  const op = await atAccount(database, accountId, 'customer', { actor: memberOf('manager'), size });
  await op.press('S');
  expect(op.text()).toContain('Show: Social security no.');
  await op.type('identity');
  await op.press('tab');
  await op.type('at the counter');
  await op.press('tab');
  await op.type(PASSWORD);
  expect(op.text()).not.toContain(PASSWORD);
  await op.press('f9');
  return op;
}

describe('personal info on the Customer tab', () => {
  test.each(SIZES)('at %d×%d shows dots and the last four, or dots alone', async (...size) => {
    const { database, accountId } = await home();
    const clerk = await atAccount(database, accountId, 'customer', { actor: memberOf('callcenter'), size });
    await clerk.press(']', ']', 'j', 'j');
    expect(tabText(clerk)).toMatch(/Social security no\. +•••-••-8876/);
    const auditor = await atAccount(database, accountId, 'customer', { actor: memberOf('auditor'), size: [120, 40] });
    expect(tabText(auditor)).toMatch(/Social security no\. +•••-••-••••/);
    expect(clerk.text() + auditor.text()).not.toMatch(DIGITS);
  });

  test('its key stands in the footer, for who may see it', async () => {
    const { database, accountId } = await home();
    const at = (group: string) =>
      atAccount(database, accountId, 'customer', { actor: memberOf(group), size: [120, 40] });
    expect((await at('manager')).text()).toContain('S Show');
    expect((await at('callcenter')).text()).not.toContain('S Show');
  });

  test('is not shown to who may not', async () => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer', { actor: memberOf('callcenter') });
    await op.press('S');
    expect(op.text()).not.toContain('Show: ');
  });

  test('E enters a number, hidden while it is typed', async () => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer', { actor: memberOf('billing'), size: [120, 40] });
    await op.press('E');
    await op.type('licence');
    await op.press('enter');
    await op.type('D4007836');
    expect(op.text()).not.toContain('D4007836');
    await op.press('tab');
    await op.type('IL');
    await op.press('f9');
    expect(op.message()).toContain('Saved and sealed');
    expect(tabText(op)).toMatch(/licence no\. +•••••7836 {2}IL/);
    expect(await database.db.selectFrom('draft').selectAll().execute()).toEqual([]);
  });
});

describe('a number that is shown', () => {
  test('counts down and is gone after thirty seconds', async () => {
    const op = await revealed();
    expect(op.text()).toContain(SSN);
    expect(op.text()).toContain('30 s');
    await op.wait(10_000);
    expect(op.text()).toContain('20 s');
    await op.wait(20_000);
    expect(op.text()).not.toMatch(DIGITS);
    expect(op.text()).toContain('•••-••-8876');
  });

  test.each<[string, (op: Operator) => Promise<void> | void]>([
    ['any key', (op) => op.press('x')],
    ['leaving', (op) => op.press('ctrl+c')],
    ['a lock', (op) => op.shell.lock.lock()],
    ['another size', (op) => op.resize(100, 30)],
    ['signing out', (op) => op.shell.signOut()],
  ])('is hidden by %s', async (_, act) => {
    const op = await revealed();
    await op.wait(400);
    expect(op.text()).toContain(SSN);
    await act(op);
    await op.settled();
    expect(op.text()).not.toMatch(DIGITS);
    expect([op.copied, op.written, op.unexpected]).toEqual([[], [], []]);
  });

  test('is not shown for a wrong password, which is said at its field; what was typed elsewhere stays', async () => {
    const { database, accountId } = await home();
    const op = await atAccount(database, accountId, 'customer', { actor: memberOf('manager') });
    await op.press('S');
    await op.type('identity');
    await op.press('tab');
    await op.type('at the counter');
    await op.press('tab');
    await op.type('wrong password');
    await op.press('f9');
    expect(op.text()).toContain('! The password is not right.');
    expect(op.lines().find((line) => line.includes('Your password'))).toMatch(/! Your password +│/);
    expect(op.text()).toContain('at the counter');
    expect(op.text()).not.toMatch(DIGITS);
    // The cursor is there, and the wrong one is gone: the right one can be typed at once.
    await op.type(PASSWORD);
    await op.press('f9');
    await op.wait(400);
    expect(op.text()).toContain(SSN);
  });
});

describe('looking for a number', () => {
  test('the palette has a form that hides it; it opens the customer', async () => {
    const { database } = await home();
    const op = await signedInApp({ database, actor: memberOf('collector') });
    await op.press('f2');
    await op.type('find by sens');
    await op.press('enter');
    await vi.waitFor(() => expect(op.shell.overlays.top?.definition.kind).toBe('form'));
    await op.press('tab');
    await op.type('521 34 8876');
    expect(op.text()).not.toMatch(DIGITS);
    await op.press('f9');
    await vi.waitFor(() => expect(op.shell.navigation.top?.definition.id).toBe('account'));
    await op.settled();
    expect(op.text()).not.toMatch(DIGITS);
  });

  test('typed into the find box it is not looked for', async () => {
    const { database } = await home();
    const op = await signedInApp({ database, actor: memberOf('collector'), size: [120, 40] });
    await op.press('f2');
    await op.type(SSN);
    await op.wait(1000);
    expect(op.text()).toContain('Not looked for here');
  });
});
