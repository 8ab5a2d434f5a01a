import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { signIn } from '#services/users/sign-in.ts';
import { blockedUntil, countFailure } from '#services/users/tries.ts';
import { databaseWith, NOW, PASSWORD } from '#test/support/people.ts';

const trying = (database: Database, username: string, password: string, now: number) =>
  signIn(database, { username, password }, now, 'screen').then(
    () => 'in',
    (error: Error) => error.message,
  );

async function failing(database: Database, userId: number, times: number, now: number): Promise<void> {
  for (let n = 0; n < times; n++) await database.transaction((db) => countFailure(db, { userId }, now));
}

describe('trying', () => {
  test('after some failures the right password has to wait, and says how long', async () => {
    const database = await databaseWith({ alice: 'billing' });
    for (const _ of [1, 2, 3]) expect(await trying(database, 'alice', 'x', NOW)).toBe('User or password is not right.');
    expect(await trying(database, 'alice', PASSWORD, NOW)).toBe('Too many wrong tries. Try again in 1 second.');
    expect(await trying(database, 'alice', PASSWORD, NOW + 1000)).toBe('in');
    expect(await trying(database, 'alice', 'x', NOW + 1001)).toBe('User or password is not right.');
    expect(await trying(database, 'alice', PASSWORD, NOW + 1001)).toBe('in');
  });

  test('a name that is nobody’s is slowed alike, for as long, and is not kept', async () => {
    const database = await databaseWith({ alice: 'billing' });
    for (const wait of [0, 0, 0, 1000, 2000, 4000]) {
      const now = NOW + wait;
      expect(await trying(database, 'hunter2', 'x', now)).toBe(await trying(database, 'alice', 'x', now));
    }
    expect(await trying(database, 'hunter2', 'x', NOW + 1)).toBe(await trying(database, 'alice', 'x', NOW + 1));
    const kept = JSON.stringify([
      await database.db.selectFrom('audit_entry').selectAll().execute(),
      await database.db.selectFrom('counter').selectAll().execute(),
    ]);
    expect(kept).not.toContain('hunter2');
  });

  test('many guesses at the same moment are no more than one after the other', async () => {
    const database = await databaseWith({ alice: 'billing' });
    const guesses = await Promise.all(
      Array.from({ length: 12 }, (_, n) => trying(database, 'alice', n === 11 ? PASSWORD : 'x', NOW)),
    );
    expect(guesses.filter((answer) => answer === 'User or password is not right.').length).toBeLessThanOrEqual(3);
    const { failed_sign_ins } = await database.db
      .selectFrom('app_user')
      .select('failed_sign_ins')
      .executeTakeFirstOrThrow();
    expect(failed_sign_ins).toBeLessThanOrEqual(3);
  });

  test('ten in a row lock for half an hour, a hundred until somebody helps', async () => {
    const database = await databaseWith({ alice: 'billing', ada: 'administrator' });
    await failing(database, 1, 10, NOW);
    expect(await trying(database, 'alice', PASSWORD, NOW + 28 * 60_000)).toContain('in 2 minutes');
    expect(await trying(database, 'alice', PASSWORD, NOW + 30 * 60_000)).toBe('in');
    await failing(database, 1, 100, NOW);
    expect(await trying(database, 'alice', PASSWORD, NOW + 365 * 86_400_000)).toContain('Ask an administrator');
  });

  test('the last administrator who could sign in is slowed only', async () => {
    const database = await databaseWith({ ada: 'administrator', abe: 'administrator', alice: 'billing' });
    await failing(database, 1, 10, NOW);
    expect(await blockedUntil(database.db, { userId: 1 }, NOW)).toBe(NOW + 30 * 60_000);
    await failing(database, 2, 10, NOW);
    expect(await blockedUntil(database.db, { userId: 2 }, NOW)).toBe(NOW + 60_000);
    const abe = await database.db.selectFrom('app_user').select('locked_until').where('id', '=', 2).executeTakeFirst();
    expect(abe).toEqual({ locked_until: null });
    expect(await trying(database, 'abe', PASSWORD, NOW + 60_000)).toBe('in');
    await failing(database, 3, 10, NOW);
    expect(await blockedUntil(database.db, { userId: 3 }, NOW)).toBe(NOW + 30 * 60_000);
  });
});
