import { expect, test } from 'vitest';
import { SignIn } from '#app/sign-in/sign-in.ts';
import { actor } from '#test/support/database.ts';

test('what is typed behind Enter, before the database is open, is no part of the password', async () => {
  const tried: string[] = [];
  const signIn = new SignIn({ welcome: () => {}, forget: () => {}, now: () => 0 });
  const type = (text: string) => signIn.input({ type: 'paste', text });
  type('cleo');
  signIn.moveFocus(1);
  type('demo');
  await signIn.submit();
  type('wolff');
  await signIn.ready({
    signIn: async (username, password) => {
      tried.push(`${username} ${password}`);
      return { kind: 'done', actor: actor(), last: { at: null, origin: null, failures: 0 } };
    },
    trusted: async () => null,
    isNew: async () => false,
    addFirst: async () => ({ kind: 'again', words: '' }),
    unlock: async () => {},
    record: async () => {},
    callAs: () => async () => undefined as never,
    today: () => '2026-11-21',
    demoUsers: async () => [],
    limits: async () => ({ idleMinutes: 5, sessionHours: 12 }),
    presence: () => Promise.reject(new Error('nobody opens a record here')),
    changeCounter: async () => 0,
    warm: async () => {},
    close: async () => {},
  });
  expect(tried).toEqual(['cleo demo']);
});
