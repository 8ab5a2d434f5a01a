import type { CommandContext } from '#services/operation.ts';
import { command } from '#services/operation.ts';
import { Trial } from '#services/trial.ts';
import { z } from 'zod';
import { Books } from '#test/support/books.ts';
import { LedgerPlayer, type Played, type Stage } from './ledger-model.ts';
import { ledgerProblems } from './ledger-proof.ts';
import type { Step } from './ledger-steps.ts';

/** What became of one history. */
export interface Outcome extends Played {
  /** What does not hold afterwards, in words. */
  readonly problems: readonly string[];
}

/** Plays any number of histories on one database: each in a transaction that is rolled back. */
export interface Theatre {
  readonly play: (steps: readonly Step[]) => Promise<Outcome>;
}

const rehearse = command({
  name: 'test.rehearse',
  summary: 'Work of a test that leaves nothing behind',
  permission: null,
  input: z.custom<(ctx: CommandContext) => Promise<unknown>>(),
  run: async (ctx, work) => {
    throw new Trial(await work(ctx));
  },
});

/** Opens a database with the few accounts that histories are about. */
export async function openTheatre(): Promise<Theatre> {
  const books = await Books.open();
  const { town } = books;
  const customer = await town.customer('Rivera, Ana M');
  const stage: Stage = {
    accounts: [
      await town.account(customer, await town.location('118 Alder St')),
      await town.account(customer, await town.location('9 Oak Ave')),
      await town.household('Oak, Ann', '1 Elm St'),
    ],
    services: [await town.serviceType('WAT'), await town.serviceType('SEW', { payoff_rank: 2 })],
  };
  return {
    play: (steps) =>
      books.call(rehearse, async (ctx) => {
        const player = new LedgerPlayer(ctx, stage);
        await player.play(steps);
        return { ...player.played, problems: await ledgerProblems(ctx, stage) };
      }) as Promise<Outcome>,
  };
}
