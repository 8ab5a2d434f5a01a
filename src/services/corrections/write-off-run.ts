import { z } from 'zod';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { openItems } from '../ledger/open-items.ts';
import { loadOptions } from '../options/operations.ts';
import { command, query } from '../operation.ts';
import { visible } from '../sight.ts';
import { assertChangeable } from '../subject.ts';
import { chosenCode } from './codes.ts';
import { type CorrectionReceipt, entered } from './receipt.ts';
import { amount, code, id, memo } from './fields.ts';
import { giveUp } from './write-off.ts';

/** A closed account whose debt could be written off. */
export interface WriteOffCandidate {
  readonly accountId: number;
  readonly number: string;
  readonly customerName: string;
  readonly movedOutOn: CivilDate | null;
  readonly balanceCents: Cents;
  readonly unpostedCents: Cents;
}

/** Accounts of one run. */
const MOST = 2000;

export const writeOffCandidates = query({
  name: 'writeOff.candidates',
  summary: 'Closed accounts whose debts could be written off, or small balances written down',
  permission: 'writeoffs.enter',
  input: z.object({
    closedDays: z
      .int()
      .min(0, 'Not below zero')
      .max(36_500, 'Too much')
      .default(120)
      .describe('closed for at least so long'),
    leastCents: amount.default(1),
    small: z.boolean().default(false).describe('balances up to the small balance of the options, whenever closed'),
  }),
  run: async (ctx, { closedDays, leastCents, small }): Promise<WriteOffCandidate[]> => {
    const { smallBalanceCents } = await loadOptions(ctx.db);
    return ctx.db
      .selectFrom('account_balance as b')
      .innerJoin('account as a', 'a.id', 'b.account_id')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .select([
        'a.id as accountId',
        'a.number',
        'c.display_name as customerName',
        'a.moved_out_on as movedOutOn',
        'b.balance_cents as balanceCents',
        'b.unposted_cents as unpostedCents',
      ])
      .where('a.activity', '=', 'final')
      .where('b.balance_cents', '>=', small ? 1 : leastCents)
      .$if(small, (q) => q.where('b.balance_cents', '<=', smallBalanceCents))
      .$if(!small, (q) => q.where('a.moved_out_on', '<=', addDays(ctx.today, -closedDays)))
      .where((eb) => visible(ctx.sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .orderBy('a.number')
      .limit(MOST)
      .execute();
  },
});

export const runWriteOffs = command({
  name: 'writeOff.run',
  summary: 'Write off what many closed accounts owe',
  permission: 'writeoffs.enter',
  input: z.object({
    accountIds: z.array(id).min(1, 'Choose at least one account').max(MOST, `At most ${MOST} accounts`),
    reason: code.describe('code of table write_off_reason'),
    memo,
  }),
  run: async (ctx, { accountIds, ...why }): Promise<CorrectionReceipt> => {
    await chosenCode(ctx.db, 'write_off_reason', why.reason);
    for (const accountId of accountIds) await assertChangeable(ctx, { accountId });
    const accounts = await accountRefs(ctx.db, accountIds);
    await assertFinal(ctx.db, accountIds);
    const items = await openItems(ctx.db, [...accounts.values()], []);
    const made: number[] = [];
    const quiet = { ...ctx, trial: false, approved: false, warn: () => {} };
    for (const [place, accountId] of accountIds.entries()) {
      made.push(
        await giveUp(quiet, accounts.get(accountId)!, items.get(accountId)!, why).catch(naming(ctx.db, accountId)),
      );
      ctx.progress('Writing off', place + 1, accountIds.length);
    }
    return entered(...made);
  },
});

/** Of many accounts, the one that is refused is named. */
const naming =
  (db: Parameters<typeof openItems>[0], accountId: number) =>
  async (error: unknown): Promise<never> => {
    if (!(error instanceof Failure)) throw error;
    const { number } = await db
      .selectFrom('account')
      .select('number')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    throw new Failure(error.code, `Account ${number}: ${error.message} Nothing was written off.`);
  };

/** @throws Failure `refused`, naming the account */
async function assertFinal(db: Parameters<typeof openItems>[0], accountIds: readonly number[]): Promise<void> {
  const open = await db
    .selectFrom('account')
    .select('number')
    .where('id', 'in', accountIds)
    .where('activity', '<>', 'final')
    .executeTakeFirst();
  if (open) throw new Failure('refused', `Account ${open.number} is not closed. Nothing was written off.`);
}
