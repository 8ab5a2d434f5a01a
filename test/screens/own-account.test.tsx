import { beforeAll, expect, test } from 'vitest';
import { qrLines } from '#app/sign-in/qr.ts';
import { signIn } from '#services/users/sign-in.ts';
import { clock } from '#test/support/database.ts';
import { databaseWith, PASSWORD } from '#test/support/people.ts';
import { codeFor } from '#test/support/second-factor.ts';
import { loadActor } from '#services/users/load-actor.ts';
import { signedInApp } from '#test/support/tty.tsx';

const TIMEOUT = { timeout: 60_000 };
// What is loaded when it is first used must not be waited for in a test.
beforeAll(async () => {
  await qrLines('');
  await import('#services/users/history.ts');
});

/** Longer than a question takes no answer. */
const READ = 400;

async function aliceAt() {
  const database = await databaseWith({ alice: 'billing' });
  const op = await signedInApp({ database, actor: await loadActor(database.db, 1, 'screen') });
  const palette = async (command: string) => {
    await op.press('f2');
    await op.type(`>${command}`);
    await op.press('enter');
  };
  return { database, op, palette };
}

test('the own password is changed from the palette, after the one in force', TIMEOUT, async () => {
  const { database, op, palette } = await aliceAt();
  await palette('change my password');
  expect(op.text()).not.toContain('Code');
  for (const text of ['wrong', 'seven rivers run uphill', 'seven rivers run uphill']) {
    await op.type(text);
    await op.press('tab');
  }
  expect(op.text()).not.toContain('rivers');
  await op.press('f9');
  expect(op.text()).toContain('! The password is not right.');
  expect(op.lines().find((line) => line.includes('Password in force'))).toMatch(/! Password in force/);
  await op.type(PASSWORD);
  await op.press('f9');
  expect(op.message()).toContain('Your password is changed.');
  const attempt = { username: 'alice', password: 'seven rivers run uphill' };
  expect((await signIn(database, attempt, clock.now(), 'call')).username).toBe('alice');
});

test('a second factor is set up and removed from the palette; own sign-ins are listed', TIMEOUT, async () => {
  const { database, op, palette } = await aliceAt();
  await palette('second factor');
  expect(op.text()).toContain('authenticator');
  await op.press('escape');
  await op.type(await codeFor(database, 1, op.timers.now()));
  await op.press('f9');
  // A second Enter that was on its way does not close what is shown only once.
  await op.press('enter');
  expect(op.text().match(/\w{4}-\w{4}-\w{4}/g)).toHaveLength(10);
  await op.wait(READ);
  await op.press('escape');
  expect(op.message()).toContain('sign-in asks for a code');
  await op.wait(60_000);
  await palette('second factor');
  await op.type(PASSWORD);
  await op.press('tab');
  await op.type(await codeFor(database, 1, op.timers.now()));
  await op.press('f9');
  expect(op.message()).toContain('The password alone lets you in.');
  await op.wait(READ);
  await palette('my sign-ins');
  expect(op.text()).toContain('Proved again');
});
