import { transactionCells } from './book-rows.ts';
import { dateText, instantOf } from './days.ts';
import { type BookWorld, channelOf, type PaymentBatches } from './batches.ts';
import { GL, type NewPayment, type NewTransaction, openLine, type OpenLine, type Posted } from './posting.ts';
import type { Serials, Sink } from './sink.ts';

interface Entry {
  readonly lines: OpenLine[];
  readonly transactionId: number;
  readonly day: number;
  readonly dueDay: number | null;
}

type Watcher = (cents: number, day: number, credit: OpenLine) => void;

/**
 * The ledger of one account while its life is played: debits wait oldest first, credits
 * meet them, and everything is written at the end, when each line's open amount is final.
 */
export class Book {
  readonly #sink: Sink;
  readonly #serials: Serials;
  readonly #batches: PaymentBatches;
  readonly #accountId: number;
  readonly #customerId: number;
  readonly #entries: Entry[] = [];
  #debits: OpenLine[] = [];
  #credits: OpenLine[] = [];
  /** Allocations by credit line, to undo them when a payment bounces. */
  readonly #paidBy = new Map<number, { debit: OpenLine; amount: number }[]>();
  readonly #watchers = new Map<number, Watcher>();
  /** Posted balance and what is not posted yet, cents. */
  balance = 0;
  unposted = 0;
  /** The last one, and the balance that it told. */
  statement: { readonly id: number; readonly cents: number } | null = null;
  /** Everything that lowered the balance, and everything that raised it, since the last statement. */
  credited = 0;
  charged = 0;

  constructor(world: BookWorld, accountId: number, customerId: number) {
    this.#sink = world.sink;
    this.#serials = world.serials;
    this.#batches = world.batches;
    this.#accountId = accountId;
    this.#customerId = customerId;
  }

  /** Σ of what is still owed on posted debits. */
  get owed(): number {
    let sum = 0;
    for (const line of this.#debits) sum += line.open;
    return sum;
  }

  get openCredit(): number {
    let sum = 0;
    for (const line of this.#credits) sum += line.open;
    return sum;
  }

  /** Tells of every payment of a debit, and with a minus when one comes back. */
  watch(debitId: number, watcher: Watcher): void {
    this.#watchers.set(debitId, watcher);
  }

  /** Whether anything was ever posted. */
  get used(): boolean {
    return this.#entries.length > 0;
  }

  /** Posts a transaction; debits and credits meet unless `allocate` is false. */
  post(transaction: NewTransaction, allocate = true): Posted {
    const id = ++this.#serials.ledger_transaction;
    const { day, unposted = false } = transaction;
    const dueDay = transaction.dueDay ?? null;
    let amount = 0;
    const first = this.#serials.ledger_line + 1;
    const lines = transaction.lines.map((line): OpenLine => {
      amount += line.effect * line.amount;
      return openLine(++this.#serials.ledger_line, line, first);
    });
    this.#entries.push({ lines, transactionId: id, day, dueDay });
    this.#writeTransaction(id, transaction, amount, dueDay);
    if (unposted) this.unposted += amount;
    else this.#take(lines, amount, day, allocate);
    return { id, amount, lines };
  }

  /** Takes a payment of one receipt: a transaction for each of its tenders, the first one first. */
  pay({ day, receipt, tenders, by, unposted = false }: NewPayment): Posted[] {
    const paymentId = ++this.#serials.payment;
    const total = tenders.reduce((sum, { amount }) => sum + amount, 0);
    const batchId = this.#batches.take({ day, cents: total, by, unposted });
    this.#sink.add(
      'payment',
      paymentId,
      receipt,
      this.#accountId,
      this.#customerId,
      dateText(day),
      total,
      channelOf(tenders[0]!.method),
      'automatic',
      batchId,
      instantOf(day, 480 + (paymentId % 540)),
      by,
    );
    return tenders.map(({ method, amount, reference }) => {
      const tenderId = ++this.#serials.tender;
      this.#sink.add('tender', tenderId, paymentId, this.#customerId, method, amount, reference);
      return this.post({
        kind: 'payment',
        day,
        number: receipt,
        method,
        reference,
        by,
        unposted,
        paymentId,
        tenderId,
        batchId,
        lines: [{ debitGl: GL.cash, creditGl: GL.receivable, amount, effect: -1 }],
      });
    });
  }

  #take(lines: readonly OpenLine[], amount: number, day: number, allocate: boolean): void {
    this.balance += amount;
    if (amount < 0) this.credited -= amount;
    else this.charged += amount;
    for (const line of lines) {
      if (line.effect === 1) this.#debits.push(line);
      else if (line.effect === -1) this.#credits.push(line);
    }
    if (allocate) this.allocate(day);
  }

  /** Lets open credits pay open debits, both oldest first. */
  allocate(day: number): void {
    if (this.#credits.length === 0 || this.#debits.length === 0) return;
    let c = 0;
    let d = 0;
    while (c < this.#credits.length && d < this.#debits.length) {
      const credit = this.#credits[c]!;
      const debit = this.#debits[d]!;
      this.#meet(credit, debit, Math.min(credit.open, debit.open), day);
      if (credit.open === 0) c += 1;
      if (debit.open === 0) d += 1;
    }
    if (c > 0) this.#credits = this.#credits.slice(c);
    if (d > 0) this.#debits = this.#debits.slice(d);
  }

  #meet(credit: OpenLine, debit: OpenLine, amount: number, day: number): void {
    if (amount === 0) return;
    credit.open -= amount;
    debit.open -= amount;
    this.#watchers.get(debit.id)?.(amount, day, credit);
    const met = this.#paidBy.get(credit.id);
    if (met) met.push({ debit, amount });
    else this.#paidBy.set(credit.id, [{ debit, amount }]);
    this.#sink.add(
      'allocation',
      ++this.#serials.allocation,
      this.#customerId,
      credit.id,
      debit.id,
      amount,
      dateText(day),
    );
  }

  /** Takes back what a credit paid, by opposite allocations, and lets it meet `instead`, a debit of the same amount. */
  bounce(credit: OpenLine, instead: OpenLine, day: number): void {
    for (const { debit, amount } of this.#paidBy.get(credit.id) ?? []) {
      if (debit.open === 0) this.#debits.push(debit);
      credit.open += amount;
      debit.open += amount;
      this.#watchers.get(debit.id)?.(-amount, day, credit);
      this.#sink.add(
        'allocation',
        ++this.#serials.allocation,
        this.#customerId,
        credit.id,
        debit.id,
        -amount,
        dateText(day),
      );
    }
    this.#paidBy.delete(credit.id);
    this.#meet(credit, instead, credit.open, day);
    this.#credits = this.#credits.filter((line) => line.open > 0);
    this.#debits = this.#debits.filter((line) => line.open > 0).toSorted((a, b) => a.id - b.id);
  }

  /** What is open of the lines of a charge. */
  static openOf(posted: Posted): number {
    let sum = 0;
    for (const line of posted.lines) sum += line.open;
    return sum;
  }

  /** Writes the lines; nothing may be posted afterwards. */
  close(): void {
    for (const { lines, transactionId, day, dueDay } of this.#entries) {
      const on = dateText(day);
      const due = dueDay === null ? null : dateText(dueDay);
      for (const line of lines) {
        this.#sink.add(
          'ledger_line',
          line.id,
          transactionId,
          this.#customerId,
          this.#accountId,
          line.serviceId,
          line.description,
          line.code,
          line.quantityMilli,
          line.unit,
          line.baseLineId,
          line.shareMillionths,
          line.debitGl,
          line.creditGl,
          line.amount,
          line.effect,
          line.open,
          on,
          due,
        );
      }
    }
  }

  #writeTransaction(id: number, t: NewTransaction, amount: number, dueDay: number | null): void {
    const owner = { accountId: this.#accountId, customerId: this.#customerId };
    this.#sink.add('ledger_transaction', ...transactionCells(owner, id, t, { amount, dueDay }));
  }
}
