import type { CommandContext } from '#services/operation.ts';
import { command } from '#services/operation.ts';
import { Trial } from '#services/trial.ts';
import { z } from 'zod';
import type { DeferredTerms } from '#domain/deferred.ts';
import { Books } from '#test/support/books.ts';
import { D2, deferredCode, fixed, ROUND } from '#test/support/deferred.ts';
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

/** Charges of every sort, which nobody takes part in at first. */
const DEFERRED: readonly Partial<DeferredTerms>[] = [
  D2,
  { ...ROUND, trigger: 'payment' },
  { ...fixed(70), trigger: 'payment', oncePerStatement: 0, useCompanyOrder: 0, services: ['SEW', 'WAT'] },
];

/** Opens a database with the few accounts that histories are about. */
export async function openTheatre(): Promise<Theatre> {
  const books = await Books.open();
  const { town } = books;
  const charges = await Promise.all(
    DEFERRED.map(async (said, sort) => {
      const value = deferredCode(`DEF${sort + 1}`, { signUp: 'opt_in', ...said }, sort);
      await town.add('code_value', value);
      return value.code!;
    }),
  );
  const customer = await town.customer('Rivera, Ana M');
  const stage: Stage = {
    accounts: [
      await town.account(customer, await town.location('118 Alder St')),
      await town.account(customer, await town.location('9 Oak Ave')),
      await town.household('Oak, Ann', '1 Elm St'),
    ],
    services: [await town.serviceType('WAT'), await town.serviceType('SEW', { payoff_rank: 2 })],
    charges,
  };
  for (const account of stage.accounts) for (const service of stage.services) await town.service(account, service);
  return {
    play: (steps) =>
      books.call(rehearse, async (ctx) => {
        const player = new LedgerPlayer(ctx, stage);
        await player.play(steps);
        return { ...player.played, problems: [...player.problems, ...(await ledgerProblems(ctx, stage))] };
      }) as Promise<Outcome>,
  };
}
