import type { Book } from './book.ts';
import { chargeCents } from '#domain/rate.ts';
import { GL, type NewLine, type Posted } from './posting.ts';
import { dateText } from './days.ts';
import type { Reading } from './metering.ts';
import { type Rate, rateOf, type ServiceCode, serviceOf } from './tariff.ts';
import type { Tenancy } from './tenancy.ts';
import type { World } from './world.ts';

const DAYS_A_MONTH = 30.44;
/** Sewer is charged by the water that was drawn. */
const WATER_UNIT = serviceOf('WAT').unit;
/** Of what electricity costs, in millionths. */
const ELECTRIC_TAX = 51_000;

const isTaxed = ({ serviceId }: NewLine): boolean => serviceId === serviceOf('ELE').id;

/** A share in millionths of an amount, rounded half up once. */
const shareOf = (cents: number, millionths: number): number => Math.floor((cents * millionths) / 1_000_000 + 0.5);

/** A bill that was posted. */
export interface Bill {
  readonly charge: Posted;
  readonly number: string;
  readonly day: number;
  readonly dueDay: number;
}

/** Turns an account's readings into bills: charges, budget differences, statements. */
export class Biller {
  readonly #world: World;
  readonly #tenancy: Tenancy;
  readonly #book: Book;
  readonly #rates: readonly Rate[];
  readonly #unbilled: Reading[] = [];
  #lastStatement = 0;

  constructor(world: World, tenancy: Tenancy, book: Book) {
    this.#world = world;
    this.#tenancy = tenancy;
    this.#book = book;
    this.#rates = tenancy.services.map((code) => rateOf(code, tenancy.place.revenueClass));
  }

  take(...readings: readonly Reading[]): void {
    this.#unbilled.push(...readings);
  }

  #usageOf(code: ServiceCode): number {
    const metered = code === 'SEW' ? 'WAT' : code;
    let usage = 0;
    for (const reading of this.#unbilled) if (reading.service.code === metered) usage += reading.usageMilli;
    return usage;
  }

  /** Bills what was read over so many days. */
  bill(day: number, days: number, leak: boolean): Bill {
    const world = this.#world;
    const tenancy = this.#tenancy;
    const { cycle } = tenancy.place;
    const whole = Math.abs(days - cycle.months * DAYS_A_MONTH) < 9;
    const months = whole ? cycle.months : Math.max(0.1, days / DAYS_A_MONTH);
    const lines = this.#lines(months);
    const statementId = ++world.serials.statement;
    const dueDay = day + cycle.dueDays;
    const number = `B${String(statementId).padStart(7, '0')}`;
    const previous = this.#lastStatement;
    const charge = this.#book.post({ kind: 'charge', day, dueDay, number, statementId, by: 'billing', lines });
    const adjusted = leak ? this.#leakCredit(charge, day) : 0;
    this.#trueUp(charge, day, dueDay, statementId);
    this.#writeStatement(statementId, number, day, dueDay, previous);
    this.#writeReads({ statementId, lines, adjusted, months });
    return { charge, number, day, dueDay };
  }

  /** One line a service with what it is for, and the tax on electricity, which the exempt do not pay. */
  #lines(months: number): (NewLine & { readonly serviceId: number })[] {
    const lines = this.#rates.map((rate): NewLine & { serviceId: number } => {
      const { service } = rate;
      const usage = this.#usageOf(service.code);
      const metered = rate.tiers.length > 0;
      return {
        serviceId: service.id,
        quantityMilli: metered ? usage : Math.round(months * 1000),
        unit: metered ? (service.unit ?? WATER_UNIT) : 'month',
        debitGl: GL.receivable,
        creditGl: service.revenueGl,
        amount: chargeCents(rate, usage, months),
        effect: 1,
      };
    });
    const baseAt = this.#tenancy.feature === 'taxExempt' ? -1 : lines.findIndex(isTaxed);
    const tax = baseAt < 0 ? 0 : shareOf(lines[baseAt]!.amount, ELECTRIC_TAX);
    if (tax === 0) return lines;
    const share = { baseAt, shareMillionths: ELECTRIC_TAX, code: 'tax', description: 'Utility tax' };
    const { serviceId } = lines[baseAt]!;
    return [...lines, { serviceId, ...share, debitGl: GL.receivable, creditGl: GL.taxes, amount: tax, effect: 1 }];
  }

  /** Writes readings that no bill has taken up yet. */
  close(): void {
    this.#writeReads(null);
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
    book.statement = { id, cents: book.balance };
    book.credited = 0;
    book.charged = 0;
  }

  #writeReads(
    bill: {
      statementId: number;
      lines: readonly { serviceId: number; amount: number }[];
      adjusted: number;
      months: number;
    } | null,
  ): void {
    const world = this.#world;
    const tenancy = this.#tenancy;
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
}
