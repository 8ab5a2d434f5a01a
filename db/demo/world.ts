import type { PaymentBatches } from './batches.ts';
import type { PenaltyRuns } from './penalties.ts';
import type { People } from './people.ts';
import type { Random } from './random.ts';
import type { Serials, Sink } from './sink.ts';

/** What every part of a run shares. Days are days since 1970. */
export interface World {
  readonly random: Random;
  readonly sink: Sink;
  readonly serials: Serials;
  readonly batches: PaymentBatches;
  readonly penalties: PenaltyRuns;
  readonly people: People;
  /** Decisions about deferred charges that are written: charge and customer. */
  readonly decided: Set<string>;
  readonly today: number;
  /** First day of the history. */
  readonly start: number;
  /** Hundreds of thousands of customers: fewer services and longer periods, as big utilities have. */
  readonly big: boolean;
}
