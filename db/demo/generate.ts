import { addMonths, type CivilDate, toEpochDay } from '#domain/civil-date.ts';
import type { Database } from '../database.ts';
import { PaymentBatches, writePeriods } from './batches.ts';
import { PenaltyRuns } from './penalties.ts';
import { instantOf } from './days.ts';
import { Households } from './household.ts';
import { loadFast } from './load.ts';
import { People } from './people.ts';
import { Random } from './random.ts';
import { writeCompany, writeCounters, writeTariff } from './setup.ts';
import { newSerials, type Serials } from './sink.ts';
import { cyclesFor, Town } from './town.ts';
import type { World } from './world.ts';

/** From so many customers on, the utility bills and is loaded as a big one. */
const BIG = 50_000;

export interface DemoOptions {
  /** How many; exactly so many are made. */
  readonly customers?: number;
  readonly seed?: number;
  /** Months of history up to `today`. */
  readonly months?: number;
  readonly today: CivilDate;
  /** Hash of {@link DEMO_PASSWORD}; without one nobody can sign in. */
  readonly passwordHash?: string | null;
  /** Adds the sensitive numbers, when everything else is there; null: there are none. */
  readonly sensitive?: ((database: Database) => Promise<void>) | null;
  /** Told how far it is, 0 to 1, and what is being done. */
  readonly onProgress?: (fraction: number, what: string) => void;
  readonly signal?: AbortSignal;
}

/** How many rows of each kind were made. */
export interface DemoSummary {
  readonly customers: number;
  readonly locations: number;
  readonly accounts: number;
  readonly reads: number;
  readonly statements: number;
  readonly transactions: number;
  readonly lines: number;
  readonly seconds: number;
}

/** The database already has customers. */
export class NotEmptyError extends Error {
  constructor(name: string) {
    super(`${name} already has customers; a demo needs a database of its own`);
    this.name = 'NotEmptyError';
  }
}

/** How much of the time the rows take; the rest are indexes. */
const ROWS_SHARE = 0.85;

/**
 * Fills a migrated database that has no customers with a made-up utility. The same
 * options make the same rows, to the byte.
 * @throws NotEmptyError; the signal's reason when cancelled, leaving the database as it was
 */
export async function generateDemo(database: Database, options: DemoOptions): Promise<DemoSummary> {
  const { customers = 2000, seed = 1, months = 36, today, signal, onProgress = () => {} } = options;
  const began = performance.now();
  const some = await database.db.selectFrom('customer').select('id').limit(1).execute();
  if (some.length > 0) throw new NotEmptyError(database.name);
  const serials = newSerials();
  const big = customers >= BIG;
  const day = toEpochDay(today);
  const onIndex = (part: number, what: string): void => onProgress(ROWS_SHARE + part * (1 - ROWS_SHARE), what);
  await loadFast(database, onIndex, async (sink, db) => {
    const random = new Random(seed);
    const people = new People(random);
    const start = toEpochDay(addMonths(today, -months));
    const batches = new PaymentBatches({ serials, start, today: day });
    const penalties = new PenaltyRuns({ sink, serials, today: day });
    const world: World = {
      random,
      sink,
      serials,
      people,
      batches,
      penalties,
      today: day,
      start,
      big,
      decided: new Set(),
    };
    await writeCompany(db, { passwordHash: options.passwordHash ?? null, createdAt: instantOf(start, 480) });
    await populate(world, customers, { signal, onProgress });
    serials.customer = people.made;
    await writeCounters(db, serials);
  });
  await options.sensitive?.(database);
  return summary(serials, (performance.now() - began) / 1000);
}

async function populate(
  world: World,
  customers: number,
  { signal, onProgress }: { signal?: AbortSignal; onProgress: (fraction: number, what: string) => void },
): Promise<void> {
  const { sink, serials, people } = world;
  const cycles = cyclesFor(world.big);
  writeTariff(sink, cycles);
  const town = new Town(world.random, sink, cycles, customers);
  const households = new Households(world, town, customers);
  for (let n = 0; households.next(); n++) {
    if (n % 20 > 0) continue;
    await sink.breathe();
    signal?.throwIfAborted();
    onProgress((people.made / customers) * ROWS_SHARE, 'customers and their history');
  }
  households.finish();
  world.batches.write(sink);
  writePeriods(world);
  serials.location = town.places;
}

function summary(serials: Serials, seconds: number): DemoSummary {
  return {
    customers: serials.customer,
    locations: serials.location,
    accounts: serials.account,
    reads: serials.meter_read,
    statements: serials.statement,
    transactions: serials.ledger_transaction,
    lines: serials.ledger_line,
    seconds,
  };
}
