import { argon2Sync, createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { loadKeys } from '#services/secrets/keys.ts';
import { masterOf } from '#services/secrets/master.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { addUser } from '#services/users/add.ts';
import { setPassword } from '#services/users/change.ts';
import { changeOwnPassword } from '#services/users/own-password.ts';
import { loadActor, signIn } from '#services/users/sign-in.ts';
import { CHEAP, freshDatabase, runnerFor, testKeys } from '#test/support/database.ts';
import { addPeople, NOW, PASSWORD } from '#test/support/people.ts';
import { enrol } from '#test/support/second-factor.ts';

const PASSWORD_COST = /^\$argon2id\$v=19\$m=65536,t=3,p=1\$/;
const CODE_COST = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

/** A database as the program opens it: no other cost is asked for. */
async function asOpenedByTheProgram(): Promise<Database> {
  const { hashCost, ...database } = await freshDatabase();
  expect(hashCost).toBe(CHEAP);
  return database;
}

async function hashOf(database: Database, username: string): Promise<string> {
  const user = database.db.selectFrom('app_user').select('password_hash').where('username', '=', username);
  return (await user.executeTakeFirstOrThrow()).password_hash!;
}

test('every new password is hashed at the full cost, and an older hash made anew at sign-in', async () => {
  const database = await asOpenedByTheProgram();
  await addPeople(database, { alice: 'billing' });
  const call = runnerFor(database, { ...(await loadActor(database.db, 1, 'screen')), permissions: new Set(['*']) });
  expect(await hashOf(database, 'alice')).toContain('m=64,t=1');
  await signIn(database, { username: 'alice', password: PASSWORD }, NOW, 'call');
  const renewed = await hashOf(database, 'alice');
  expect(renewed).toMatch(PASSWORD_COST);
  await signIn(database, { username: 'alice', password: PASSWORD }, NOW + 1, 'call');
  expect(await hashOf(database, 'alice')).toBe(renewed);
  await call(changeOwnPassword, { current: PASSWORD, password: 'seven rivers run uphill' });
  expect(await hashOf(database, 'alice')).toMatch(PASSWORD_COST);
  expect(await hashOf(database, 'alice')).not.toBe(renewed);
});

test('so is that of somebody who is added or given a new one', async () => {
  const database = await asOpenedByTheProgram();
  const call = runnerFor(database);
  const ben = { username: 'ben', displayName: 'Ben Benson', password: 'four words in a row', groups: ['billing'] };
  await call(addUser, ben);
  const first = await hashOf(database, 'ben');
  expect(first).toMatch(PASSWORD_COST);
  await call(setPassword, { username: 'ben', password: 'four other words here' });
  expect(await hashOf(database, 'ben')).toMatch(PASSWORD_COST);
  expect(await hashOf(database, 'ben')).not.toBe(first);
});

test('recovery codes and what sealed numbers are found by are hashed at the floor of OWASP', async () => {
  const database = await asOpenedByTheProgram();
  await addPeople(database, { alice: 'billing' });
  await enrol(database, 1, NOW);
  const codes = await database.db.selectFrom('recovery_code').select('code_hash').execute();
  expect(codes).toHaveLength(10);
  for (const { code_hash } of codes) expect(code_hash).toMatch(CODE_COST);

  const vault = await vaultOf(database).unlock();
  const keys = await loadKeys(database.db, masterOf(await testKeys().read()));
  const tag = argon2Sync('argon2id', {
    message: '219-09-9999',
    nonce: createHash('sha256').update('meterdesk index ssn').digest().subarray(0, 16),
    secret: keys.find(({ purpose }) => purpose === 'index')!.bytes,
    memory: 19_456,
    passes: 2,
    parallelism: 1,
    tagLength: 16,
  });
  const bits = (tag.readUInt16BE(0) >> 1).toString(16).padStart(4, '0');
  expect((await vault.indexes('ssn', '219-09-9999'))[0]).toBe(`${vault.indexedAs}${bits}`);
});
