import type { Cents } from '#domain/money.ts';
import { inPayoffOrder, payOff } from '#domain/payoff.ts';
import { Failure } from '../failure.ts';
import { debtsOf, type OpenItem } from '../ledger/open-items.ts';
import type { LedgerSettings } from '../ledger/settings.ts';
import type { PaymentAccount } from './input.ts';

/** What part of a payment is meant for: a debt, or a service whatever it owes. */
export interface Target {
  readonly debitLineId: number | null;
  readonly serviceTypeId: number | null;
  readonly cents: Cents;
}

/** A refusal at the field of one account. */
const wrong = (at: number, field: string, message: string): Failure =>
  new Failure('invalid', message, { [`accounts.${at}.${field}`]: message });

/** What an operator chose by hand, as debts and services. @throws Failure `invalid` at the field */
export function targetsOf(
  account: PaymentAccount,
  at: number,
  { items, settings }: { readonly items: readonly OpenItem[]; readonly settings: LedgerSettings },
): Target[] {
  const debts = new Map(debtsOf(items).map((item) => [item.id, item]));
  const byDebit = account.debits.map(({ debitLineId, cents }, i): Target => {
    const debt = debts.get(debitLineId);
    if (!debt) throw wrong(at, `debits.${i}.debitLineId`, 'This charge is not open any more.');
    if (cents > debt.openCents) throw wrong(at, `debits.${i}.cents`, 'More than is open of this charge.');
    return { debitLineId, serviceTypeId: null, cents };
  });
  const byInvoice = account.invoices.flatMap(({ transactionId, cents }, i): Target[] => {
    const lines = [...debts.values()].filter((debt) => debt.transactionId === transactionId);
    if (lines.length === 0) throw wrong(at, `invoices.${i}.transactionId`, 'This invoice is not open any more.');
    const { paid, leftCents } = payOff(inPayoffOrder(lines, settings.payoffRule), cents);
    if (leftCents > 0) throw wrong(at, `invoices.${i}.cents`, 'More than is open of this invoice.');
    return paid.map(({ id, cents: part }) => ({ debitLineId: id, serviceTypeId: null, cents: part }));
  });
  const byService = account.services.map(({ serviceTypeId, cents }): Target => ({
    debitLineId: null,
    serviceTypeId,
    cents,
  }));
  return [...byDebit, ...byInvoice, ...byService];
}

/** Takes the next `cents` from targets, in order; what they do not cover is left over. */
export function takeTargets(targets: Target[], cents: Cents): { taken: Target[]; restCents: Cents } {
  const taken: Target[] = [];
  let rest = cents;
  while (rest > 0 && targets.length > 0) {
    const first = targets[0]!;
    const part = Math.min(rest, first.cents);
    taken.push({ ...first, cents: part });
    rest -= part;
    if (part === first.cents) targets.shift();
    else targets[0] = { ...first, cents: first.cents - part };
  }
  return { taken, restCents: rest };
}
