import { expect, test } from 'vitest';
import { addFirstUser, addUser } from '#services/users/add.ts';
import { disableUser, enableUser, setPassword, unlockUser } from '#services/users/change.ts';
import { listGroups } from '#services/users/list-groups.ts';
import { listUsers } from '#services/users/list.ts';
import { loadActor, signIn, signInWithToken } from '#services/users/sign-in.ts';
import { createToken, listTokens, revokeToken } from '#services/users/tokens.ts';
import { actor, clock, freshDatabase, runnerFor } from '#test/support/database.ts';

const password = 'four words in a row';
const person = { username: 'Ben', displayName: 'Ben Benson', password, groups: ['billing', 'cashier'] };

test('the first administrator needs no right, a second one is refused', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database, actor('nothing'));
  await call(addFirstUser, { username: 'root', displayName: 'Root', password });
  await expect(call(addFirstUser, { username: 'eve', displayName: 'Eve', password })).rejects.toMatchObject({
    code: 'refused',
  });
  const who = await signIn(database, { username: 'ROOT', password }, clock.now(), 'call');
  expect(who).toMatchObject({ username: 'root', groups: ['administrator'], level: 3 });
});

test('an added user has the union of the groups rights; a new password replaces the old', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  const { id } = await call(addUser, person);
  const who = await loadActor(database.db, id, 'call');
  expect(who.groups).toEqual(['billing', 'cashier']);
  expect(who.permissions).toContain('import.run');
  await expect(call(addUser, person)).rejects.toMatchObject({ code: 'refused' });
  await call(setPassword, { username: 'ben', password: 'another long one' });
  const attempt = (given: string) => signIn(database, { username: 'ben', password: given }, clock.now(), 'call');
  await expect(attempt(password)).rejects.toThrow('User or password is not right.');
  await expect(attempt('another long one')).rejects.toThrow('Choose your own first');
});

test('an administrator ends the wait after wrong passwords', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  await call(addFirstUser, { username: 'root', displayName: 'Root', password });
  const attempt = (given: string) => signIn(database, { username: 'root', password: given }, clock.now(), 'call');
  for (const _ of [1, 2, 3]) await expect(attempt('x')).rejects.toThrow('not right');
  await expect(attempt(password)).rejects.toThrow('Try again in 1 second');
  expect(await call(unlockUser, { username: 'root' })).toEqual({ username: 'root', failures: 3 });
  expect((await attempt(password)).username).toBe('root');
});

test.each([
  ['short', 'short one', 'at least 15 characters, 12 with a second factor'],
  ['shorter than without a code', 'seven rivers', 'at least 15'],
  ['a common one in disguise', 'P@ssw0rd.2026.2026', 'Guessing begins'],
  ['long', 'x1y2z'.repeat(30), 'at most 128'],
  ['repeated', 'aaaaaaaaaaaaaaaa', 'different characters'],
  ['the user name', 'my name is Ben so', 'must not contain'],
])('a password that is %s is refused at its field', async (_, weak, message) => {
  const call = runnerFor(await freshDatabase());
  await expect(call(addUser, { ...person, password: weak })).rejects.toMatchObject({
    code: 'invalid',
    fields: { password: expect.stringContaining(message) },
  });
});

test('neither password nor token is in the database or its audit', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  await call(addUser, person);
  const { token } = await call(createToken, { username: 'ben', name: 'job', days: 1 });
  const kept = JSON.stringify([
    await database.db.selectFrom('audit_entry').selectAll().execute(),
    await database.db.selectFrom('idempotent_answer').selectAll().execute(),
    await database.db.selectFrom('access_token').selectAll().execute(),
    await database.db.selectFrom('app_user').selectAll().execute(),
  ]);
  expect(kept).not.toContain(token);
  expect(kept).not.toContain(password);
  const repeat = call(createToken, { username: 'ben', name: 'job', days: 1 }, { idempotencyKey: 'k' });
  await expect(repeat).rejects.toMatchObject({ code: 'refused' });
});

test('a token works until it is revoked or expires', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  await call(addUser, person);
  const made = await call(createToken, { username: 'ben', name: 'job', days: 1 });
  expect((await signInWithToken(database, made.token, clock.now())).username).toBe('ben');
  const later = signInWithToken(database, made.token, clock.now() + 86_400_001);
  await expect(later).rejects.toMatchObject({ code: 'forbidden' });
  await call(revokeToken, { id: made.id });
  await expect(signInWithToken(database, made.token, clock.now())).rejects.toMatchObject({ code: 'forbidden' });
  expect(await call(listTokens, {})).toMatchObject([{ username: 'ben', name: 'job', state: 'revoked' }]);
});

test('a disabled user cannot sign in, nor can the user’s tokens; the last administrator stays', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  const root = await runnerFor(database, actor('nothing'))(addFirstUser, {
    username: 'root',
    displayName: 'Root',
    password,
  });
  await expect(call(disableUser, { username: 'root' })).rejects.toMatchObject({ code: 'refused' });
  await call(addUser, person);
  const { token } = await call(createToken, { username: 'ben', name: 'job', days: 1 });
  expect(await call(disableUser, { username: 'ben' })).toMatchObject({ tokensRevoked: 1 });
  await expect(signIn(database, { username: 'ben', password }, clock.now(), 'call')).rejects.toThrow('not right');
  await expect(signInWithToken(database, token, clock.now())).rejects.toThrow();
  await call(enableUser, { username: 'ben' });
  await expect(signIn(database, { username: 'ben', password }, clock.now(), 'call')).rejects.toThrow('Choose your own');
  const asRoot = runnerFor(database, { ...actor(), userId: root.id });
  await expect(asRoot(disableUser, { username: 'root' })).rejects.toMatchObject({ code: 'refused' });
  expect((await call(listUsers, {})).map((one) => [one.username, one.active])).toEqual([
    ['ben', true],
    ['root', true],
  ]);
});

test('groups are listed with their rights', async () => {
  const groups = await runnerFor(await freshDatabase())(listGroups, {});
  expect(groups.find((group) => group.code === 'administrator')).toMatchObject({ level: 3, permissions: ['*'] });
});
