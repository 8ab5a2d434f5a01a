import { Book, GL, type Posted } from './book.ts';
import { dateText, dayOfMonth, monthIndex } from './days.ts';
import { type MeterPoint, type Reading } from './metering.ts';
import { intention, type Payer, paymentMethod, UNPAID_BILLS } from './payer.ts';
import type { Customer } from './people.ts';
import { chargeCents, type Rate, rateOf, type ServiceCode } from './tariff.ts';
import type { Place } from './town.ts';
import type { Feature, World } from './world.ts';

/** Days by which a payment may be late before a penalty; and days before today in which money is not posted yet. */
const PENALTY_DAYS = 5;
const UNPOSTED_DAYS = 2;
const PENALTY_SHARE = 0.05;
const NSF_FEE = 2500;
const MOVE_IN_FEE = 2000;
/** From the reading to the bill. */
const READ_BEFORE_BILL = 4;

/** A customer's time at a place. */
export interface Tenancy {
  readonly accountId: number;
  readonly customer: Customer;
  readonly place: Place;
  readonly services: readonly ServiceCode[];
  readonly movedInDay: number;
  readonly movedOutDay: number | null;
  readonly feature: Feature | null;
  readonly payer: Payer;
  readonly renter: boolean;
  /** Use in a mean month, thousandths of the unit, by metered service. */
  readonly monthly: Readonly<Record<'WAT' | 'ELE', number>>;
  /** Months of each bill paid as one level amount, cents; null: as billed. */
  readonly budgetCents: number | null;
}

/** What the rest of the generator wants to know of a life that was played. */
export interface Outcome {
  readonly book: Book;
  readonly depositHeld: number;
  readonly depositCharged: number;
  readonly depositDay: number | null;
  readonly writtenOff: number;
  readonly writtenOffDay: number | null;
  readonly lastBillDay: number | null;
}

type Event =
  | { day: number; kind: 'pay'; share: number; extra: number; method: string | null; returned: boolean }
  | { day: number; kind: 'penalty'; charge: Posted; memo: string }
  | { day: number; kind: 'nsf'; payment: Posted; method: string }
  | { day: number; kind: 'reverse'; payment: Posted };

/** Plays an account's life from bill to bill: reads, charges, payments and what goes wrong with them. */
export class Life {
  readonly #world: World;
  readonly #tenancy: Tenancy;
  readonly #points: readonly MeterPoint[];
  readonly #rates: readonly Rate[];
  readonly #book: Book;
  readonly #unbilled: Reading[] = [];
  #events: Event[] = [];
  #lastStatement = 0;
  #deposit: Posted | null = null;
  #depositDay: number | null = null;
  #depositApplied = 0;
  #writtenOff = 0;
  #writtenOffDay: number | null = null;
  #lastBillDay: number | null = null;
  #bills = 0;

  constructor(world: World, tenancy: Tenancy, points: readonly MeterPoint[]) {
    this.#world = world;
    this.#tenancy = tenancy;
    this.#points = points;
    this.#rates = tenancy.services.map((code) => rateOf(code, tenancy.place.revenueClass));
    this.#book = new Book(world.sink, world.serials, tenancy.accountId, tenancy.customer.id);
  }

  play(): Outcome {
    const { world, tenancy } = { world: this.#world, tenancy: this.#tenancy };
    const from = Math.max(tenancy.movedInDay, world.start);
    for (const point of this.#points) {
      if (tenancy.movedInDay > world.start) this.#unbilled.push(point.initial(from));
      else point.skipTo(from);
    }
    if (tenancy.movedInDay > world.start) this.#moveIn(tenancy.movedInDay);
    const billDays = this.#billDays(from);
    for (const day of billDays) this.#bill(day, day - READ_BEFORE_BILL, billDays);
    if (tenancy.movedOutDay !== null) this.#moveOut(tenancy.movedOutDay, billDays);
    this.#runUntil(world.today);
    if (tenancy.movedOutDay !== null) this.#settle(tenancy.movedOutDay);
    this.#writeReads(null);
    this.#book.close();
    return this.#outcome();
  }

  #outcome(): Outcome {
    const held = this.#deposit ? this.#deposit.amount - Book.openOf(this.#deposit) - this.#depositApplied : 0;
    return {
      book: this.#book,
      depositHeld: Math.max(0, held),
      depositCharged: this.#deposit?.amount ?? 0,
      depositDay: this.#depositDay,
      writtenOff: this.#writtenOff,
      writtenOffDay: this.#writtenOffDay,
      lastBillDay: this.#lastBillDay,
    };
  }

  /** Days of regular bills while the customer is here and the reading falls after the beginning. */
  #billDays(from: number): number[] {
    const { cycle } = this.#tenancy.place;
    const until = Math.min(this.#tenancy.movedOutDay ?? Infinity, this.#world.today);
    const days: number[] = [];
    for (let month = monthIndex(from); month <= monthIndex(this.#world.today); month++) {
      if (month % cycle.months !== cycle.offset) continue;
      const day = dayOfMonth(month, cycle.billDay);
      if (day - READ_BEFORE_BILL > from + 7 && day <= until) days.push(day);
    }
    return days;
  }

  #moveIn(day: number): void {
    const { feature, renter } = this.#tenancy;
    const random = this.#world.random;
    this.#book.post({
      kind: 'special_charge',
      day,
      dueDay: day + 21,
      by: 'cleo',
      memo: 'New service',
      lines: [{ debitGl: GL.receivable, creditGl: GL.other, amount: MOVE_IN_FEE, effect: 1, description: 'New service fee' }],
    });
    if (feature !== 'deposit' && !(renter && random.chance(0.5))) return;
    this.#deposit = this.#book.post({
      kind: 'deposit_charge',
      day,
      dueDay: day + 21,
      by: 'cleo',
      memo: 'Deposit',
      lines: [
        { debitGl: GL.receivable, creditGl: GL.deposits, amount: random.pick([7500, 10000, 12500]), effect: 1, description: 'Deposit' },
      ],
    });
    this.#depositDay = day;
    this.#plan({ day: day + random.between(0, 3), kind: 'pay', share: 1, extra: 0, method: 'card', returned: false });
  }

  #plan(event: Event): void {
    const at = this.#events.findIndex((other) => other.day > event.day);
    if (at < 0) this.#events.push(event);
    else this.#events.splice(at, 0, event);
  }

  /** Lets everything happen that is planned up to that day. */
  #runUntil(day: number): void {
    while (this.#events.length > 0 && this.#events[0]!.day <= day) this.#happen(this.#events.shift()!);
  }

  #happen(event: Event): void {
    if (event.kind === 'pay') this.#pay(event);
    else if (event.kind === 'penalty') this.#penalise(event);
    else if (event.kind === 'nsf') this.#bounce(event);
    else this.#reverse(event);
  }

  #pay({ day, share, extra, method, returned }: Event & { kind: 'pay' }): void {
    const { world, tenancy } = { world: this.#world, tenancy: this.#tenancy };
    const owed = this.#book.owed + Math.min(0, this.#book.unposted);
    if (owed <= 0) return;
    const part = share < 1 ? Math.max(500, Math.floor((owed * share) / 500) * 500) : owed;
    const amount = Math.min(part, owed) + (extra === 0 ? 0 : (1000 * extra - (owed % 1000)));
    const how = method ?? paymentMethod(world.random, !tenancy.customer.noChecks || returned);
    const by = tenancy.payer === 'autopay' ? 'autopay' : how === 'cash' || how === 'check' ? 'carl' : how;
    const receipt = ++world.serials.receipt;
    const unposted = day > world.today - UNPOSTED_DAYS;
    const payment = this.#book.post({
      kind: 'payment',
      day,
      number: `R${String(receipt).padStart(7, '0')}`,
      method: how,
      reference: how === 'check' ? String(1000 + (receipt % 8999)) : how === 'card' ? `A${String(100_000 + ((receipt * 7919) % 899_999))}` : null,
      by,
      unposted,
      lines: [{ debitGl: GL.cash, creditGl: GL.receivable, amount, effect: -1 }],
    });
    if (unposted || day + 5 > world.today - UNPOSTED_DAYS) return;
    const mayBounce = how === 'check' || how === 'draft';
    if (returned || (mayBounce && world.random.chance(0.004))) {
      this.#plan({ day: day + 4, kind: 'nsf', payment, method: how });
    } else if (tenancy.feature === 'reversed' ? this.#bills % 5 === 2 : world.random.chance(0.0008)) {
      this.#plan({ day: day + 2, kind: 'reverse', payment });
    }
  }

  #penalise({ day, charge, memo }: Event & { kind: 'penalty' }): void {
    const open = Book.openOf(charge);
    if (open < 500) return;
    this.#book.post({
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
          effect: 1,
          description: 'Late charge 5 %',
        },
      ],
    });
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
      lines: [{ debitGl: GL.receivable, creditGl: GL.other, amount: NSF_FEE, effect: 1, description: 'Returned payment fee' }],
    });
    this.#plan({ day: day + this.#world.random.between(4, 12), kind: 'pay', share: 1, extra: 0, method: 'cash', returned: false });
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
          { debitGl: GL.receivable, creditGl: GL.cash, amount: -payment.amount, effect: 1, description: 'Payment reversed' },
        ],
      },
      false,
    );
    this.#book.bounce(payment.lines[0]!, reversal.lines[0]!, day);
    this.#plan({ day: day + 6, kind: 'pay', share: 1, extra: 0, method: 'online', returned: false });
  }

  #bill(day: number, readDay: number, billDays: readonly number[], final = false): void {
    const { world, tenancy } = { world: this.#world, tenancy: this.#tenancy };
    this.#runUntil(day);
    const index = this.#bills++;
    const fromEnd = billDays.length - 1 - index;
    const leak = (tenancy.feature === 'leak' && fromEnd === 4) || world.random.chance(0.0012);
    const since = this.#points[0]!.readDay;
    for (const point of this.#points) {
      const monthly = tenancy.monthly[point.service.code as 'WAT' | 'ELE'];
      if (tenancy.feature === 'exchange' && fromEnd === 3 && point.service.code === 'WAT') {
        this.#unbilled.push(...point.exchange(readDay - 12, monthly));
      }
      const estimate = tenancy.feature === 'estimated' && (fromEnd === 0 || fromEnd === 5);
      this.#unbilled.push(...point.read(readDay, monthly, { final, estimate, leak: leak && point.service.code === 'WAT' }));
    }
    this.#charge(day, readDay - since, { final, leak, index, fromEnd, billDays });
  }

  #usageOf(code: ServiceCode): number {
    const metered = code === 'SEW' ? 'WAT' : code;
    let usage = 0;
    for (const reading of this.#unbilled) if (reading.service.code === metered) usage += reading.usageMilli;
    return usage;
  }

  #charge(
    day: number,
    days: number,
    bill: { final: boolean; leak: boolean; index: number; fromEnd: number; billDays: readonly number[] },
  ): void {
    const { world, tenancy } = { world: this.#world, tenancy: this.#tenancy };
    const { cycle } = tenancy.place;
    const whole = Math.abs(days - cycle.months * 30.44) < 9;
    const months = whole ? cycle.months : Math.max(0.1, days / 30.44);
    const lines = this.#rates.map((rate) => ({
      serviceId: rate.service.id,
      debitGl: GL.receivable,
      creditGl: rate.service.revenueGl,
      amount: chargeCents(rate, this.#usageOf(rate.service.code), months),
      effect: 1 as const,
    }));
    const statementId = ++world.serials.statement;
    const dueDay = day + cycle.dueDays;
    const number = `B${String(statementId).padStart(7, '0')}`;
    const previous = this.#lastStatement;
    const posted = this.#book.post({ kind: 'charge', day, dueDay, number, statementId, by: 'billing', lines });
    const adjusted = bill.leak ? this.#leakCredit(posted, day) : 0;
    this.#trueUp(posted, day, dueDay, statementId);
    this.#writeStatement(statementId, number, day, dueDay, previous);
    this.#writeReads({ statementId, lines, adjusted, months });
    this.#lastBillDay = day;
    this.#planPayment(posted, { day, dueDay, number, ...bill });
  }

  /** Half of what a leak cost is given back; returns the usage that this stands for, thousandths. */
  #leakCredit(charge: Posted, day: number): number {
    const water = charge.lines[0]!;
    const amount = Math.floor(water.amount / 2);
    if (amount === 0) return 0;
    this.#book.post({
      kind: 'adjustment',
      day,
      by: 'alice',
      reason: 'leak',
      memo: 'Leak adjustment, plumber’s receipt on file',
      lines: [
        {
          serviceId: water.serviceId,
          debitGl: GL.adjustments,
          creditGl: GL.receivable,
          amount,
          effect: -1,
          description: 'Leak adjustment',
        },
      ],
    });
    return -Math.round(this.#usageOf('WAT') / 20) * 10;
  }

  /** Brings a bill on budget billing to its level amount; the difference waits on a balance-sheet account. */
  #trueUp(charge: Posted, day: number, dueDay: number, statementId: number): void {
    const level = this.#tenancy.budgetCents;
    if (level === null) return;
    const difference = level - charge.amount;
    if (difference === 0) return;
    const up = difference > 0;
    this.#book.post({
      kind: 'budget_trueup',
      day,
      dueDay: up ? dueDay : null,
      statementId,
      by: 'billing',
      memo: 'Budget billing: difference to the level amount',
      lines: [
        {
          debitGl: up ? GL.receivable : GL.budget,
          creditGl: up ? GL.budget : GL.receivable,
          amount: Math.abs(difference),
          effect: up ? 1 : -1,
          description: 'Budget billing',
        },
      ],
    });
  }

  #writeStatement(id: number, number: string, day: number, dueDay: number, previous: number): void {
    const book = this.#book;
    const { accountId, customer } = this.#tenancy;
    this.#world.sink.add(
      'statement',
      id,
      number,
      customer.id,
      accountId,
      dateText(day),
      dateText(dueDay),
      previous,
      book.credited,
      book.charged,
      book.balance,
    );
    this.#lastStatement = book.balance;
    book.credited = 0;
    book.charged = 0;
  }

  #writeReads(
    bill: { statementId: number; lines: readonly { serviceId: number; amount: number }[]; adjusted: number; months: number } | null,
  ): void {
    const { world, tenancy } = { world: this.#world, tenancy: this.#tenancy };
    for (const [index, reading] of this.#unbilled.entries()) {
      const rate = rateOf(reading.service.code, tenancy.place.revenueClass);
      const last = !this.#unbilled.some((other, at) => at > index && other.service === reading.service);
      const billed = bill !== null && last;
      world.sink.add(
        'meter_read',
        ++world.serials.meter_read,
        tenancy.customer.id,
        tenancy.accountId,
        tenancy.place.id,
        reading.meterId,
        reading.service.id,
        rate.id,
        dateText(reading.day),
        reading.previousDay === null ? null : dateText(reading.previousDay),
        reading.kind,
        reading.registerMilli,
        reading.previousMilli,
        reading.usageMilli,
        reading.usageMilli,
        billed && reading.service.code === 'WAT' ? bill.adjusted : 0,
        billed ? Math.round(rate.minimumCents * bill.months) : 0,
        billed ? (bill.lines.find((line) => line.serviceId === reading.service.id)?.amount ?? 0) : 0,
        tenancy.budgetCents === null ? 0 : 1,
        bill?.statementId ?? null,
        reading.comment,
      );
    }
    this.#unbilled.length = 0;
  }

  #planPayment(
    charge: Posted,
    bill: { day: number; dueDay: number; number: string; index: number; fromEnd: number; final: boolean; billDays: readonly number[] },
  ): void {
    const { world, tenancy } = { world: this.#world, tenancy: this.#tenancy };
    const { day, dueDay, index, fromEnd, number } = bill;
    const { feature, customer, place } = tenancy;
    if (place.revenueClass !== 'GOV' && feature !== 'bankrupt' && feature !== 'graceNote') {
      this.#plan({ day: dueDay + PENALTY_DAYS + 1, kind: 'penalty', charge, memo: number });
    }
    if (bill.final && (feature === 'badDebt' || feature === 'collections')) return;
    const unpaidFrom = this.#unpaidFrom(bill.billDays);
    const plan = intention(world.random, tenancy.payer, { day, dueDay, index, unpaidFrom });
    if (!plan) return;
    const returned = (feature === 'nsf' || feature === 'noChecks') && fromEnd === 2;
    const method = tenancy.payer === 'autopay' && customer.autopay ? customer.autopay : returned ? 'check' : null;
    const early = feature === 'unposted' && fromEnd === 0;
    this.#plan({ ...plan, day: early ? Math.max(day, world.today - 1) : plan.day, kind: 'pay', method, returned });
  }

  /** The bill day from which this household pays nothing. */
  #unpaidFrom(billDays: readonly number[]): number {
    const count = (this.#tenancy.feature && UNPAID_BILLS[this.#tenancy.feature]) ?? 3;
    return billDays[Math.max(0, billDays.length - count)] ?? Infinity;
  }

  #moveOut(day: number, billDays: readonly number[]): void {
    const billDay = day + 3;
    if (day < this.#world.start || billDay > this.#world.today) return;
    this.#bill(billDay, day, billDays, true);
    const held = this.#deposit ? this.#deposit.amount - Book.openOf(this.#deposit) : 0;
    if (held <= 0) return;
    const applied = Math.min(held, Math.max(0, this.#book.owed));
    if (applied > 0) {
      this.#book.post({
        kind: 'deposit_apply',
        day: billDay,
        by: 'billing',
        memo: 'Deposit applied to final bill',
        lines: [{ debitGl: GL.deposits, creditGl: GL.receivable, amount: applied, effect: -1, description: 'Deposit applied' }],
      });
    }
    if (held > applied) {
      this.#book.post({
        kind: 'deposit_refund',
        day: billDay,
        by: 'billing',
        method: 'check',
        memo: 'Rest of deposit refunded',
        lines: [{ debitGl: GL.deposits, creditGl: GL.cash, amount: held - applied, effect: 0, description: 'Deposit refunded' }],
      });
    }
    this.#depositApplied = held;
  }

  /** What becomes of a closed account: a credit goes back, an old debt is written off. */
  #settle(movedOutDay: number): void {
    const today = this.#world.today;
    const book = this.#book;
    if (book.unposted !== 0) return;
    if (book.openCredit > 0 && movedOutDay + 45 <= today) {
      book.post({
        kind: 'refund',
        day: movedOutDay + 45,
        by: 'max',
        method: 'check',
        memo: 'Credit of a closed account refunded',
        lines: [{ debitGl: GL.receivable, creditGl: GL.cash, amount: book.openCredit, effect: 1, description: 'Refund' }],
      });
    }
    const writeOffDay = movedOutDay + 150;
    if (book.owed > 0 && writeOffDay <= today && this.#tenancy.feature !== 'collections') {
      this.#writtenOff = book.owed;
      this.#writtenOffDay = writeOffDay;
      book.post({
        kind: 'write_off',
        day: writeOffDay,
        by: 'max',
        reason: 'uncollectable',
        memo: 'Uncollectable after 150 days',
        lines: [{ debitGl: GL.badDebt, creditGl: GL.receivable, amount: book.owed, effect: -1, description: 'Bad debt' }],
      });
    }
  }
}

/** Average bill at the household's mean use, up to the next dollar: the level amount of budget billing. */
export function levelAmount(tenancy: Pick<Tenancy, 'place' | 'services' | 'monthly'>): number {
  const { months } = tenancy.place.cycle;
  let cents = 0;
  for (const code of tenancy.services) {
    const usage = code === 'ELE' ? tenancy.monthly.ELE : code === 'WAT' || code === 'SEW' ? tenancy.monthly.WAT : 0;
    cents += chargeCents(rateOf(code, tenancy.place.revenueClass), usage * months, months);
  }
  return Math.ceil(cents / 100) * 100;
}
