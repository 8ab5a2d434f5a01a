import { expect, test } from 'vitest';
import { disableUser } from '#services/users/change.ts';
import { setOsUser, trustedUser } from '#services/users/os-sign-in.ts';
import { sessionRules } from '#services/users/session.ts';
import { loadActor } from '#services/users/sign-in.ts';
import { actor, runnerFor } from '#test/support/database.ts';
import { databaseWith, NOW } from '#test/support/people.ts';
import { codeFor, enrol } from '#test/support/second-factor.ts';

const asRoot = { ...actor(), userId: 99 };

test('whom the operating system vouches for needs no password, and the audit says so', async () => {
  const database = await databaseWith({ alice: 'billing', bob: 'billing', ada: 'administrator' });
  const call = runnerFor(database, asRoot);
  await call(setOsUser, { username: 'alice', osUser: 'aromero' });
  await expect(call(setOsUser, { username: 'bob', osUser: 'aromero' })).rejects.toMatchObject({ code: 'refused' });
  const context = { database, now: () => NOW, source: 'screen', origin: 'pts/3' } as const;
  const begin = await trustedUser(context, 'user', async () => 'aromero');
  expect(await begin!()).toMatchObject({ kind: 'done', actor: { username: 'alice' } });
  const row = await database.db
    .selectFrom('audit_entry')
    .select(['username', 'changes'])
    .where('operation', '=', 'session.sign-in')
    .executeTakeFirstOrThrow();
  expect(row).toMatchObject({ username: 'alice', changes: expect.stringContaining('operating system user aromero') });
  expect(await trustedUser(context, 'user', async () => 'alice')).toBeNull();
  expect(await trustedUser(context, 'sudo', async () => null)).toBeNull();
  await call(disableUser, { username: 'alice' });
  expect(await trustedUser(context, 'user', async () => 'aromero')).toBeNull();
});

test('the second factor is asked for all the same', async () => {
  const database = await databaseWith({ alice: 'billing' });
  await enrol(database, 1, NOW - 60_000);
  await runnerFor(database, asRoot)(setOsUser, { username: 'alice', osUser: 'aromero' });
  const context = { database, now: () => NOW, source: 'screen', origin: null } as const;
  const step = await (await trustedUser(context, 'sudo', async () => 'aromero'))!();
  if (step.kind !== 'code') throw new Error(step.kind);
  expect(await step.answer(await codeFor(database, 1, NOW))).toMatchObject({ kind: 'done' });
});

test('who knows neither password nor code has no lock but the end of the session', async () => {
  const database = await databaseWith({ alice: 'billing', max: 'manager' });
  const [alice, max] = [await loadActor(database.db, 1, 'screen'), await loadActor(database.db, 2, 'screen')];
  expect(await sessionRules(database, alice)).toMatchObject({ idleMinutes: 15, endsInstead: false });
  expect(await sessionRules(database, max)).toMatchObject({ idleMinutes: 5, endsInstead: false });
  await database.transaction((db) => db.updateTable('app_user').set({ password_hash: null }).execute());
  expect(await sessionRules(database, alice)).toMatchObject({ endsInstead: true });
});
