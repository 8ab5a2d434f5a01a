import { expect, test } from 'vitest';
import { reauthenticate, spendProof } from '#services/users/reauthenticate.ts';
import { loadActor, signIn } from '#services/users/sign-in.ts';
import { databaseWith, NOW, PASSWORD } from '#test/support/people.ts';
import { codeFor, enrol } from '#test/support/second-factor.ts';

test('a proof is good once, for a minute, for whom it was given', async () => {
  const database = await databaseWith({ alice: 'billing', ada: 'administrator' });
  const alice = await loadActor(database.db, 1, 'screen');
  const ada = await loadActor(database.db, 2, 'screen');
  const fresh = () => reauthenticate(database, alice, { password: PASSWORD }, NOW);
  const proof = await fresh();
  spendProof(alice, proof, NOW + 59_999);
  expect(() => spendProof(alice, proof, NOW)).toThrow('Enter your password again');
  const late = await fresh();
  expect(() => spendProof(alice, late, NOW + 60_000)).toThrow('Enter your password again');
  const anothers = await fresh();
  expect(() => spendProof(ada, anothers, NOW)).toThrow('Enter your password again');
  expect(() => spendProof(alice, anothers, NOW)).toThrow('Enter your password again');
});

test('wrong passwords count as those of sign-in do, and all tries are in the audit', async () => {
  const database = await databaseWith({ alice: 'billing' });
  const alice = { ...(await loadActor(database.db, 1, 'screen')), origin: '192.0.2.7' };
  const wrong = () => reauthenticate(database, alice, { password: 'x' }, NOW);
  const said = { message: 'The password is not right.', fields: { password: 'The password is not right.' } };
  for (const _ of [1, 2, 3]) await expect(wrong()).rejects.toMatchObject(said);
  await expect(wrong()).rejects.toMatchObject({
    fields: { password: expect.stringContaining('Try again in 1 second') },
  });
  await expect(signIn(database, { username: 'alice', password: PASSWORD }, NOW, 'screen')).rejects.toThrow('1 second');
  await reauthenticate(database, alice, { password: PASSWORD }, NOW + 1000);
  const audit = await database.db
    .selectFrom('audit_entry')
    .select(['operation', 'outcome', 'origin'])
    .where('operation', '=', 'session.reauthenticate')
    .orderBy('seq')
    .execute();
  expect(audit.map((row) => row.outcome)).toEqual(['refused', 'refused', 'refused', 'refused', 'done']);
  expect(new Set(audit.map((row) => row.origin))).toEqual(new Set(['192.0.2.7']));
});

test('with a second factor both fields are pointed at: which of the two is wrong nobody is told', async () => {
  const database = await databaseWith({ alice: 'billing' });
  await enrol(database, 1, NOW);
  const alice = await loadActor(database.db, 1, 'screen');
  const later = NOW + 60_000;
  const words = 'Password or code is not right.';
  const said = { message: words, fields: { password: words, code: words } };
  const code = await codeFor(database, 1, later);
  await expect(reauthenticate(database, alice, { password: 'x', code }, later)).rejects.toMatchObject(said);
  await expect(reauthenticate(database, alice, { password: PASSWORD, code: '0' }, later)).rejects.toMatchObject(said);
  const without = reauthenticate(database, alice, { password: PASSWORD }, later);
  await expect(without).rejects.toMatchObject({ code: 'invalid', fields: { code: expect.stringContaining('code') } });
});
