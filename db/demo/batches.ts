import { dateText, dayOfMonth, instantOf, monthIndex } from './days.ts';
import type { Schema } from '../schema.ts';
import type { Serials, Sink } from './sink.ts';

/** How money came that was paid in that way. */
export function channelOf(method: string): Schema['payment']['channel'] {
  if (method === 'online') return 'web';
  if (method === 'lockbox') return 'lockbox';
  return method === 'draft' ? 'draft' : 'counter';
}

interface DayBatch {
  readonly id: number;
  readonly day: number;
  cents: number;
  count: number;
}

/** The payments of each day in one batch, which was posted in the evening. */
export class PaymentBatches {
  readonly #serials: Serials;
  readonly #days = new Map<number, DayBatch>();

  constructor(serials: Serials) {
    this.#serials = serials;
  }

  /** Puts a payment into the day's batch; answers its identity. */
  take(day: number, cents: number): number {
    let batch = this.#days.get(day);
    if (!batch) this.#days.set(day, (batch = { id: ++this.#serials.batch, day, cents: 0, count: 0 }));
    batch.cents += cents;
    batch.count += 1;
    return batch.id;
  }

  write(sink: Sink): void {
    for (const { id, day, cents, count } of this.#days.values()) {
      const on = dateText(day);
      const number = `B${String(id).padStart(6, '0')}`;
      const entered = instantOf(day, 480);
      const posted = instantOf(day, 1080);
      const head = [id, number, 'payments', 'posted', `Payments of ${on}`, on] as const;
      sink.add('batch', ...head, cents, count, entered, 'carl', on, posted, 'max');
    }
  }
}

/** What a book needs of the utility that it is kept in. */
export interface BookWorld {
  readonly sink: Sink;
  readonly serials: Serials;
  readonly batches: PaymentBatches;
}

/** Months whose books are still open: this one and the one before. */
const OPEN_MONTHS = 2;

/** A period for each month told; all but the newest are closed. */
export function writePeriods(world: { sink: Sink; serials: Serials; start: number; today: number }): void {
  const { sink, serials, start, today } = world;
  const last = monthIndex(today);
  for (let month = monthIndex(start); month <= last; month += 1) {
    const first = dayOfMonth(month, 1);
    const after = dayOfMonth(month + 1, 1);
    const closed = last - month >= OPEN_MONTHS;
    const name = dateText(first).slice(0, 7);
    const state = closed ? (['closed', instantOf(after + 4, 1020), 'max'] as const) : (['open', null, null] as const);
    sink.add('accounting_period', ++serials.accounting_period, name, dateText(first), dateText(after - 1), ...state);
  }
}
