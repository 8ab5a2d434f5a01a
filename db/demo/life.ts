import { type Bill, Biller } from './billing.ts';
import { Book } from './book.ts';
import { GL, receiptNumber } from './posting.ts';
import { FINAL_BILL_DAYS, settle } from './closing.ts';
import { DemoDeposit } from './deposit.ts';
import { dayOfMonth, monthIndex } from './days.ts';
import { Incidents } from './incidents.ts';
import type { MeterPoint } from './metering.ts';
import { intention, UNPAID_BILLS } from './payer.ts';
import type { Tenancy } from './tenancy.ts';
import type { World } from './world.ts';

/** Days by which a payment may be late before a penalty. */
const PENALTY_DAYS = 5;
const MOVE_IN_FEE = 2000;
/** From the reading to the bill. */
const READ_BEFORE_BILL = 4;

/** What the rest of the generator wants to know of a life that was played. */
export interface Outcome {
  readonly book: Book;
  readonly deposit: DemoDeposit | null;
}

/** Plays an account's life from bill to bill: reads, charges, payments and what goes wrong with them. */
export class Life {
  readonly #world: World;
  readonly #tenancy: Tenancy;
  readonly #points: readonly MeterPoint[];
  readonly #book: Book;
  readonly #biller: Biller;
  readonly #incidents: Incidents;
  #deposit: DemoDeposit | null = null;
  #bills = 0;

  constructor(world: World, tenancy: Tenancy, points: readonly MeterPoint[]) {
    this.#world = world;
    this.#tenancy = tenancy;
    this.#points = points;
    this.#book = new Book(world, tenancy.accountId, tenancy.customer.id);
    this.#biller = new Biller(world, tenancy, this.#book);
    this.#incidents = new Incidents(world, tenancy, this.#book);
  }

  play(): Outcome {
    const { start, today } = this.#world;
    const { movedInDay, movedOutDay } = this.#tenancy;
    const from = Math.max(movedInDay, start);
    for (const point of this.#points) {
      if (movedInDay > start) this.#biller.take(point.initial(from));
      else point.skipTo(from);
    }
    if (movedInDay > start) this.#moveIn(movedInDay);
    const billDays = this.#billDays(from);
    for (const day of billDays) this.#bill(day, day - READ_BEFORE_BILL, billDays);
    if (movedOutDay !== null) this.#moveOut(movedOutDay, billDays);
    this.#incidents.runUntil(today);
    if (movedOutDay !== null) this.#settle(movedOutDay);
    this.#biller.close();
    this.#book.close();
    this.#world.penalties.write(this.#tenancy, this.#incidents.late);
    return {
      book: this.#book,
      deposit: this.#deposit,
    };
  }

  #settle(movedOutDay: number): void {
    const { serials, today } = this.#world;
    const { feature, accountId } = this.#tenancy;
    settle(this.#book, {
      movedOutDay,
      today,
      placed: feature === 'collections',
      comesBack: feature === null && accountId % 3 === 0,
      nextReceipt: () => receiptNumber(++serials.receipt),
    });
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
      lines: [
        {
          debitGl: GL.receivable,
          creditGl: GL.other,
          amount: MOVE_IN_FEE,
          effect: 1,
          code: 'service',
          description: 'New service fee',
        },
      ],
    });
    if (feature !== 'deposit' && !(renter && random.chance(0.5))) return;
    this.#deposit = new DemoDeposit(this.#book, {
      id: ++this.#world.serials.deposit,
      code: this.#tenancy.accountId % 5 === 0 ? 'meter' : 'standard',
      amount: random.pick([7500, 10000, 12500]),
      day,
    });
    this.#incidents.plan({
      day: day + random.between(0, 3),
      kind: 'pay',
      share: 1,
      extra: 0,
      method: 'card',
      returned: false,
    });
  }

  #bill(day: number, readDay: number, billDays: readonly number[], final = false): void {
    const { random } = this.#world;
    const { feature, monthly } = this.#tenancy;
    this.#incidents.runUntil(day);
    const index = this.#bills++;
    const fromEnd = billDays.length - 1 - index;
    const leak = (feature === 'leak' && fromEnd === 4) || random.chance(0.0012);
    const since = this.#points[0]!.readDay;
    for (const point of this.#points) {
      const code = point.service.code === 'ELE' ? 'ELE' : 'WAT';
      if (feature === 'exchange' && fromEnd === 3 && code === 'WAT') {
        this.#biller.take(...point.exchange(readDay - 12, monthly[code]));
      }
      const estimate = feature === 'estimated' && (fromEnd === 0 || fromEnd === 5);
      this.#biller.take(...point.read(readDay, monthly[code], { final, estimate, leak: leak && code === 'WAT' }));
    }
    if (!final && monthIndex(day) % 12 === 0) this.#deposit?.creditInterest(day);
    const bill = this.#biller.bill(day, readDay - since, leak);
    this.#planPayment({ ...bill, index, fromEnd, final, billDays });
  }

  #planPayment(bill: Bill & { index: number; fromEnd: number; final: boolean; billDays: readonly number[] }): void {
    const { random, today } = this.#world;
    const { feature, customer, place, payer } = this.#tenancy;
    const { charge, day, dueDay, index, fromEnd, number } = bill;
    if (place.revenueClass !== 'GOV' && feature !== 'bankrupt' && feature !== 'graceNote') {
      this.#incidents.plan({ day: dueDay + PENALTY_DAYS + 1, kind: 'penalty', charge, memo: number });
    }
    if (bill.final && (feature === 'badDebt' || feature === 'collections')) return;
    const plan = intention(random, payer, { day, dueDay, index, unpaidFrom: this.#unpaidFrom(bill.billDays) });
    if (!plan) return;
    const returned = (feature === 'nsf' || feature === 'noChecks') && fromEnd === 2;
    const method = payer === 'autopay' && customer.autopay ? customer.autopay : returned ? 'check' : null;
    const early = feature === 'unposted' && fromEnd === 0;
    this.#incidents.plan({ ...plan, day: early ? Math.max(day, today - 1) : plan.day, kind: 'pay', method, returned });
  }

  /** The bill day from which this household pays nothing. */
  #unpaidFrom(billDays: readonly number[]): number {
    const count = (this.#tenancy.feature && UNPAID_BILLS[this.#tenancy.feature]) ?? 3;
    return billDays[Math.max(0, billDays.length - count)] ?? Infinity;
  }

  #moveOut(day: number, billDays: readonly number[]): void {
    const billDay = day + FINAL_BILL_DAYS;
    if (day < this.#world.start || billDay > this.#world.today) return;
    this.#bill(billDay, day, billDays, true);
    if ((this.#deposit?.held ?? 0) > 0) this.#deposit!.giveBack(billDay);
  }
}
