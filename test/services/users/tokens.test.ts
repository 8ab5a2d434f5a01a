import { expect, test } from 'vitest';
import { setOption } from '#services/options/operations.ts';
import { listUsers } from '#services/users/list.ts';
import { loadActor, signInWithToken } from '#services/users/sign-in.ts';
import { createToken, listTokens } from '#services/users/tokens.ts';
import { actor, clock, runnerFor } from '#test/support/database.ts';
import { databaseWith } from '#test/support/people.ts';

const DAY_MS = 86_400_000;
const root = { ...actor(), userId: 99 };
const job = { name: 'job', days: 3 };

test('a token has the rights that it is confined to, as far as its user has them', async () => {
  const database = await databaseWith({ ada: 'administrator', finn: 'field' });
  const make = (username: string, permissions?: string[]) =>
    runnerFor(database, root)(createToken, { ...job, username, permissions });
  const rightsOf = async ({ token }: { token: string }) =>
    [...(await signInWithToken(database, token, clock.now())).permissions].sort();
  const named = ['notes.read', 'users.read'];
  expect(await rightsOf(await make('ada', named))).toEqual(named);
  expect(await rightsOf(await make('finn', named))).toEqual(['notes.read']);
  expect(await rightsOf(await make('ada'))).toEqual(['*']);
  await expect(make('ada', ['notes.write'])).rejects.toMatchObject({ code: 'invalid' });
  const { token } = await make('ada', named);
  const call = runnerFor(database, await signInWithToken(database, token, clock.now()));
  await call(listUsers, {});
  await expect(call(setOption, { name: 'companyName', value: 'x' })).rejects.toMatchObject({ code: 'forbidden' });
});

test('nobody makes a token that may do more than themselves', async () => {
  const database = await databaseWith({ ada: 'administrator', finn: 'field', cleo: 'callcenter' });
  const finn = await loadActor(database.db, 2, 'call');
  const maker = { ...finn, permissions: new Set([...finn.permissions, 'tokens.manage']), source: 'call' as const };
  await database.transaction(async (db) => {
    const group = await db.selectFrom('user_group').select('id').where('code', '=', 'field').executeTakeFirstOrThrow();
    await db
      .insertInto('group_permission')
      .values({ id: 9_000_001, group_id: group.id, permission: 'tokens.manage' })
      .execute();
  });
  const call = runnerFor(database, maker);
  await expect(call(createToken, { ...job, username: 'ada' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(call(createToken, { ...job, username: 'cleo' })).rejects.toMatchObject({ code: 'forbidden' });
  const more = call(createToken, { ...job, username: 'finn', permissions: ['notes.edit'] });
  await expect(more).rejects.toMatchObject({ code: 'forbidden' });
  const { token } = await call(createToken, { ...job, username: 'finn', permissions: ['notes.read'] });
  expect(token).toMatch(/^mdk_[\w-]{43}$/);
});

test('the list tells who made a token, what for, and on which day it was used last', async () => {
  const database = await databaseWith({ ada: 'administrator' });
  const call = runnerFor(database, root);
  const { token } = await call(createToken, { ...job, username: 'ada', permissions: ['notes.read'] });
  const listed = async () => (await call(listTokens, {}))[0];
  expect(await listed()).toMatchObject({ createdBy: 'tess', permissions: ['notes.read'], lastUsedOn: null });
  const used = () => database.db.selectFrom('access_token').select('last_used_at').executeTakeFirstOrThrow();
  await signInWithToken(database, token, clock.now());
  await signInWithToken(database, token, clock.now() + 1000);
  expect((await used()).last_used_at).toBe(clock.now());
  await signInWithToken(database, token, clock.now() + DAY_MS);
  expect((await used()).last_used_at).toBe(clock.now() + DAY_MS);
  expect((await listed())!.lastUsedOn).toBe('2026-11-22');
});
