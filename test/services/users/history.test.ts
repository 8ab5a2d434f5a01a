import { expect, test } from 'vitest';
import { sessionHistory } from '#services/users/history.ts';
import { loadActor, signIn } from '#services/users/sign-in.ts';
import { recordSession } from '#services/users/trail.ts';
import { actor, runnerFor } from '#test/support/database.ts';
import { databaseWith, NOW, PASSWORD } from '#test/support/people.ts';

test('a user sees the own sign-ins and refused tries, and another’s only with the right', async () => {
  const database = await databaseWith({ alice: 'billing', bob: 'billing', ada: 'administrator' });
  const attempt = (username: string, password: string) =>
    signIn(database, { username, password }, NOW, 'screen', '192.0.2.7');
  await expect(attempt('alice', 'x')).rejects.toThrow('not right');
  const alice = await attempt('alice', PASSWORD);
  await recordSession(database, alice, 'session.lock', NOW + 1);
  await recordSession(database, alice, 'session.sign-out', NOW + 2);
  await attempt('bob', PASSWORD);
  const call = runnerFor(database, alice);
  const own = await call(sessionHistory, { limit: 50 });
  expect(own.map((row) => [row.event, row.outcome, row.how, row.origin])).toEqual([
    ['sign-out', 'done', null, '192.0.2.7'],
    ['lock', 'done', null, '192.0.2.7'],
    ['sign-in', 'done', 'password', '192.0.2.7'],
    ['sign-in', 'refused', 'wrong password', '192.0.2.7'],
  ]);
  await expect(call(sessionHistory, { username: 'bob', limit: 50 })).rejects.toMatchObject({ code: 'forbidden' });
  const root = runnerFor(database, { ...actor(), userId: 99 });
  expect(await root(sessionHistory, { username: 'bob', limit: 50 })).toHaveLength(1);
  await expect(root(sessionHistory, { username: 'eve', limit: 50 })).rejects.toMatchObject({ code: 'not_found' });
  const bob = await loadActor(database.db, 2, 'screen');
  expect(await runnerFor(database, bob)(sessionHistory, { username: 'bob', limit: 1 })).toHaveLength(1);
});
