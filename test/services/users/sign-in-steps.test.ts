import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { addUser } from '#services/users/add.ts';
import { setPassword } from '#services/users/change.ts';
import { beginSignIn } from '#services/users/begin-sign-in.ts';
import { reauthenticate } from '#services/users/reauthenticate.ts';
import { loadActor, signIn } from '#services/users/sign-in.ts';
import type { SignInStep } from '#services/users/sign-in-steps.ts';
import { actor } from '#test/support/database.ts';
import { databaseWith, NOW, PASSWORD } from '#test/support/people.ts';
import { codeFor, enrol } from '#test/support/second-factor.ts';
import { createRunner } from '#services/runner.ts';

const MINUTE = 60_000;

const begin = (database: Database, username: string, password = PASSWORD, now = () => NOW) =>
  beginSignIn({ database, now, source: 'screen', origin: '192.0.2.7' }, { username, password });

/** The step, when it is of that kind. */
function at<K extends SignInStep['kind']>(kind: K, step: SignInStep): Extract<SignInStep, { kind: K }> {
  expect(step.kind).toBe(kind);
  return step as Extract<SignInStep, { kind: K }>;
}

const asAdministrator = (database: Database, now = NOW) =>
  createRunner({ database, actor: { ...actor(), userId: 99 }, clock: { now: () => now, today: () => '2027-01-15' } });

const recorded = (database: Database) =>
  database.db
    .selectFrom('audit_entry')
    .select(['outcome', 'changes', 'origin'])
    .where('operation', '=', 'session.sign-in')
    .orderBy('seq')
    .execute();

describe('with a second factor', { timeout: 60_000 }, () => {
  test('the password leads to the code, and each code works once', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, NOW - MINUTE);
    const code = await codeFor(database, 1, NOW);
    const step = at('code', await begin(database, 'alice'));
    await expect(step.answer('000000')).rejects.toThrow('The code is not right.');
    const done = at('done', await step.answer(code));
    expect(done.actor).toMatchObject({ username: 'alice', origin: '192.0.2.7' });
    await expect(at('code', await begin(database, 'alice')).answer(code)).rejects.toThrow('not right');
    expect((await recorded(database)).map((row) => [row.outcome, JSON.parse(row.changes!).how[1]])).toEqual([
      ['refused', 'wrong code'],
      ['done', 'password and code'],
      ['refused', 'code not valid or used before'],
    ]);
  });

  test('the right password does not make wrong codes forgotten', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, NOW - MINUTE);
    for (const _ of [1, 2, 3]) {
      await expect(at('code', await begin(database, 'alice')).answer('000000')).rejects.toThrow('not right');
    }
    await expect(begin(database, 'alice')).rejects.toThrow('Try again in 1 second');
  });

  test('a recovery code lets in once', async () => {
    const database = await databaseWith({ alice: 'billing' });
    const codes = await enrol(database, 1, NOW - MINUTE);
    expect(new Set(codes).size).toBe(10);
    const typed = codes[3]!.toLowerCase().replaceAll('-', ' ');
    at('done', await at('code', await begin(database, 'alice')).answer(typed));
    await expect(at('code', await begin(database, 'alice')).answer(typed)).rejects.toThrow('not right');
    const kept = JSON.stringify(await database.db.selectFrom('recovery_code').selectAll().execute());
    for (const code of codes) expect(kept).not.toContain(code);
  });

  test('a headless call and a proof of identity need the code too', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, NOW - MINUTE);
    const given = { username: 'alice', password: PASSWORD };
    await expect(signIn(database, given, NOW, 'call')).rejects.toThrow('METERDESK_CODE');
    const code = await codeFor(database, 1, NOW);
    expect((await signIn(database, { ...given, code }, NOW, 'call')).username).toBe('alice');
    const alice = await loadActor(database.db, 1, 'screen');
    await expect(reauthenticate(database, alice, given, NOW)).rejects.toMatchObject({ fields: { code: /./ } });
    await expect(reauthenticate(database, alice, { ...given, code }, NOW)).rejects.toThrow('not right');
    const next = await codeFor(database, 1, NOW + MINUTE / 2);
    await reauthenticate(database, alice, { ...given, code: next }, NOW + MINUTE / 2);
  });

  test('a group that needs one leads its members through it', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await database.transaction((db) => db.updateTable('user_group').set({ needs_totp: 1 }).execute());
    const step = at('enrol', await begin(database, 'alice'));
    expect(step.uri).toContain(`secret=${step.secret}`);
    await expect(step.answer('123')).rejects.toThrow('clock');
    const shown = at('recovery-codes', await step.answer(await codeFor(database, 1, NOW)));
    expect(shown.codes).toHaveLength(10);
    at('done', await shown.answer());
    at('code', await begin(database, 'alice'));
  });

  test('without a key file it is said what is missing', async () => {
    const { keys: _, ...database } = await databaseWith({ alice: 'billing' });
    await database.transaction((db) => db.updateTable('user_group').set({ needs_totp: 1 }).execute());
    await expect(begin(database, 'alice')).rejects.toThrow(/second factor.*key file/);
  });
});

describe('with a password that somebody else has set', { timeout: 60_000 }, () => {
  const person = { username: 'ben', displayName: 'Ben Benson', password: 'four words in a row', groups: ['billing'] };

  test('another is chosen first, which then lets in', async () => {
    const database = await databaseWith({ ada: 'administrator' });
    await asAdministrator(database)(addUser, person);
    await expect(signIn(database, person, NOW, 'call')).rejects.toThrow('Choose your own');
    const step = at('new-password', await begin(database, 'ben', person.password));
    await expect(step.answer('too short')).rejects.toMatchObject({ code: 'invalid' });
    await expect(step.answer(person.password)).rejects.toThrow('another than the one in force');
    at('done', await step.answer('seven rivers run uphill'));
    at('done', await begin(database, 'ben', 'seven rivers run uphill'));
    await asAdministrator(database)(setPassword, { username: 'ben', password: 'four other words here' });
    at('new-password', await begin(database, 'ben', 'four other words here'));
  });

  test('it lets in for a day only', async () => {
    const database = await databaseWith({ ada: 'administrator' });
    await asAdministrator(database, NOW - 24 * 60 * MINUTE)(addUser, person);
    await expect(begin(database, 'ben', person.password)).rejects.toThrow('has expired');
    await expect(begin(database, 'ben', 'wrong')).rejects.toThrow('not right');
  });
});

test('whoever takes longer than five minutes begins anew', async () => {
  const database = await databaseWith({ alice: 'billing' });
  await enrol(database, 1, NOW - MINUTE);
  let now = NOW;
  const step = at('code', await begin(database, 'alice', PASSWORD, () => now));
  now += 5 * MINUTE + 1;
  at('again', await step.answer(await codeFor(database, 1, now)));
});

test('signing in tells of the time before, and of failures since', async () => {
  const database = await databaseWith({ alice: 'billing' });
  expect(at('done', await begin(database, 'alice')).last).toEqual({ at: null, origin: null, failures: 0 });
  for (const _ of [1, 2]) await expect(begin(database, 'alice', 'x')).rejects.toThrow('not right');
  const { last } = at('done', await begin(database, 'alice', PASSWORD, () => NOW + MINUTE));
  expect(last).toEqual({ at: NOW, origin: '192.0.2.7', failures: 2 });
});
