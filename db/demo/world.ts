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

/** What makes a household worth showing. At most one each, so that every kind can be told apart. */
export const FEATURES = [
  'shutoffScheduled',
  'shutoff',
  'arrangement',
  'arrangementKept',
  'bankrupt',
  'private',
  'noChecks',
  'noPayments',
  'disallowed',
  'dunningHold',
  'taxExempt',
  'budget',
  'budgetAutopay',
  'nsf',
  'collections',
  'badDebt',
  'lien',
  'openOrder',
  'openOrders',
  'lifeSupport',
  'dog',
  'senior',
  'deposit',
  'depositLocation',
  'messageNote',
  'paymentNote',
  'graceNote',
  'longNote',
  'waiting',
  'unposted',
  'openCredit',
  'exchange',
  'rollover',
  'estimated',
  'leak',
  'pastDue',
  'deepPastDue',
  'oddName',
  'oddName2',
  'eBill',
  'manyResidents',
  'vacant',
  'reversed',
  'donor',
  'web',
] as const;

export type Feature = (typeof FEATURES)[number];

/** So many households pass before each feature has come once. */
export const FEATURE_LAP = 120;

/** The feature of the n-th household, spread over the lap as if by chance. */
export const featureOf = (household: number): Feature | null => FEATURES[(household * 37 + 11) % FEATURE_LAP] ?? null;
