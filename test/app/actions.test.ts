import { expect, test } from 'vitest';
import { z } from 'zod';
import { Actions } from '#app/shell/actions.ts';
import type { Call } from '#services/operation.ts';
import { command, query } from '#services/operation.ts';

const add = command({
  name: 'thing.add',
  summary: 'Add a thing',
  permission: null,
  input: z.null(),
  run: async () => null,
});
const list = query({ name: 'thing.list', summary: 'Things', permission: null, input: z.null(), run: async () => null });

/** A way in whose commands end when told. */
function slowCall() {
  const ends: { resolve: (value: never) => void; reject: (error: Error) => void }[] = [];
  const call: Call = () => new Promise((resolve, reject) => ends.push({ resolve: resolve as never, reject }));
  return { call, ends };
}

test('the last command is told while it is at work, and a while after', async () => {
  let now = 1000;
  const actions = new Actions(() => now);
  const { call, ends } = slowCall();
  const watched = actions.watched(call);
  const saving = watched(add, null);
  const action = { operation: 'thing.add', summary: 'Add a thing', startedAt: 1000 };
  now = 500_000;
  expect(actions.unseen(10)).toEqual({ ...action, outcome: 'at work' });
  ends[0]!.resolve(undefined as never);
  await saving;
  await actions.settled();
  expect(actions.unseen(10)).toEqual({ ...action, outcome: 'saved' });
  now += 10;
  expect(actions.unseen(10)).toBeNull();
});

test('what was refused was not saved, and whoever called is told so as ever', async () => {
  const actions = new Actions(() => 0);
  const { call, ends } = slowCall();
  const saving = actions.watched(call)(add, null);
  ends[0]!.reject(new Error('no'));
  await expect(saving).rejects.toThrow('no');
  await actions.settled();
  expect(actions.unseen(10)).toMatchObject({ outcome: 'not saved' });
});

test('reading is no action', () => {
  const actions = new Actions(() => 0);
  void actions.watched(slowCall().call)(list, null);
  expect(actions.unseen(10)).toBeNull();
});
