import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { formatCents, type Cents } from '#domain/money.ts';
import { type Part, partsOf, type Payable, shareOut } from '#domain/payoff.ts';
import { refusalOf } from '#domain/payment-methods.ts';
import { Failure } from '../failure.ts';
import { openItems, type OpenItem, openSum, debtsOf } from '../ledger/open-items.ts';
import { type LedgerSettings, ledgerSettings } from '../ledger/settings.ts';
import type { PaymentFacts } from './input.ts';
import { type PayingAccount, payingAccounts, paymentMethods } from './methods.ts';
import { assertPaymentDay } from './day.ts';
import { type Target, targetsOf } from './targets.ts';

/** A payment thought through: who gets how much from which tender, and what for. */
export interface PaymentPlan {
  readonly source: PayingAccount;
  readonly accounts: ReadonlyMap<number, PayingAccount>;
  readonly items: ReadonlyMap<number, OpenItem[]>;
  readonly settings: LedgerSettings;
  readonly totalCents: Cents;
  readonly shares: ReadonlyMap<number, Cents>;
  readonly parts: readonly Part[];
  /** By account, in the order chosen. */
  readonly targets: ReadonlyMap<number, Target[]>;
}

const invalid = (field: string, message: string): Failure => new Failure('invalid', message, { [field]: message });

/** Facts with the source account first. @throws Failure `invalid` */
function ordered(facts: PaymentFacts): PaymentFacts['accounts'] {
  const ids = facts.accounts.map(({ accountId }) => accountId);
  const twice = ids.findIndex((id, at) => ids.indexOf(id) < at);
  if (twice >= 0) throw invalid(`accounts.${twice}.accountId`, 'This account is in the payment already.');
  const source = facts.sourceAccountId ?? ids[0]!;
  if (!ids.includes(source)) throw invalid('sourceAccountId', 'The source must be one of the accounts.');
  return [
    ...facts.accounts.filter(({ accountId }) => accountId === source),
    ...facts.accounts.filter(({ accountId }) => accountId !== source),
  ];
}

async function checkMethods(db: Db, facts: PaymentFacts, accounts: Iterable<PayingAccount>): Promise<void> {
  const methods = await paymentMethods(db);
  const all = [...accounts];
  for (const [at, { method: code }] of facts.tenders.entries()) {
    const method = methods.find((one) => one.code === code);
    if (!method) throw invalid(`tenders.${at}.method`, 'There is no such payment method.');
    for (const { rules, number } of all) {
      const reason = refusalOf(method, rules);
      if (reason === null) continue;
      const message = `Account ${number}: ${reason}`;
      throw new Failure('refused', message, { [`tenders.${at}.method`]: reason });
    }
  }
}

/**
 * Thinks a payment through, changing nothing: the preview and the posting of it are the same.
 * @throws Failure `invalid` at the field, `refused` by what a customer's record says
 */
export async function planPayment(
  { db, today }: { readonly db: Db; readonly today: CivilDate },
  facts: PaymentFacts,
): Promise<PaymentPlan> {
  const list = ordered(facts);
  if (facts.paidOn !== undefined) await assertPaymentDay(db, facts.paidOn, today);
  const accounts = await payingAccounts(
    db,
    list.map(({ accountId }) => accountId),
  );
  const missing = facts.accounts.findIndex(({ accountId }) => !accounts.has(accountId));
  if (missing >= 0) throw new Failure('not_found', 'There is no such account.');
  await checkMethods(db, facts, accounts.values());
  const settings = await ledgerSettings(db);
  const items = await openItems(db, [...accounts.values()], settings.payoffClasses);
  const targets = new Map(
    list.map((account) => [
      account.accountId,
      targetsOf(account, facts.accounts.indexOf(account), { items: items.get(account.accountId)!, settings }),
    ]),
  );
  const totalCents = facts.tenders.reduce((sum, { cents }) => sum + cents, 0);
  const shares = shared(facts, { list, accounts, items, targets, totalCents });
  const parts = partsOf(
    shares,
    facts.tenders.map(({ cents }) => cents),
  );
  return {
    source: accounts.get(list[0]!.accountId)!,
    accounts,
    items,
    settings,
    totalCents,
    shares,
    parts,
    targets,
  };
}

interface Sharing extends Pick<PaymentPlan, 'accounts' | 'items' | 'targets' | 'totalCents'> {
  readonly list: PaymentFacts['accounts'];
}

const sumOf = (targets: readonly Target[]): Cents => targets.reduce((sum, { cents }) => sum + cents, 0);

function shared(facts: PaymentFacts, { list, accounts, items, targets, totalCents }: Sharing): Map<number, Cents> {
  const byHand = facts.mode === 'manual' || facts.mode === 'spec';
  const payables = list.map(({ accountId, cents }): Payable => {
    const chosen = sumOf(targets.get(accountId)!);
    return {
      accountId,
      owedCents: owed(accounts.get(accountId)!, items.get(accountId)!),
      wantedCents: cents ?? (byHand && list.length > 1 ? chosen : null),
    };
  });
  const { shares, overCents } = shareOut(payables, totalCents);
  if (overCents > 0) {
    throw invalid('tenders', `The accounts get ${formatCents(overCents)} more than is paid.`);
  }
  if (overCents < 0 && !byHand) {
    throw invalid('tenders', `The accounts get ${formatCents(-overCents)} less than is paid.`);
  }
  if (overCents < 0) shares.set(list[0]!.accountId, shares.get(list[0]!.accountId)! - overCents);
  if (byHand) assertSpread(facts, { list, targets, totalCents, shares });
  return shares;
}

/** What automatic mode gives an account: what is open, less what is on its way. */
const owed = ({ unpostedCents }: PayingAccount, items: readonly OpenItem[]): Cents =>
  Math.max(0, openSum(debtsOf(items)) + Math.min(0, unpostedCents));

/** Chosen by hand: everything is spread, or the rest is wanted as open credit (guide: §3.11 SPEC). */
function assertSpread(
  { restToAccount }: PaymentFacts,
  {
    list,
    targets,
    totalCents,
    shares,
  }: Pick<Sharing, 'list' | 'targets' | 'totalCents'> & { readonly shares: ReadonlyMap<number, Cents> },
): void {
  const applied = [...targets.values()].reduce((sum, chosen) => sum + sumOf(chosen), 0);
  if (applied > totalCents) {
    throw invalid('tenders', `Applied ${formatCents(applied)}, paid ${formatCents(totalCents)}.`);
  }
  if (applied < totalCents && !restToAccount) {
    const rest = formatCents(totalCents - applied);
    throw invalid(
      'restToAccount',
      `${rest} is not applied: ${formatCents(applied)} is not ${formatCents(totalCents)}. Apply it, or leave it as credit.`,
    );
  }
  for (const [at, { accountId }] of list.entries()) {
    if (sumOf(targets.get(accountId)!) > shares.get(accountId)!) {
      throw invalid(`accounts.${at}.cents`, 'More is applied to this account than it gets.');
    }
  }
}
