import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { inInvoiceOrder, inPayoffOrder, type OpenDebt, type PayoffRule } from '#domain/payoff.ts';
import type { Match } from './allocate.ts';
import { creditsOf, debtsOf, fits, inCreditOrder, type OpenItem } from './open-items.ts';

type Moving = { -readonly [K in keyof OpenItem]: OpenItem[K] };

/** What is open on one account while credits and debts meet; gathers the allocations to be written. */
export class AccountBook {
  readonly #items: Map<number, Moving>;
  readonly #rule: PayoffRule;
  readonly matches: Match[] = [];

  constructor(items: readonly OpenItem[], rule: PayoffRule) {
    this.#items = new Map(items.map((item) => [item.id, { ...item }]));
    this.#rule = rule;
  }

  /** What is left of a line. */
  open(id: number): Cents {
    return this.#items.get(id)?.openCents ?? 0;
  }

  /** Something new that is open, from here on. */
  add(item: OpenItem): void {
    this.#items.set(item.id, { ...item });
  }

  /** What is open of debts; with a day only of those that took effect by then. */
  owed(until?: CivilDate): Cents {
    return debtsOf(this.#list())
      .filter(({ effectiveOn }) => until === undefined || effectiveOn <= until)
      .reduce((sum, { openCents }) => sum + openCents, 0);
  }

  /** What these credits have paid here of debts that took effect by a day. */
  paidBy(creditIds: ReadonlySet<number>, until: CivilDate): Cents {
    return this.matches
      .filter(({ credit, debit }) => creditIds.has(credit.id) && debit.effectiveOn <= until)
      .reduce((sum, { cents }) => sum + cents, 0);
  }

  /** Ties two lines by as much as is open of both, at most `cents`; answers how much. */
  tie(creditId: number, debitId: number, cents: Cents): Cents {
    const [credit, debit] = [this.#items.get(creditId), this.#items.get(debitId)];
    if (!credit || !debit || credit.effect !== -1 || debit.effect !== 1) return 0;
    const part = Math.min(cents, credit.openCents, debit.openCents);
    if (part <= 0) return 0;
    credit.openCents -= part;
    debit.openCents -= part;
    this.matches.push({ credit, debit, cents: part });
    return part;
  }

  #list(): Moving[] {
    return [...this.#items.values()].filter(({ openCents }) => openCents > 0);
  }

  /** A credit pays what it may, in the order of the company or of the invoices. */
  pay(creditId: number, order: 'payoff' | 'invoices' = 'payoff'): void {
    const credit = this.#items.get(creditId);
    if (!credit) return;
    const debts = debtsOf(this.#list()).filter((debt) => fits(credit, debt));
    const ordered: OpenDebt[] = order === 'invoices' ? inInvoiceOrder(debts) : inPayoffOrder(debts, this.#rule);
    for (const debt of ordered) this.tie(creditId, debt.id, credit.openCents);
  }

  /** New debts are paid from the account's open credit: OC, then SOC, the debts in payoff order. */
  useCredit(debitIds: readonly number[]): void {
    const mine = new Set(debitIds);
    const credits = inCreditOrder(creditsOf(this.#list()));
    for (const credit of credits) {
      const debts = debtsOf(this.#list()).filter((debt) => mine.has(debt.id) && fits(credit, debt));
      for (const debt of inPayoffOrder(debts, this.#rule)) this.tie(credit.id, debt.id, debt.openCents);
    }
  }
}
