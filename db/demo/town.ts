import { naturalKey } from '#domain/sort-key.ts';
import type { Random } from './random.ts';
import type { Sink } from './sink.ts';
import { CLASSES, type ClassCode } from './tariff.ts';
import * as words from './vocabulary.ts';

const CENTRE = { latitude: 39.7817, longitude: -89.6501 };
/** Degrees between two house numbers, and between two streets. */
const HOUSE_STEP = 0.00006;
const STREET_STEP = 0.0011;

/** A billing cycle: bills go out on that day of each month whose number leaves `offset` after division. */
export interface BillingCycle {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly months: 1 | 2 | 3;
  readonly offset: number;
  readonly billDay: number;
  readonly dueDays: number;
}

const PERIODS = { 1: 'monthly', 2: 'bimonthly', 3: 'quarterly' } as const;

function cycle(id: number, months: 1 | 2 | 3, offset: number, billDay: number, what: string): BillingCycle {
  const code = String(id).padStart(2, '0');
  return { id, code, name: `${what}, day ${billDay}`, months, offset, billDay, dueDays: 21 };
}

/** A town bills everybody monthly; a big utility most homes by the quarter or every other month. */
export function cyclesFor(big: boolean): readonly BillingCycle[] {
  const monthly = [1, 8, 15, 22].map((day, i) => cycle(i + 1, 1, 0, day, 'Monthly'));
  if (!big) return monthly;
  const bimonthly = [0, 1].flatMap((offset) =>
    [5, 19].map((day, i) => cycle(11 + offset * 2 + i, 2, offset, day, 'Every other month')),
  );
  const quarterly = [0, 1, 2].flatMap((offset) =>
    [3, 12, 24].map((day, i) => cycle(21 + offset * 3 + i, 3, offset, day, 'Quarterly')),
  );
  return [...monthly, ...bimonthly, ...quarterly];
}

export const billPeriod = (c: BillingCycle): string => PERIODS[c.months];

/** A premise before it is known who owns it. */
export interface Place {
  readonly id: number;
  readonly number: string;
  readonly line1: string;
  readonly houseNumber: string;
  readonly street: string;
  readonly unit: string | null;
  readonly city: string;
  readonly zip: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly region: string | null;
  readonly crossStreet: string;
  readonly description: string | null;
  readonly revenueClass: ClassCode;
  readonly cycle: BillingCycle;
  readonly routeId: number;
  readonly routeSequence: number;
}

interface Street {
  readonly name: string;
  readonly number: number;
  readonly city: readonly [string, string];
  readonly region: string | null;
  houses: number;
  house: number;
}

const LETTERS = 'ABCDEFGHJKLM';

/** Lays out streets, houses and routes one after another. */
export class Town {
  readonly #random: Random;
  readonly #sink: Sink;
  readonly #cycles: readonly BillingCycle[];
  readonly #routeSize: number;
  #street: Street | null = null;
  #streets = 0;
  #places = 0;
  /** Units left to hand out in the building at hand. */
  #units: { houseNumber: string; left: number; next: number; of: number } | null = null;

  constructor(random: Random, sink: Sink, cycles: readonly BillingCycle[], customers: number) {
    this.#random = random;
    this.#sink = sink;
    this.#cycles = cycles;
    this.#routeSize = Math.min(800, Math.max(30, Math.ceil(customers / 14)));
  }

  get places(): number {
    return this.#places;
  }

  /** The next premise along the reading routes. */
  next(): Place {
    const random = this.#random;
    const id = ++this.#places;
    const unit = this.#nextUnit();
    const street = this.#street!;
    const revenueClass = unit.of > 1 ? 'RES' : this.#classOf(id);
    const routeId = 1 + Math.floor((id - 1) / this.#routeSize);
    const routeSequence = ((id - 1) % this.#routeSize) + 1;
    if (routeSequence === 1)
      this.#sink.add('route', routeId, String(100 + routeId), `${street.city[0]} ${street.name}`);
    const step = Number(unit.houseNumber) * HOUSE_STEP;
    const along = street.number % 2 === 0;
    const base = ((street.number * 37) % 61) - 30;
    return {
      id,
      number: `${100 + routeId}-${String(routeSequence * 10).padStart(4, '0')}`,
      line1: `${unit.houseNumber} ${street.name}${unit.name ? ` ${unit.name}` : ''}`,
      houseNumber: unit.houseNumber,
      street: street.name,
      unit: unit.name,
      city: street.city[0],
      zip: street.city[1],
      latitude: round6(CENTRE.latitude + base * STREET_STEP + (along ? step / 10 : step)),
      longitude: round6(CENTRE.longitude - base * STREET_STEP * 1.3 + (along ? step : step / 10)),
      region: street.region,
      crossStreet: `${words.STREET_NAMES[(street.number * 7 + Math.floor(Number(unit.houseNumber) / 100)) % words.STREET_NAMES.length]} ${random.pick(words.STREET_KINDS.slice(0, 3))}`,
      description: describe(random, unit, revenueClass),
      revenueClass,
      cycle: this.#cycleOf(revenueClass, routeId),
      routeId,
      routeSequence,
    };
  }

  #classOf(id: number): ClassCode {
    const slot = (id * 29) % 100;
    if (slot < 7) return 'COM';
    if (slot < 9) return 'NPO';
    return slot < 11 ? 'GOV' : 'RES';
  }

  #cycleOf(revenueClass: ClassCode, routeId: number): BillingCycle {
    const kind =
      this.#cycles.length === 4 || revenueClass !== 'RES' ? 1 : routeId % 20 < 2 ? 1 : routeId % 20 < 9 ? 2 : 3;
    const fitting = this.#cycles.filter((c) => c.months === kind);
    return fitting[routeId % fitting.length]!;
  }

  #nextStreet(): Street {
    const random = this.#random;
    const number = this.#streets++;
    const big = this.#cycles.length > 4;
    const name = words.STREET_NAMES[(number * 11) % words.STREET_NAMES.length]!;
    const lap = Math.floor(number / words.STREET_NAMES.length);
    const kind = words.STREET_KINDS[(lap + number) % words.STREET_KINDS.length]!;
    const ordinal = lap > 0 && number % 5 === 0 ? `${ordinalOf(1 + (lap % 90))} ${kind}` : `${name} ${kind}`;
    const direction = random.chance(0.3) ? `${random.pick(words.DIRECTIONS)} ` : '';
    const city = big
      ? words.CITIES[Math.floor(number / 97) % words.CITIES.length]!
      : words.CITIES[random.chance(0.9) ? 0 : 1]!;
    const region = random.chance(0.75) ? random.pick(words.REGIONS) : null;
    return {
      name: `${direction}${ordinal}`,
      number,
      city,
      region,
      houses: random.between(18, 70),
      house: random.between(1, 9) * 100,
    };
  }

  #nextUnit(): { houseNumber: string; name: string | null; of: number } {
    const random = this.#random;
    if (this.#units && this.#units.left > 0) {
      this.#units.left -= 1;
      const { houseNumber, next, of } = this.#units;
      this.#units.next += 1;
      return { houseNumber, name: of === 2 ? `Unit ${LETTERS[next]}` : `Apt ${next + 1}`, of };
    }
    if (!this.#street || this.#street.houses === 0) this.#street = this.#nextStreet();
    const street = this.#street;
    street.houses -= 1;
    street.house += random.between(2, 9);
    const houseNumber = String(street.house);
    if (!random.chance(0.06)) return { houseNumber, name: null, of: 1 };
    const of = random.pick([2, 2, 2, 4, 6, 12]);
    this.#units = { houseNumber, left: of, next: 0, of };
    return this.#nextUnit();
  }
}

const round6 = (n: number): number => Math.round(n * 1e6) / 1e6;

function ordinalOf(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13;
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`;
}

function describe(random: Random, unit: { name: string | null; of: number }, revenueClass: ClassCode): string | null {
  if (unit.of === 2) return unit.name === 'Unit A' ? 'Duplex, lower' : 'Duplex, upper';
  if (unit.of > 2) return `Apartment building, ${unit.of} units`;
  if (revenueClass !== 'RES') return random.pick(['Office', 'Store front', 'Warehouse', 'Hall', 'Yard and shop', null]);
  return random.chance(0.25)
    ? random.pick([
        'Meter behind garage',
        'White ranch house',
        'Corner lot',
        'Meter pit by drive',
        'Gate code at office',
      ])
    : null;
}

/** Writes a premise once its owner is known. */
export function writePlace(sink: Sink, place: Place, owner: { rental: boolean; ownerId: number | null }): void {
  const padded = String(place.id).padStart(6, '0');
  sink.add(
    'location',
    place.id,
    place.number,
    naturalKey(place.number),
    place.houseNumber,
    place.street,
    place.unit,
    place.line1,
    place.city,
    'IL',
    place.zip,
    place.latitude,
    place.longitude,
    CLASSES.find((c) => c.code === place.revenueClass)!.id,
    place.cycle.id,
    place.routeId,
    place.routeSequence,
    owner.rental ? 1 : 0,
    owner.ownerId,
    place.description,
    place.id % 9 === 0 ? null : `14-${padded.slice(0, 2)}.${padded.slice(2, 4)}-${padded.slice(3)}`,
    place.region,
    place.id % 3 === 0 ? `L${padded}` : null,
    place.crossStreet,
  );
}
