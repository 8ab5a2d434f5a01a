import { Book } from './book.ts';
import { dateText, dayOfMonth, instantOf, monthIndex } from './days.ts';
import type { Posted } from './posting.ts';
import type { Serials, Sink } from './sink.ts';
import type { Tenancy } from './tenancy.ts';

/** A late charge, and the bill that it is on as it was then. */
export interface LateCharge {
  readonly day: number;
  readonly bill: Posted;
  readonly penalty: Posted;
  /** What was open of the bill's lines, in their order. */
  readonly open: readonly number[];
}

/**
 * The late charges of each month as one run. Only bills that are still open are told of: they are
 * those that a later run must know not to charge for again.
 */
export class PenaltyRuns {
  readonly #sink: Sink;
  readonly #serials: Serials;
  readonly #today: number;
  readonly #months = new Map<number, number>();

  constructor(world: { readonly sink: Sink; readonly serials: Serials; readonly today: number }) {
    this.#sink = world.sink;
    this.#serials = world.serials;
    this.#today = world.today;
  }

  /** Writes what a later run must know of an account's late charges. */
  write(tenancy: Tenancy, charges: readonly LateCharge[]): void {
    for (const charge of charges) if (Book.openOf(charge.bill) > 0) this.#candidate(tenancy, charge);
  }

  #candidate({ accountId, customer }: Tenancy, { day, bill, penalty, open }: LateCharge): void {
    const run = this.#run(day);
    const id = ++this.#serials.penalty_candidate;
    const base = open.reduce((sum, cents) => sum + cents, 0);
    this.#sink.add('penalty_candidate', id, run, accountId, customer.id, base, penalty.amount, 'charge', penalty.id);
    for (const [index, line] of bill.lines.entries()) {
      if (!open[index]) continue;
      this.#sink.add('penalty_item', ++this.#serials.penalty_item, id, customer.id, line.id, open[index]);
    }
  }

  /** The run of a month, which is posted on its last day. */
  #run(day: number): number {
    const month = monthIndex(day);
    const known = this.#months.get(month);
    if (known !== undefined) return known;
    const id = ++this.#serials.penalty_run;
    const last = Math.min(this.#today, dayOfMonth(month + 1, 1) - 1);
    const at = instantOf(last, 1000);
    const filters = JSON.stringify({ cycles: [], routes: [], classes: [] });
    const number = `P${String(id).padStart(6, '0')}`;
    this.#sink.add('penalty_run', id, number, 'late', dateText(last), filters, 'posted', at, 'alice', at, 'alice');
    this.#months.set(month, id);
    return id;
  }
}
