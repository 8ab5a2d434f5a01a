import { type Cents, formatCents, parseCents } from '#domain/money.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import type { PayableAccount } from '#services/payments/account.ts';
import { type AccountDraft, type Entry, type PaymentState, sourceFirst } from './model.ts';
import { isCash } from './methods.ts';

/** What the account would pay today: its balance less payments on their way. */
export const owedCents = ({ balanceCents, unpostedCents }: PayableAccount): Cents =>
  Math.max(0, balanceCents + Math.min(0, unpostedCents));

const centsOf = (text: string): Cents => Math.max(0, parseCents(text) ?? 0);

export const tenderedCents = ({ tenders }: Entry): Cents =>
  tenders.reduce((sum, { amount }) => sum + centsOf(amount.text), 0);

/** What is still owed behind the tenders before this one. */
export const restCents = (entry: Entry, before = entry.at): Cents =>
  Math.max(
    0,
    entry.accounts.reduce((sum, { facts }) => sum + owedCents(facts), 0) -
      entry.tenders.reduce((sum, { amount }, place) => sum + (place < before ? centsOf(amount.text) : 0), 0),
  );

/** Money to give back: cash handed over beyond its amount; null where nothing was typed. */
export function changeCents(entry: Entry): Cents | null {
  const given = entry.tenders.filter(({ given: typed, method }) => typed.text !== '' && isCash(entry, method));
  if (given.length === 0) return null;
  return given.reduce((sum, { given: typed, amount }) => sum + centsOf(typed.text) - centsOf(amount.text), 0);
}

export const isByHand = ({ mode }: Pick<Entry, 'mode'>): boolean => mode === 'manual' || mode === 'spec';

/** What was spread by hand so far. */
export const appliedCents = ({ accounts }: Entry): Cents =>
  accounts.reduce((sum, { charges }) => sum + [...charges.values()].reduce((one, text) => one + centsOf(text), 0), 0);

/** What is not spread by hand yet; below zero where it is more than is paid. */
export const remainingCents = ({ entry }: Pick<PaymentState, 'entry'>): Cents =>
  tenderedCents(entry) - appliedCents(entry);

function accountFacts({ facts, wanted, charges }: AccountDraft, { mode }: Entry): PaymentFacts['accounts'][number] {
  const chosen = [...charges].flatMap(([id, text]) => (centsOf(text) > 0 ? [{ id, cents: centsOf(text) }] : []));
  const cents = wanted === '' ? undefined : centsOf(wanted);
  return {
    accountId: facts.accountId,
    ...(cents === undefined ? {} : { cents }),
    debits: mode === 'manual' ? chosen.map(({ id, cents: part }) => ({ debitLineId: id, cents: part })) : [],
    invoices: mode === 'spec' ? chosen.map(({ id, cents: part }) => ({ transactionId: id, cents: part })) : [],
    services: [],
  };
}

/** The entry as the operations take it. */
export function factsOf({ entry, paidOn, channel, batchId }: PaymentState): PaymentFacts {
  return {
    accounts: sourceFirst(entry).map((account) => accountFacts(account, entry)),
    ...(entry.sourceId === null ? {} : { sourceAccountId: entry.sourceId }),
    tenders: entry.tenders.map(({ method, amount, reference }) => ({
      method,
      cents: centsOf(amount.text),
      reference: reference.text.trim() === '' ? null : reference.text.trim(),
    })),
    ...(paidOn === null ? {} : { paidOn }),
    mode: entry.mode,
    restToAccount: entry.restToAccount,
    channel,
    ...(batchId === null ? {} : { batchId }),
    memo: entry.memo.trim() === '' ? null : entry.memo.trim(),
  };
}

/** A proposed amount as it stands in the field; nothing where nothing is owed. */
export const proposal = (cents: Cents): string => (cents > 0 ? formatCents(cents) : '');
