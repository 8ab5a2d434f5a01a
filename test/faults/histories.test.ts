import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openTheatre } from '#test/properties/histories.ts';
import { anyHistory } from '#test/properties/ledger-steps.ts';
import { server } from './office.ts';
import { record } from './record.ts';
import { seededRuns } from './seeded.ts';

/** Histories on one database, before it is made anew: what was rolled back still leaves pages behind. */
const ACT = 5_000;

describe.skipIf(server)('random histories of money', () => {
  test('books balance, nothing is open below zero, every day replays, whatever the order', async () => {
    const { numRuns, ...seed } = seededRuns(300, Number(process.env.METERDESK_FAULTS_HISTORIES ?? 100_000));
    let histories = 0;
    let steps = 0;
    const wrong: string[] = [];
    for (let from = 0; from < numRuns; from += ACT) {
      const theatre = await openTheatre();
      const start = 'seed' in seed ? { seed: seed.seed! + from } : {};
      await fc
        .assert(
          fc.asyncProperty(anyHistory(), async (history) => {
            const { done, problems } = await theatre.play(history);
            histories += 1;
            for (const count of done.values()) steps += count;
            expect(problems).toEqual([]);
          }),
          { ...start, numRuns: Math.min(ACT, numRuns - from) },
        )
        .catch((error: unknown) => void wrong.push(String(error)));
    }
    record('random histories of money: books that do not hold', wrong.length, `${histories} histories, ${steps} steps`);
    expect(wrong).toEqual([]);
  });
});
