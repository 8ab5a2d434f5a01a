import { z } from 'zod';
import { idList } from '#db/bulk-add.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { accountRefs } from '../ledger/account-ref.ts';
import { enterAll } from '../ledger/enter.ts';
import { openDayFrom } from '../ledger/periods.ts';
import { loadOptions } from '../options/operations.ts';
import type { AccountRef } from '../ledger/rows.ts';
import { command, query, type QueryContext } from '../operation.ts';
import { visible } from '../sight.ts';
import { assertChangeable } from '../subject.ts';
import { type CorrectionReceipt, entered } from './receipt.ts';
import { batchFor } from '../batches/find.ts';
import { entriesBy } from './entries.ts';
import { amount, id, memo } from './fields.ts';
import { promisedCredit, refundEntry, refundMethod } from './refund.ts';

/** An account that a refund run would pay. */
export interface RefundCandidate {
  readonly accountId: number;
  readonly customerId: number;
  readonly number: string;
  readonly customerName: string;
  readonly activity: 'current' | 'waiting' | 'final';
  readonly movedOutOn: CivilDate | null;
  readonly balanceCents: Cents;
  readonly creditCents: Cents;
}

/** Accounts of one run. */
const MOST = 2000;

/** What a run pays: open credit, less what is owed beside it and what was promised already. */
async function payable(ctx: QueryContext, accounts: readonly AccountRef[]): Promise<Map<number, Cents>> {
  const promised = await promisedCredit(ctx, accounts);
  const rows = await ctx.db
    .selectFrom('account_balance')
    .select(['account_id as accountId', 'balance_cents as balance'])
    .where('account_id', 'in', idList(ctx.db, [...promised.keys()]))
    .execute();
  return new Map(
    rows.map(({ accountId, balance }) => {
      const { openCents, waitingCents } = promised.get(accountId)!;
      return [accountId, Math.max(0, Math.min(openCents, -balance) - waitingCents)];
    }),
  );
}

export const refundCandidates = query({
  name: 'refund.candidates',
  summary: 'Accounts with open credit that a refund run would pay out',
  permission: 'payments.refund',
  input: z.object({
    leastCents: amount.optional().describe('that of the options, unless said otherwise'),
    finalOnly: z.boolean().default(true).describe('closed accounts only'),
  }),
  run: async (ctx, { leastCents, finalOnly }): Promise<RefundCandidate[]> => {
    const least = leastCents ?? (await loadOptions(ctx.db)).refundLeastCents;
    const rows = await ctx.db
      .selectFrom('account_balance as b')
      .innerJoin('account as a', 'a.id', 'b.account_id')
      .innerJoin('customer as c', 'c.id', 'a.customer_id')
      .select([
        'a.id as accountId',
        'a.customer_id as customerId',
        'a.number',
        'c.display_name as customerName',
        'a.activity',
        'a.moved_out_on as movedOutOn',
        'b.balance_cents as balanceCents',
      ])
      // A run pays nobody who owes: credit beside debts is applied first.
      .where('b.balance_cents', '<=', -least)
      .$if(finalOnly, (q) => q.where('a.activity', '=', 'final'))
      .where((eb) => visible(ctx.sight, { public: eb.ref('c.public'), group: eb.ref('c.customer_group') }))
      .orderBy('a.number')
      .limit(MOST)
      .execute();
    const credit = await payable(
      ctx,
      rows.map(({ accountId, customerId }) => ({ id: accountId, customerId })),
    );
    return rows
      .map((row) => ({ ...row, creditCents: credit.get(row.accountId) ?? 0 }))
      .filter(({ creditCents }) => creditCents >= least);
  },
});

export const runRefunds = command({
  name: 'refund.run',
  summary: 'Enter refunds of the open credit of many accounts, in one batch',
  permission: 'payments.refund',
  input: z.object({
    accountIds: z.array(id).min(1, 'Choose at least one account').max(MOST, `At most ${MOST} accounts`),
    method: refundMethod.default('check'),
    memo,
  }),
  run: async (ctx, { accountIds, ...facts }): Promise<CorrectionReceipt & { readonly batchId: number }> => {
    for (const accountId of accountIds) await assertChangeable(ctx, { accountId });
    const accounts = [...(await accountRefs(ctx.db, accountIds)).values()];
    const credit = await payable(ctx, accounts);
    const effectiveOn = await openDayFrom(ctx.db, ctx.today);
    const batchId = await batchFor(ctx, 'refunds');
    const paid = accounts.filter((account) => (credit.get(account.id) ?? 0) > 0);
    if (paid.length === 0) throw new Failure('refused', 'None of these accounts has open credit left.');
    const refunds = await enterAll(
      ctx,
      paid.map((account) => refundEntry(account, credit.get(account.id)!, { ...facts, effectiveOn, batchId })),
    );
    for (const [place, { id: refund, amountCents }] of refunds.entries()) {
      ctx.audit({
        entity: 'LedgerTransaction',
        entityId: refund,
        customerId: paid[place]!.customerId,
        changes: { refund: [null, formatCents(amountCents)] },
      });
    }
    return { ...entered(...refunds.map((refund) => refund.id)), batchId };
  },
});

/** Refund checks get their numbers from a counter, in the order of accounts, before their batch is posted. */
export const numberChecks = command({
  name: 'refund.numberChecks',
  summary: 'Give the refund checks of a batch their numbers',
  permission: 'batches.post',
  input: z.object({ batchId: id }),
  run: async (ctx, { batchId }): Promise<{ readonly checks: readonly string[] }> => {
    const waiting = (await entriesBy(ctx.db, 'batch_id', [batchId]))
      .filter(({ kind, status, method }) => kind === 'refund' && status === 'unposted' && method === 'check')
      .filter(({ reference }) => reference === null)
      .toSorted((a, b) =>
        a.accountNumber < b.accountNumber ? -1 : a.accountNumber > b.accountNumber ? 1 : a.id - b.id,
      );
    if (waiting.length === 0) throw new Failure('refused', 'No refund check of this batch waits for its number.');
    const checks: string[] = [];
    for (const refund of waiting) {
      const number = String(await ctx.nextNumber('refund_check'));
      checks.push(number);
      await ctx.db
        .updateTable('ledger_transaction')
        .set({ reference: number, version: refund.version + 1 })
        .where('id', '=', refund.id)
        .execute();
      ctx.audit({
        entity: 'LedgerTransaction',
        entityId: refund.id,
        customerId: refund.account.customerId,
        changes: { reference: [null, number] },
      });
    }
    return { checks };
  },
});
