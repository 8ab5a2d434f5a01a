import { depositInterest, type HeldChange } from '#domain/deposit-interest.ts';
import { DEPOSIT_TERMS, depositState, type DepositSums } from '#domain/deposit.ts';
import { CODE_TABLES } from '../system-codes.ts';
import type { Book } from './book.ts';
import { dateText } from './days.ts';
import { GL, type NewLine, type OpenLine } from './posting.ts';

/** As it is printed. */
const depositNumber = (n: number): string => `D${String(n).padStart(7, '0')}`;

const termsOf = (code: string) => {
  const row = CODE_TABLES.deposit_code!.find(([one]) => one === code);
  return DEPOSIT_TERMS.parse(JSON.parse(row?.[3] ?? '{}'));
};

/** A new deposit. */
export interface NewDeposit {
  readonly id: number;
  readonly code: 'standard' | 'meter';
  readonly amount: number;
  readonly day: number;
}

/** A deposit of the demo from its charge to its end; it follows the book as the program's own do. */
export class DemoDeposit {
  readonly #book: Book;
  readonly #facts: NewDeposit;
  readonly #changes: HeldChange[] = [];
  #writtenOff = 0;
  #released = 0;
  #last: Pick<DepositSums, 'lastRelease' | 'lastReleaseOn'> = { lastRelease: null, lastReleaseOn: null };
  #interest = 0;
  #through: number | null = null;

  constructor(book: Book, facts: NewDeposit) {
    this.#book = book;
    this.#facts = facts;
    const { id, amount, day } = facts;
    const number = depositNumber(id);
    const charge = book.post({
      kind: 'deposit_charge',
      day,
      dueDay: day + 21,
      number,
      by: 'cleo',
      memo: 'Deposit',
      depositId: id,
      lines: [{ debitGl: GL.receivable, creditGl: GL.deposits, amount, effect: 1, description: `Deposit ${number}` }],
    });
    // What open credit paid at once was told to nobody.
    const [line] = charge.lines;
    if (line!.open < amount) this.#paid(amount - line!.open, day, null);
    book.watch(line!.id, (cents, on, credit) => this.#paid(cents, on, credit));
  }

  #paid(cents: number, day: number, credit: OpenLine | null): void {
    if (credit?.debitGl === GL.badDebt) this.#writtenOff += cents;
    else this.#changes.push({ on: dateText(day), cents });
  }

  get #collected(): number {
    return this.#changes.reduce((sum, { cents }) => sum + cents, 0);
  }

  get held(): number {
    return this.#collected - this.#released;
  }

  /** Interest up to a day, credited to the account; what is held earns it only once. */
  creditInterest(day: number): void {
    const through = this.#through === null ? null : dateText(this.#through);
    if (through !== null && through >= dateText(day)) return;
    const amount =
      this.#released > 0 ? 0 : depositInterest(termsOf(this.#facts.code), this.#changes, through, dateText(day));
    if (amount <= 0) return;
    this.#through = day;
    this.#interest += amount;
    this.#post(day, 'interest_credit', 'Interest on deposit', {
      debitGl: GL.interest,
      creditGl: GL.receivable,
      amount,
      effect: -1,
      description: 'Interest on deposit',
    });
  }

  /** A deposit pays what the final bill left open; the rest goes back to the customer. */
  giveBack(day: number): void {
    this.creditInterest(day);
    const held = this.held;
    const applied = Math.min(held, Math.max(0, this.#book.owed));
    if (applied > 0) {
      this.#release(applied, day, 'applied');
      this.#post(day, 'deposit_apply', 'Deposit applied to final bill', {
        debitGl: GL.deposits,
        creditGl: GL.receivable,
        amount: applied,
        effect: -1,
        description: 'Deposit applied',
      });
    }
    if (held <= applied) return;
    this.#release(held - applied, day, 'refunded');
    this.#post(day, 'deposit_refund', 'Rest of deposit refunded', {
      debitGl: GL.deposits,
      creditGl: GL.cash,
      amount: held - applied,
      effect: 0,
      description: 'Deposit refunded',
    });
  }

  #release(cents: number, day: number, how: 'applied' | 'refunded'): void {
    this.#released += cents;
    this.#last = { lastRelease: how, lastReleaseOn: dateText(day) };
  }

  #post(day: number, kind: 'interest_credit' | 'deposit_apply' | 'deposit_refund', memo: string, line: NewLine): void {
    const method = kind === 'deposit_refund' ? 'check' : null;
    this.#book.post({ kind, day, method, by: 'billing', memo, depositId: this.#facts.id, lines: [line] });
  }

  /** The row's cells from its code on. */
  cells(): readonly (string | number | null)[] {
    const { id, code, amount, day } = this.#facts;
    const chargedCents = amount - this.#writtenOff;
    const collectedCents = this.#collected;
    const sums = { chargedCents, collectedCents, releasedCents: this.#released, ...this.#last };
    const { status, heldCents, releasedOn } = depositState(sums);
    return [
      code,
      depositNumber(id),
      dateText(day),
      chargedCents,
      collectedCents,
      heldCents,
      status,
      this.#interest,
      this.#through === null ? null : dateText(this.#through),
      releasedOn,
    ];
  }

  get id(): number {
    return this.#facts.id;
  }
}
