import { dateText, dayOfMonth, instantOf, monthIndex } from './days.ts';
import type { Schema } from '../schema.ts';
import type { Serials, Sink } from './sink.ts';

/** How money came that was paid in that way. */
export function channelOf(method: string): Schema['payment']['channel'] {
  if (method === 'online') return 'web';
  if (method === 'lockbox') return 'lockbox';
  return method === 'draft' ? 'draft' : 'counter';
}

/** Days before today in which money is not posted yet. */
export const UNPOSTED_DAYS = 2;

interface DayBatch {
  readonly day: number;
  /** What it holds besides all payments of a day that is posted. */
  readonly open: OpenBatch | null;
  cents: number;
  count: number;
}

/** Who has a batch that is not posted, and what the batch is called. */
interface OpenBatch {
  readonly by: string;
  readonly what: string;
}

/** What the counter takes, and what comes without anybody standing there. */
const COUNTER: OpenBatch = { by: 'carl', what: 'Counter' };
const SENT: OpenBatch = { by: 'alice', what: 'Online, card, lockbox and autopay' };

/** A payment as its batch counts it. */
interface Taken {
  readonly day: number;
  readonly cents: number;
  readonly by: string;
  readonly unposted: boolean;
}

/**
 * The payments of each day in one batch, which was posted in the evening. The last days are not posted
 * yet: their counter and the rest wait in a batch each, balanced but for today's.
 */
export class PaymentBatches {
  readonly #serials: Serials;
  readonly #start: number;
  readonly #today: number;
  readonly #batches = new Map<number, DayBatch>();

  constructor({ serials, start, today }: { serials: Serials; start: number; today: number }) {
    this.#serials = serials;
    this.#start = start;
    this.#today = today;
  }

  /** Puts a payment into the batch that it belongs to; answers the batch's identity. */
  take({ day, cents, by, unposted }: Taken): number {
    const open = unposted ? (by === COUNTER.by ? COUNTER : SENT) : null;
    const id = this.#idOf(day, open);
    let batch = this.#batches.get(id);
    if (!batch) this.#batches.set(id, (batch = { day, open, cents: 0, count: 0 }));
    batch.cents += cents;
    batch.count += 1;
    this.#serials.batch = Math.max(this.#serials.batch, id);
    return id;
  }

  /** Batches are numbered in the order of days, though households come one after another. */
  #idOf(day: number, open: OpenBatch | null): number {
    const days = day - this.#start + 1;
    if (open === null) return days;
    const unpostedDays = day - (this.#today - UNPOSTED_DAYS);
    return days + unpostedDays - (open === COUNTER ? 1 : 0);
  }

  write(sink: Sink): void {
    for (const [id, { day, open, cents, count }] of this.#batches) {
      const on = dateText(day);
      const number = `B${String(id).padStart(6, '0')}`;
      const status = open === null ? 'posted' : day < this.#today ? 'balanced' : 'open';
      const what = open === null ? `Payments of ${on}` : `${open.what}, ${on}`;
      const posted = open === null ? [on, instantOf(day, 1080), 'max'] : [null, null, null];
      const entered = [instantOf(day, 480), open?.by ?? COUNTER.by] as const;
      sink.add('batch', id, number, 'payments', status, what, on, cents, count, ...entered, ...posted);
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
