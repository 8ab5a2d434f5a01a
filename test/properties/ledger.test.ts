import fc from 'fast-check';
import { expect, test } from 'vitest';
import { server } from '#test/support/address.ts';
import { openTheatre } from './histories.ts';
import { anyHistory } from './ledger-steps.ts';

test('whatever happens to accounts, in any order: the books balance, nothing is open below zero, every day replays', async () => {
  const theatre = await openTheatre();
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyHistory(), async (steps) => {
      const outcome = await theatre.play(steps);
      for (const [step, count] of outcome.done) done.set(step, (done.get(step) ?? 0) + count);
      expect(outcome.problems).toEqual([]);
    }),
    // A server is asked over a socket.
    { numRuns: server ? 40 : 200 },
  );
  // Histories are worth something only where nearly every sort of step happens.
  expect(done.size).toBeGreaterThan(server ? 10 : 15);
}, 120_000);
