import { describe, expect, test, vi } from 'vitest';
import { createToken, listTokens } from '#services/users/tokens.ts';
import { loadActor, signInWithToken } from '#services/users/sign-in.ts';
import { actor, clock, runnerFor } from '#test/support/database.ts';
import { SIZES } from '#test/support/panel.ts';
import { databaseWith } from '#test/support/people.ts';
import { signedInApp } from '#test/support/tty.tsx';

const TOKEN = /mdk_[\w-]{43}/;

async function at(size: readonly [number, number] = [80, 24], who = actor()) {
  const database = await databaseWith({ ada: 'administrator', finn: 'field', cleo: 'callcenter' });
  const call = runnerFor(database);
  await call(createToken, { username: 'cleo', name: 'nightly export', permissions: ['lookup.use', 'notes.read'] });
  const op = await signedInApp({ database, size, actor: who });
  op.shell.desktop.open('users', undefined);
  await op.settled();
  await op.press('t');
  const listed = () => call(listTokens, {});
  return { database, op, listed };
}

/** A question takes no keys in its first moment. */
const SHORT_WHILE = 1000;

describe('access tokens', () => {
  test.each(SIZES)('at %d×%d tell whose they are, what for, until when, and what they may do', async (...size) => {
    const { op } = await at(size);
    expect(op.text()).toContain('Access tokens');
    expect(op.text()).toMatch(/> cleo +nightly export +active +2 +2027-02-19 +never/);
    expect(op.text()).toMatch(/Rights +lookup.use, notes.read/);
  });

  test('one is made with some of the rights of its user, shown once, and lets in', async () => {
    const { database, op, listed } = await at();
    await op.press('n');
    await op.type('finn');
    await op.press('enter', 'enter');
    expect(op.text()).toContain('Rights of the token of finn');
    expect(op.text()).toContain('usage.read');
    expect(op.text()).not.toContain('users.manage');
    await op.type('usage');
    await op.press('space', 'enter');
    await op.type('meter app');
    await op.press('tab');
    for (let at = 0; at < 10; at++) await op.press('backspace');
    await op.type('12/31');
    await op.press('f9');
    await vi.waitFor(() => expect(op.text()).toMatch(TOKEN));
    const [token] = TOKEN.exec(op.text())!;
    await op.wait(SHORT_WHILE);
    await op.press('c');
    expect(op.copied).toEqual([token]);
    await op.press('x');
    expect(op.text()).not.toMatch(TOKEN);
    expect(op.text()).toMatch(/finn +meter app +active +1 +2026-12-31/);
    const finn = await signInWithToken(database, token, clock.now());
    expect([finn.username, [...finn.permissions]]).toEqual(['finn', ['usage.read']]);
    expect(JSON.stringify(await listed())).not.toContain(token);
    expect(op.unexpected).toEqual([]);
  });

  test('a last day that is over or too far is refused at its field', async () => {
    const { op, listed } = await at();
    await op.press('n');
    await op.type('finn');
    await op.press('enter', 'down', 'enter');
    expect(op.text()).toContain('Token of finn');
    await op.type('job');
    await op.press('tab');
    for (let at = 0; at < 10; at++) await op.press('backspace');
    await op.type('-1');
    await op.press('f9');
    expect(op.text()).toContain('This day is over');
    expect(await listed()).toHaveLength(1);
  });

  test('one is revoked after a question, and once is enough', async () => {
    const { op, listed } = await at();
    await op.press('D');
    expect(op.text()).toContain('It was never used.');
    await op.wait(SHORT_WHILE);
    await op.press('right', 'enter');
    expect(await listed()).toMatchObject([{ state: 'revoked' }]);
    expect(op.message()).toContain('is revoked');
    await op.press('D');
    expect(op.message()).toContain('revoked already');
  });

  test('who may only see them is not offered more', async () => {
    const { op } = await at([80, 24], { ...actor('users.read'), userId: 77 });
    expect(op.text()).toContain('nightly export');
    await op.press('n', 'D');
    expect(op.text()).not.toContain('┌');
    await op.press('enter');
    expect(op.text()).toMatch(/Rights +lookup.use, notes.read/);
  });

  test('a maker is offered only rights that they hold themselves', async () => {
    const { database } = await at();
    const cleo = await loadActor(database.db, 3, 'screen');
    const rights = new Set([...cleo.permissions, 'users.read', 'tokens.manage']);
    const op = await signedInApp({ database, actor: { ...actor('x'), userId: 77, permissions: rights } });
    op.shell.desktop.open('tokens', undefined);
    await op.settled();
    await op.press('n');
    await op.type('ada');
    await op.press('enter', 'enter');
    expect(op.text()).toContain('lookup.use');
    await op.type('options');
    expect(op.text()).toContain('options.read');
    expect(op.text()).not.toContain('options.edit');
  });
});
