import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { addUser } from '#services/users/add.ts';
import { resetTotp } from '#services/users/enrolment.ts';
import { actor, clock, runnerFor } from '#test/support/database.ts';
import { databaseWith, PASSWORD } from '#test/support/people.ts';
import { codeFor, enrol } from '#test/support/second-factor.ts';
import { type Operator, startedApp } from '#test/support/tty.tsx';

/** Longer than a step ignores what was on its way. */
const READ = 400;
const MINUTE = 60_000;

async function entering(database: Database, username: string, password: string): Promise<Operator> {
  const op = await startedApp({ database });
  await op.type(username);
  await op.press('enter');
  await op.type(password);
  await op.press('enter');
  return op;
}

describe('signing in on the screen', { timeout: 60_000 }, () => {
  test('asks for the code of who has a second factor, again when it is wrong', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, clock.now() - MINUTE);
    const op = await entering(database, 'alice', PASSWORD);
    expect(op.text()).toContain('Second factor');
    await op.type('000000');
    expect(op.text()).toContain('000000');
    await op.press('enter');
    expect(op.text()).toContain('The code is not right.');
    expect(op.text()).not.toContain('000000');
    await op.type(await codeFor(database, 1, clock.now()));
    await op.press('enter');
    expect(op.header()).toContain('Home');
    expect(op.message()).toContain('1 wrong try since.');
  });

  test('has a new password chosen in place of one that somebody else has set', async () => {
    const database = await databaseWith({ ada: 'administrator' });
    const ben = { username: 'ben', displayName: 'Ben Benson', password: 'four words in a row', groups: ['billing'] };
    await runnerFor(database)(addUser, ben);
    const op = await entering(database, 'ben', ben.password);
    expect(op.text()).toContain('Choose your password');
    await op.type('typed too soon');
    await op.wait(READ);
    await op.type('seven rivers run uphill');
    expect(op.text()).not.toContain('seven rivers');
    await op.press('enter');
    await op.type('seven rivers run');
    await op.press('enter');
    expect(op.text()).toContain('The two passwords differ.');
    for (const _ of [1, 2]) {
      await op.type('seven rivers run uphill');
      await op.press('enter');
    }
    expect(op.header()).toContain('Home');
  });

  test.each([
    [80, 24],
    [60, 16],
    [120, 40],
  ] as const)('leads to a second factor where a group needs one, at %i×%i', async (columns, rows) => {
    const database = await databaseWith({ alice: 'billing' });
    await database.transaction((db) => db.updateTable('user_group').set({ needs_totp: 1 }).execute());
    const op = await entering(database, 'alice', PASSWORD);
    await op.resize(columns, rows);
    expect(op.text()).toContain('Set up the second factor');
    expect(op.text()).toMatch(/[A-Z2-7]{16}/);
    expect(op.text().includes('▀')).toBe(rows >= 24);
    for (const line of op.lines()) expect(line.length).toBeLessThanOrEqual(columns);
    await op.wait(READ);
    await op.type(await codeFor(database, 1, op.timers.now()));
    await op.press('enter');
    expect(op.text()).toContain('Recovery codes');
    expect(op.text().match(/\w{4}-\w{4}-\w{4}/g)).toHaveLength(10);
    await op.wait(READ);
    await op.press('enter');
    expect(op.header()).toContain('Home');
  });

  test('what was typed ahead of an unexpected step is thrown away', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await database.transaction((db) => db.updateTable('user_group').set({ needs_totp: 1 }).execute());
    const op = await startedApp({ database });
    await op.send(`alice\r${PASSWORD}\r123456\r`);
    expect(op.text()).toContain('Set up the second factor');
    expect(op.text()).not.toContain('123456');
  });

  test('a code that is typed ahead goes into the code', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, clock.now() - MINUTE);
    const op = await startedApp({ database });
    await op.send(`alice\r${PASSWORD}\r${await codeFor(database, 1, clock.now())}\r`);
    expect(op.header()).toContain('Home');
  });

  test('Esc begins again', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, clock.now() - MINUTE);
    const op = await entering(database, 'alice', PASSWORD);
    await op.press('escape');
    expect(op.text()).toContain('Sign in');
    expect(op.text()).not.toContain('Second factor');
  });

  test('a new database has its first administrator made', async () => {
    const op = await startedApp({ database: await databaseWith({}) });
    expect(op.text()).toContain('First administrator');
    await op.wait(READ);
    for (const text of ['root', 'Rita Root', 'seven rivers run', 'seven rivers run']) {
      await op.type(text);
      await op.press('enter');
    }
    expect(op.header()).toContain('root · administrator');
  });
});

describe('a lock', { timeout: 60_000 }, () => {
  test('asks for the code too, and counts wrong passwords', async () => {
    const database = await databaseWith({ alice: 'billing' });
    await enrol(database, 1, clock.now() - MINUTE);
    const op = await entering(database, 'alice', PASSWORD);
    await op.type(await codeFor(database, 1, clock.now()));
    await op.press('enter');
    op.shell.lock.lock();
    await op.settled();
    await op.type(PASSWORD);
    await op.press('enter');
    expect(op.text()).toContain('Enter the code');
    await op.type('000000');
    await op.press('enter');
    expect(op.text()).toContain('Password or code is not right.');
    await op.wait(MINUTE);
    await op.type(PASSWORD);
    await op.press('tab');
    await op.type(await codeFor(database, 1, op.timers.now()));
    await op.press('enter');
    expect(op.header()).toContain('Home');
    const audit = await database.db
      .selectFrom('audit_entry')
      .select(['operation', 'outcome'])
      .where('operation', 'in', ['session.lock', 'session.unlock'])
      .orderBy('seq')
      .execute();
    expect(audit.map((row) => `${row.operation} ${row.outcome}`)).toEqual([
      'session.lock done',
      'session.unlock refused',
      'session.unlock done',
    ]);
  });

  test('comes after five minutes for who may reveal sensitive numbers, at once after a sleep of the machine', async () => {
    const database = await databaseWith({ max: 'manager' });
    const op = await entering(database, 'max', PASSWORD);
    op.timers.sleep(5 * MINUTE);
    await op.type('x');
    expect(op.text()).toContain('Locked');
    expect(op.text()).not.toContain('*');
  });

  test('of who has no password is the end of the session', async () => {
    const database = await databaseWith({ alice: 'billing' });
    const op = await entering(database, 'alice', PASSWORD);
    await database.transaction((db) => db.updateTable('app_user').set({ password_hash: null }).execute());
    op.shell.lock.start(await op.shell.backend!.limits(op.shell.store.getState().actor!));
    await op.wait(15 * MINUTE);
    expect(op.text()).toContain('The session is over.');
  });
});

test('an administrator takes a lost second factor away', async () => {
  const database = await databaseWith({ alice: 'billing' });
  await enrol(database, 1, clock.now() - MINUTE);
  await runnerFor(database, { ...actor(), userId: 99 })(resetTotp, { username: 'alice' });
  const op = await entering(database, 'alice', PASSWORD);
  expect(op.header()).toContain('Home');
  expect(await database.db.selectFrom('secret_value').select('id').execute()).toEqual([]);
});
