import { dateText, monthIndex } from './days.ts';
import type { Random } from './random.ts';
import type { Place } from './town.ts';
import type { Serials, Sink } from './sink.ts';
import { type ServiceDefinition, serviceOf } from './tariff.ts';

const DAYS_A_MONTH = 30.44;
/** Use by calendar month against the year's mean: gardens in summer; cooling and heating. */
const SEASONS = {
  WAT: [0.84, 0.85, 0.88, 0.95, 1.06, 1.24, 1.38, 1.36, 1.14, 0.98, 0.87, 0.84],
  ELE: [1.14, 1.05, 0.9, 0.79, 0.84, 1.13, 1.38, 1.34, 1.02, 0.83, 0.9, 1.09],
} as const;
const MAKES = { WAT: ['Sensus', 'Neptune', 'Badger', 'Kamstrup'], ELE: ['Itron', 'Landis+Gyr', 'Elster'] } as const;

export type MeteredCode = 'WAT' | 'ELE';

/** A reading that the next bill takes up. */
export interface Reading {
  readonly meterId: number;
  readonly service: ServiceDefinition;
  readonly day: number;
  readonly previousDay: number | null;
  readonly kind: 'initial' | 'regular' | 'estimated' | 'final' | 'failure';
  readonly registerMilli: number | null;
  readonly previousMilli: number | null;
  readonly usageMilli: number;
  readonly comment: string | null;
}

interface Device {
  readonly id: number;
  readonly dials: number;
  readonly installedDay: number;
  readonly installMilli: number;
  readonly transmitter: string | null;
  /** Where the register truly stands, and what was last written down. */
  trueMilli: number;
  readMilli: number;
}

/** A place for a meter: one device after another, one register that only time moves. */
export class MeterPoint {
  readonly service: ServiceDefinition;
  readonly #code: MeteredCode;
  readonly #random: Random;
  readonly #sink: Sink;
  readonly #serials: Serials;
  readonly #place: Place;
  #device: Device;
  #readDay: number;
  #estimates = 0;

  constructor(
    world: { random: Random; sink: Sink; serials: Serials },
    place: Place,
    code: MeteredCode,
    { installedDay, startDay, rollsOver }: { installedDay: number; startDay: number; rollsOver: boolean },
  ) {
    this.service = serviceOf(code);
    this.#code = code;
    this.#random = world.random;
    this.#sink = world.sink;
    this.#serials = world.serials;
    this.#place = place;
    const dials = code === 'ELE' ? 5 : rollsOver ? 4 : 6;
    const capacity = 10 ** dials * 1000;
    const now = rollsOver
      ? capacity - this.#step() * this.#random.between(200, 900)
      : this.#round(this.#random.next() * capacity * 0.7);
    this.#device = this.#install(installedDay, dials, 0, now);
    this.#readDay = startDay;
  }

  get readDay(): number {
    return this.#readDay;
  }

  #step(): number {
    return this.#code === 'WAT' ? 10 : 1000;
  }

  #round(milli: number): number {
    return Math.round(milli / this.#step()) * this.#step();
  }

  #install(day: number, dials: number, installMilli: number, nowMilli: number): Device {
    const id = ++this.#serials.meter;
    const random = this.#random;
    const big = this.#place.revenueClass !== 'RES';
    this.#sink.add(
      'meter',
      id,
      `${this.#code[0]}${String(30_000_000 + id * 7)}`,
      random.pick(MAKES[this.#code]),
      this.#code === 'WAT' ? (big ? '2"' : '5/8"') : big ? 'CL320' : 'CL200',
      dials,
      1000,
      this.service.unit,
    );
    const transmitter = random.chance(0.7) ? String(80_000_000 + id * 13) : null;
    return { id, dials, installedDay: day, installMilli, transmitter, trueMilli: nowMilli, readMilli: nowMilli };
  }

  /** Nobody was here until that day, or who was is not told: the register stays, the clock moves on. */
  skipTo(day: number): void {
    this.#readDay = Math.max(this.#readDay, day);
  }

  #consume(to: number, monthly: number): number {
    const middle = monthIndex(Math.floor((this.#readDay + to) / 2)) % 12;
    const months = Math.max(0, to - this.#readDay) / DAYS_A_MONTH;
    return this.#round(monthly * months * SEASONS[this.#code][middle]! * this.#random.spread(0.12));
  }

  /** Opens an account's first period. */
  initial(day: number): Reading {
    this.#readDay = day;
    return { ...this.#facts(day, 'initial', 0, null, null), previousDay: null, previousMilli: null };
  }

  #facts(day: number, kind: Reading['kind'], usageMilli: number, previousMilli: number | null, comment: string | null) {
    return {
      meterId: this.#device.id,
      service: this.service,
      day,
      previousDay: this.#readDay,
      kind,
      registerMilli: this.#device.readMilli,
      previousMilli,
      usageMilli,
      comment,
    };
  }

  /** Reads the register; `monthly` is what the household uses in a mean month, thousandths. */
  read(day: number, monthly: number, options: { final?: boolean; estimate?: boolean; leak?: boolean } = {}): Reading[] {
    const device = this.#device;
    const capacity = 10 ** device.dials * 1000;
    const used = this.#consume(day, monthly) * (options.leak ? 4 : 1);
    device.trueMilli = (device.trueMilli + used) % capacity;
    const previous = device.readMilli;
    const truth = (device.trueMilli - previous + capacity) % capacity;
    const random = this.#random;
    const estimate =
      !options.final && this.#estimates < 2 && (options.estimate || (!options.leak && random.chance(0.02)));
    const usage = estimate ? this.#round(truth * 0.9) : truth;
    device.readMilli = (previous + usage) % capacity;
    this.#estimates = estimate ? this.#estimates + 1 : 0;
    const comment = estimate
      ? random.pick(['No access', 'Snow over pit', 'Transmitter silent', 'Dog in yard'])
      : device.readMilli < previous
        ? 'Register passed zero'
        : options.leak
          ? 'High usage, leak found'
          : null;
    const reading = this.#facts(
      day,
      options.final ? 'final' : estimate ? 'estimated' : 'regular',
      usage,
      previous,
      comment,
    );
    const failed: Reading[] =
      estimate && random.chance(0.25)
        ? [{ ...reading, kind: 'failure', registerMilli: null, usageMilli: 0, comment: 'Register cannot be read' }]
        : [];
    this.#readDay = day;
    return [...failed, reading];
  }

  /** Takes the device out and sets a new one on the same day. */
  exchange(day: number, monthly: number): Reading[] {
    const [removal] = this.read(day, monthly, { final: true });
    this.#writeInstallation(day);
    this.#device = this.#install(day, this.#code === 'ELE' ? 5 : 6, 0, 0);
    return [{ ...removal!, kind: 'regular', comment: 'Meter exchanged: removal read' }, this.initial(day)];
  }

  #writeInstallation(removedDay: number | null): void {
    const { id, installedDay, installMilli, readMilli, transmitter } = this.#device;
    this.#sink.add(
      'meter_installation',
      ++this.#serials.meter_installation,
      id,
      this.#place.id,
      this.service.id,
      dateText(installedDay),
      installMilli,
      removedDay === null ? null : dateText(removedDay),
      removedDay === null ? null : readMilli,
      transmitter,
    );
  }

  /** Writes the device that is there now. */
  close(): void {
    this.#writeInstallation(null);
  }
}
