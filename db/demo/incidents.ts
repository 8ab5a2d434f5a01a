import { UNPOSTED_DAYS } from './batches.ts';
import { Book } from './book.ts';
import { DemoDeferred } from './deferred.ts';
import { GL, type NewPayment, type Posted, receiptNumber } from './posting.ts';
import { paymentMethod } from './payer.ts';
import type { LateCharge } from './penalties.ts';
import type { Tenancy } from './tenancy.ts';
import type { World } from './world.ts';

const PENALTY_SHARE = 0.05;
/** What came due in these days waits for the next penalty run. */
const NOT_PENALISED_DAYS = 12;
const NSF_FEE = 2500;
/** Of so many payments by check one comes with cash for a part. */
const TWO_TENDERS = 23;

export type Event =
  | { day: number; kind: 'pay'; share: number; extra: number; method: string | null; returned: boolean }
  | { day: number; kind: 'penalty'; charge: Posted; memo: string }
  | { day: number; kind: 'nsf'; payment: Posted; method: string }
  | { day: number; kind: 'reverse'; payment: Posted };

/** How the money came: a check now and then with some cash beside it. */
function tendersOf(method: string, amount: number, receipt: number): NewPayment['tenders'] {
  const number = method === 'check' ? String(1000 + (receipt % 8999)) : null;
  const approval = method === 'card' ? `A${String(100_000 + ((receipt * 7919) % 899_999))}` : null;
  const first = { method, amount, reference: number ?? approval };
  if (method !== 'check' || receipt % TWO_TENDERS !== 0 || amount < 2000) return [first];
  return [
    { ...first, amount: amount - 1000 },
    { method: 'cash', amount: 1000, reference: null },
  ];
}

/** What happens to an account between its bills, in the order of days. */
export class Incidents {
  readonly #world: World;
  readonly #tenancy: Tenancy;
  readonly #book: Book;
  readonly #deferred: DemoDeferred;
  /** Late charges so far. */
  readonly late: LateCharge[] = [];
  #events: Event[] = [];
  #payments = 0;

  constructor(world: World, tenancy: Tenancy, book: Book) {
    this.#world = world;
    this.#tenancy = tenancy;
    this.#book = book;
    this.#deferred = new DemoDeferred(world, tenancy, book);
  }

  /** Puts something where it belongs among what is to come. */
  plan(event: Event): void {
    const at = this.#events.findIndex((other) => other.day > event.day);
    if (at < 0) this.#events.push(event);
    else this.#events.splice(at, 0, event);
  }

  /** Lets everything happen that is planned up to that day. */
  runUntil(day: number): void {
    while (this.#events.length > 0 && this.#events[0]!.day <= day) this.#happen(this.#events.shift()!);
  }

  #happen(event: Event): void {
    if (event.kind === 'pay') this.#pay(event);
    else if (event.kind === 'penalty') this.#penalise(event);
    else if (event.kind === 'nsf') this.#bounce(event);
    else this.#reverse(event);
  }

  #pay({ day, share, extra, method, returned }: Event & { kind: 'pay' }): void {
    const world = this.#world;
    const tenancy = this.#tenancy;
    const owed = this.#book.owed + Math.min(0, this.#book.unposted);
    if (owed <= 0) return;
    const part = share < 1 ? Math.max(500, Math.floor((owed * share) / 500) * 500) : owed;
    const amount = Math.min(part, owed) + (extra === 0 ? 0 : 1000 * extra - (owed % 1000));
    const how = method ?? paymentMethod(world.random, !tenancy.customer.noChecks || returned);
    const by = tenancy.payer === 'autopay' ? 'autopay' : how === 'cash' || how === 'check' ? 'carl' : how;
    const receipt = ++world.serials.receipt;
    const unposted = day > world.today - UNPOSTED_DAYS;
    const payments = this.#book.pay({
      day,
      receipt: receiptNumber(receipt),
      tenders: tendersOf(how, amount, receipt),
      by,
      unposted,
    });
    if (unposted) return;
    const followed = this.#deferred.follow(payments.at(-1)!, day, receiptNumber(receipt));
    if (day + 5 > world.today - UNPOSTED_DAYS) return;
    const mishap = this.#mishapOf(payments[0]!, { day, method: how, returned });
    // Nothing happens to what brought a charge about: it would have to be taken back too.
    if (mishap && !followed) this.plan(mishap);
  }

  /** What becomes of a payment now and then. */
  #mishapOf(
    payment: Posted,
    { day, method, returned }: { day: number; method: string; returned: boolean },
  ): Event | null {
    const { random } = this.#world;
    const mayBounce = method === 'check' || method === 'draft';
    if (returned || (mayBounce && random.chance(0.004))) return { day: day + 4, kind: 'nsf', payment, method };
    const reversed = this.#tenancy.feature === 'reversed' ? this.#payments++ % 14 === 2 : random.chance(0.0008);
    return reversed ? { day: day + 2, kind: 'reverse', payment } : null;
  }

  #penalise({ day, charge, memo }: Event & { kind: 'penalty' }): void {
    const open = Book.openOf(charge);
    if (open < 500 || day > this.#world.today - NOT_PENALISED_DAYS) return;
    const lines = charge.lines.map((line) => line.open);
    const penalty = this.#book.post({
      kind: 'penalty',
      day,
      dueDay: day + 15,
      by: 'billing',
      memo,
      lines: [
        {
          debitGl: GL.receivable,
          creditGl: GL.penalties,
          amount: Math.floor(open * PENALTY_SHARE + 0.5),
          code: 'late',
          effect: 1,
          description: 'Late charge 5 %',
        },
      ],
    });
    this.late.push({ day, bill: charge, penalty, open: lines });
  }

  #bounce({ day, payment, method }: Event & { kind: 'nsf' }): void {
    const amount = -payment.amount;
    const nsf = this.#book.post(
      {
        kind: 'nsf',
        day,
        dueDay: day,
        by: 'billing',
        method,
        reason: 'R01',
        memo: 'Insufficient funds',
        reversesId: payment.id,
        lines: [{ debitGl: GL.receivable, creditGl: GL.cash, amount, effect: 1, description: 'Returned payment' }],
      },
      false,
    );
    this.#book.bounce(payment.lines[0]!, nsf.lines[0]!, day);
    this.#book.post({
      kind: 'nsf_fee',
      day,
      dueDay: day + 10,
      by: 'billing',
      lines: [
        {
          debitGl: GL.receivable,
          creditGl: GL.returned,
          amount: NSF_FEE,
          effect: 1,
          code: 'nsf',
          description: 'Returned payment fee',
        },
      ],
    });
    this.plan({
      day: day + this.#world.random.between(4, 12),
      kind: 'pay',
      share: 1,
      extra: 0,
      method: 'cash',
      returned: false,
    });
  }

  #reverse({ day, payment }: Event & { kind: 'reverse' }): void {
    const reversal = this.#book.post(
      {
        kind: 'reversal',
        day,
        dueDay: day,
        by: 'max',
        reason: 'wrong-account',
        memo: 'Payment was meant for another account',
        reversesId: payment.id,
        lines: [
          {
            debitGl: GL.receivable,
            creditGl: GL.cash,
            amount: -payment.amount,
            effect: 1,
            description: 'Payment reversed',
          },
        ],
      },
      false,
    );
    this.#book.bounce(payment.lines[0]!, reversal.lines[0]!, day);
    this.plan({ day: day + 6, kind: 'pay', share: 1, extra: 0, method: 'online', returned: false });
  }
}
