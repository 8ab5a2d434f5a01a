import type { TransactionKind } from '#db/entities/ledger.ts';
import { idList } from '#db/bulk-add.ts';
import { type Deferred, Deferring } from '../deferred/deferring.ts';
import { deferredFacts } from '../deferred/facts.ts';
import { writeDeferred } from '../deferred/write.ts';
import { AccountBook } from './account-book.ts';
import { allocate } from './allocate.ts';
import { AccountSums, moveToBalance } from './balances.ts';
import { followPostings } from './deposits.ts';
import { openItems } from './open-items.ts';
import { paidParts } from './paid-parts.ts';
import { assertOpenPeriod } from './periods.ts';
import { type Posting, readPostings } from './postings.ts';
import type { LedgerContext } from './rows.ts';
import { type LedgerSettings, ledgerSettings } from './settings.ts';

/** Credits that pay the debts of their account by themselves once what was planned is paid. */
const PAYS: ReadonlySet<TransactionKind> = new Set([
  'payment',
  'adjustment',
  'transfer_in',
  'deposit_apply',
  'interest_credit',
  'budget_trueup',
  'special_charge',
  'deferred_charge',
]);

/** Bills: open credit pays them when the company has it so (guide: domain §4.1). */
const BILLS: ReadonlySet<TransactionKind> = new Set(['charge', 'special_charge', 'deferred_charge']);

/** Moves of what is there already: their two sides never meet, they meet what they move. */
const MOVES: ReadonlySet<TransactionKind> = new Set(['transfer_out', 'transfer_in', 'credit_apply']);

/**
 * Posts transactions: they count in the balances, credits pay debts as was planned and then in the
 * payoff order, and from here on nothing of them changes. Payments are followed by the deferred
 * charges that they bring about. Set-based: some statements for any number.
 * @param ids unposted transactions, posted in the order of their ids
 * @returns the deferred charges
 * @throws Failure `refused` for a closed period, `conflict` when one is gone or posted already
 */
export async function post(ctx: LedgerContext, ids: readonly number[]): Promise<readonly Deferred[]> {
  if (ids.length === 0) return [];
  const postings = await readPostings(ctx, ids);
  await assertOpenPeriod(
    ctx.db,
    postings.map(({ effectiveOn }) => effectiveOn),
  );
  const list = idList(ctx.db, ids);
  await ctx.db
    .updateTable('ledger_transaction')
    .set({ status: 'posted', posted_on: ctx.today })
    .where('id', 'in', list)
    .execute();
  await ctx.db.deleteFrom('planned_allocation').where('transaction_id', 'in', list).execute();
  const sums = new AccountSums();
  for (const { accountId, amountCents } of postings) sums.add(accountId, amountCents);
  await moveToBalance(ctx, sums);
  const deferred = await settle(ctx, postings);
  await followPostings(ctx, ids);
  return deferred;
}

async function settle(ctx: LedgerContext, postings: readonly Posting[]): Promise<readonly Deferred[]> {
  const settings = await ledgerSettings(ctx.db);
  const accounts = new Map(postings.map(({ accountId: id, customerId }) => [id, { id, customerId }]));
  const items = await openItems(ctx.db, [...accounts.values()], settings.payoffClasses);
  const books = new Map([...items].map(([account, open]) => [account, new AccountBook(open, settings.payoffRule)]));
  const parts = paidParts(postings);
  const facts = await deferredFacts(ctx.db, [...parts.values()]);
  const deferring = facts && new Deferring(facts, { settings, newId: ctx.newId, now: ctx.now });
  for (const posting of postings) {
    const book = books.get(posting.accountId)!;
    settleOne(book, posting, settings);
    const part = parts.get(posting.id);
    if (part) deferring?.after(part, book);
  }
  const deferred = deferring?.made ?? [];
  await writeDeferred(ctx, deferred);
  await allocate(
    ctx,
    [...books.values()].flatMap(({ matches }) => matches),
  );
  return deferred;
}

function settleOne(book: AccountBook, { kind, mode, lines, planned }: Posting, settings: LedgerSettings): void {
  const credits = lines.filter(({ effect }) => effect < 0);
  const debits = lines.filter(({ effect }) => effect > 0);
  for (const { debitLineId, amountCents } of planned) {
    let left = amountCents;
    for (const credit of credits) left -= book.tie(credit.id, debitLineId, left);
  }
  if (!MOVES.has(kind)) {
    for (const credit of credits) for (const debit of debits) book.tie(credit.id, debit.id, book.open(debit.id));
  }
  // What somebody spread by hand stays as it was spread, the rest is open credit; money meant for a service pays that.
  // What was moved from a payment is spread anew where it went.
  const how = kind === 'payment' ? mode : null;
  const byHand = how === 'manual' || how === 'spec';
  if (PAYS.has(kind)) {
    const paying = credits.filter(({ serviceTypeId }) => !byHand || serviceTypeId !== null);
    for (const { id } of paying) book.pay(id, how === 'fifo' ? 'invoices' : 'payoff');
  }
  if (kind === 'refund' || (BILLS.has(kind) && settings.creditToBills)) book.useCredit(debits.map(({ id }) => id));
}
