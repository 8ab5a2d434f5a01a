import type { Cents } from '#domain/money.ts';
import { Failure } from '#services/failure.ts';
import { payableAccount } from '#services/payments/account.ts';
import { emptyField } from '#ui/field/model.ts';
import type { PaymentContext } from './context.ts';
import { proposal, restCents } from './facts.ts';
import { methodChoices } from './methods.ts';
import { type AccountDraft, datedAgain, type Entry, newEntry, withTender } from './model.ts';

const NOTHING_FOUND = { find: emptyField(), hits: [], hit: 0, picked: false, note: '' } as const;

/**
 * An account joins the payment: everything that must be seen before money is taken is read and
 * shown, and the amount is proposed: what the stub says, or what is owed.
 * @throws Failure `refused` when nothing may be taken from it
 */
export async function addAccount(ctx: PaymentContext, accountId: number, scanned?: Cents): Promise<void> {
  const { entry } = ctx.get();
  if (entry.accounts.some(({ facts }) => facts.accountId === accountId)) {
    ctx.set({ ...NOTHING_FOUND, focus: 'amount' });
    throw new Failure('refused', 'This account is in the payment already.');
  }
  const facts = await ctx.call(payableAccount, { accountId });
  const next = joined(entry, { facts, wanted: '', charges: new Map() }, scanned);
  const none = methodChoices(next).length === 0;
  if (facts.blocked !== null || none) {
    ctx.set({ ...NOTHING_FOUND, refused: facts, focus: 'find' });
    throw new Failure('refused', `${facts.number}: ${facts.blocked ?? 'no payment method is left that it accepts.'}`);
  }
  ctx.set({ ...NOTHING_FOUND, entry: next, refused: null, problem: '', focus: 'amount', said: '', row: 0 });
}

function joined(before: Entry, account: AccountDraft, scanned: Cents | undefined): Entry {
  const entry: Entry = {
    ...before,
    accounts: [...before.accounts, account],
    sourceId: before.sourceId ?? account.facts.accountId,
    at: before.tenders.length - 1,
    preview: null,
    previewOf: '',
  };
  return proposed(allowedMethods(entry), scanned);
}

/** A method that one of the accounts refuses gives way to the first that all of them accept. */
function allowedMethods(entry: Entry): Entry {
  const choices = methodChoices(entry);
  const allowed = (code: string) => choices.some((choice) => choice.code === code);
  return {
    ...entry,
    tenders: entry.tenders.map((tender) =>
      allowed(tender.method) ? tender : { ...tender, method: choices[0]?.code ?? tender.method },
    ),
  };
}

/** The amount of the tender in hand, as long as nobody typed one. */
export function proposed(entry: Entry, scanned?: Cents): Entry {
  const tender = entry.tenders[entry.at]!;
  if (!tender.proposed && tender.amount.text !== '') return entry;
  const text = proposal(scanned ?? restCents(entry));
  return withTender(entry, { amount: emptyField(text), proposed: text !== '' });
}

/** An account leaves the payment; the last one ends it. */
export function removeAccount(ctx: PaymentContext, accountId: number): void {
  const { entry, lastMethod } = ctx.get();
  const accounts = entry.accounts.filter(({ facts }) => facts.accountId !== accountId);
  if (accounts.length === 0)
    return ctx.set({ ...datedAgain(ctx.get()), entry: newEntry(lastMethod), focus: 'find', row: 0 });
  const sourceId = entry.sourceId === accountId ? accounts[0]!.facts.accountId : entry.sourceId;
  ctx.set({ entry: proposed({ ...entry, accounts, sourceId, preview: null, previewOf: '' }), row: 0 });
}

/** What is known of the accounts is read anew; what was typed stays. */
export async function refreshAccounts(ctx: PaymentContext): Promise<void> {
  for (const { facts } of ctx.get().entry.accounts) {
    const fresh = await ctx.call(payableAccount, { accountId: facts.accountId });
    const { entry } = ctx.get();
    const accounts = entry.accounts.map((one) =>
      one.facts.accountId === facts.accountId ? { ...one, facts: fresh } : one,
    );
    ctx.set({ entry: { ...entry, accounts } });
  }
}
