import { mark, writeAccount } from './accounts.ts';
import { writeOwnership } from './contacts.ts';
import { writeExtras, writeMoveIn } from './extras.ts';
import { Life } from './life.ts';
import { levelAmount, MEAN_USE, servicesAt, type Tenancy } from './tenancy.ts';
import { type MeteredCode, MeterPoint } from './metering.ts';
import { payerFor } from './payer.ts';
import type { Customer } from './people.ts';
import { writeCustomer } from './register.ts';
import type { ServiceCode } from './tariff.ts';
import { type Place, type Town, writePlace } from './town.ts';
import { formerCount, moveInDay, OF_FORMER } from './moves.ts';
import { type Mover, POOL, remember } from './pools.ts';
import type { World } from './world.ts';
import { type Feature, featureOf } from './features.ts';

interface Stay {
  readonly customer: Customer;
  readonly inDay: number;
  readonly outDay: number | null;
  readonly feature: Feature | null;
}

/** Fills one premise after another with the people who live or lived there, until all customers are made. */
export class Households {
  readonly #world: World;
  readonly #town: Town;
  readonly #customers: number;
  #count = 0;
  #landlords: Customer[] = [];
  #organisations: Customer[] = [];
  #owners: Customer[] = [];
  #movers: Mover[] = [];

  constructor(world: World, town: Town, customers: number) {
    this.#world = world;
    this.#town = town;
    this.#customers = customers;
  }

  get #left(): number {
    return this.#customers - this.#world.people.made;
  }

  /** Makes the next premise with everybody who ever lived there; false when nobody is left. */
  next(): boolean {
    if (this.#left <= 0) return false;
    const feature = featureOf(this.#count++);
    const place = this.#town.next();
    const random = this.#world.random;
    const rental = place.revenueClass === 'RES' && random.chance(place.unit ? 0.85 : 0.22);
    const owner = rental ? this.#landlord() : null;
    const stays = this.#stays(place, feature, owner);
    writePlace(this.#world.sink, place, { rental: owner !== null, ownerId: owner?.id ?? null });
    writeOwnership(this.#world, place, owner, this.#landlords);
    this.#live(place, stays, owner !== null, feature);
    return true;
  }

  /** Writes who is still waiting for a new home. */
  finish(): void {
    for (const mover of this.#movers) this.#settleElsewhere(mover.customer);
    this.#movers = [];
  }

  #landlord(): Customer | null {
    const random = this.#world.random;
    if (this.#landlords.length > 0 && random.chance(0.7)) return random.pick(this.#landlords);
    if (this.#owners.length > 0 && random.chance(0.6)) return random.pick(this.#owners);
    if (this.#left === 1) return null;
    const landlord = this.#world.people.make('COM', this.#world.start - random.between(100, 3000), { landlord: true });
    writeCustomer(this.#world, landlord, {
      line1: `PO Box ${random.between(10, 4800)}`,
      city: 'Alder Falls',
      state: 'IL',
      zip: '62705',
    });
    remember(this.#landlords, landlord);
    return landlord;
  }

  /** Who lived here, oldest first; the last one is there now, or has just left. */
  #stays(place: Place, feature: Feature | null, owner: Customer | null): Stay[] {
    const { random, today, start } = this.#world;
    const former = formerCount(random, place, feature);
    const wanted = Math.min(this.#left, former + 1);
    const vacant = feature === 'vacant';
    const outDay = vacant ? today - random.between(12, 60) : null;
    // Between two tenants the owner takes the service.
    if (owner && feature === null && random.chance(0.06)) {
      return [{ customer: owner, inDay: random.between(start + 10, today - 40), outDay: null, feature: null }];
    }
    const mover = wanted === 1 && place.revenueClass === 'RES' && feature === null ? this.#movers.shift() : undefined;
    let inDay = mover ? mover.day + random.between(0, 3) : moveInDay(this.#world, feature, former > 0);
    const latest = {
      customer: mover?.customer ?? this.#resident(place, feature, inDay),
      inDay,
      outDay,
      feature: OF_FORMER.has(feature!) ? null : feature,
    };
    const stays: Stay[] = [latest];
    for (let i = 1; i < wanted; i++) {
      const left = inDay - random.between(1, 30);
      inDay = Math.min(
        left - 120,
        i === 1 && OF_FORMER.has(feature!) ? start - random.between(40, 900) : left - random.between(150, 1500),
      );
      const customer = this.#world.people.make(place.revenueClass, inDay);
      stays.unshift({ customer, inDay, outDay: left, feature: i === 1 && OF_FORMER.has(feature!) ? feature : null });
    }
    return stays;
  }

  #resident(place: Place, feature: Feature | null, inDay: number): Customer {
    const { random, people } = this.#world;
    const known = place.revenueClass === 'RES' ? this.#owners : this.#organisations;
    if (feature === null && known.length > 4 && random.chance(place.revenueClass === 'RES' ? 0.05 : 0.4)) {
      const again = random.pick(known);
      const fits =
        place.revenueClass === 'RES' ||
        again.kind === { COM: 'profit', NPO: 'nonprofit', GOV: 'government' }[place.revenueClass];
      if (fits) return again;
    }
    return people.make(place.revenueClass, inDay, { odd: feature === 'oddName' || feature === 'oddName2' });
  }

  #live(place: Place, stays: readonly Stay[], renter: boolean, feature: Feature | null): void {
    const { random, start } = this.#world;
    const services = servicesAt(this.#world, place);
    const installedDay = Math.min(stays[0]!.inDay, start) - random.between(30, 2500);
    const metered = services.filter((code): code is MeteredCode => code === 'WAT' || code === 'ELE');
    const points = metered.map(
      (code) =>
        new MeterPoint(this.#world, place, code, {
          installedDay,
          startDay: start,
          rollsOver: feature === 'rollover' && code === 'WAT',
        }),
    );
    for (const stay of stays) this.#stay(place, stay, { services, points, renter });
    if (feature === 'waiting' && this.#left > 0) this.#waiting(place, services, renter);
    for (const point of points) point.close();
  }

  #stay(
    place: Place,
    stay: Stay,
    house: { services: readonly ServiceCode[]; points: readonly MeterPoint[]; renter: boolean },
  ): void {
    const { random, start, today } = this.#world;
    const { customer, feature } = stay;
    if (feature) mark(customer, feature, today);
    const use = random.spread(0.3);
    const payer = payerFor(random, { feature, autopay: customer.autopay !== null, revenueClass: place.revenueClass });
    if (payer !== 'autopay' && feature !== null) customer.autopay = null;
    const monthly = { WAT: MEAN_USE.WAT[place.revenueClass] * use, ELE: MEAN_USE.ELE[place.revenueClass] * use };
    const budget = feature === 'budget' || feature === 'budgetAutopay';
    const tenancy: Tenancy = {
      accountId: ++this.#world.serials.account,
      customer,
      place,
      services: house.services,
      movedInDay: stay.inDay,
      movedOutDay: stay.outDay,
      feature,
      payer,
      renter: house.renter,
      monthly,
      budgetCents: budget ? levelAmount({ place, services: house.services, monthly }) : null,
    };
    if (stay.outDay !== null && stay.outDay < start) return this.#longGone(tenancy);
    const outcome = new Life(this.#world, tenancy, house.points).play();
    writeAccount(this.#world, tenancy, { balance: outcome.book.balance, unposted: outcome.book.unposted });
    writeExtras(this.#world, tenancy, outcome);
    if (stay.outDay === null) this.#settleHere(customer, place);
    else if (feature === null && customer.kind === 'individual' && random.chance(0.3))
      this.#queue({ customer, day: stay.outDay });
    else this.#settleElsewhere(customer, outcome.book.balance !== 0);
  }

  #longGone(tenancy: Tenancy): void {
    writeAccount(this.#world, tenancy, { balance: 0, unposted: 0 });
    this.#settleElsewhere(tenancy.customer);
  }

  #queue(mover: Mover): void {
    this.#movers.push(mover);
    if (this.#movers.length > POOL) this.#settleElsewhere(this.#movers.shift()!.customer);
  }

  #settleHere(customer: Customer, place: Place): void {
    const pool = customer.kind === 'individual' ? this.#owners : this.#organisations;
    if (pool.includes(customer) || this.#landlords.includes(customer)) return;
    writeCustomer(this.#world, customer, { line1: place.line1, city: place.city, state: 'IL', zip: place.zip });
    remember(pool, customer);
  }

  #settleElsewhere(customer: Customer, active = false): void {
    customer.active = active;
    customer.autopay = null;
    writeCustomer(this.#world, customer, null);
  }

  #waiting(place: Place, services: readonly ServiceCode[], renter: boolean): void {
    const { random, today, people } = this.#world;
    const movedInDay = today + random.between(3, 24);
    const customer = people.make(place.revenueClass, today - 2);
    const tenancy: Tenancy = {
      accountId: ++this.#world.serials.account,
      customer,
      place,
      services,
      movedInDay,
      movedOutDay: null,
      feature: null,
      payer: 'prompt',
      renter,
      monthly: { WAT: 0, ELE: 0 },
      budgetCents: null,
    };
    writeAccount(this.#world, tenancy, { balance: 0, unposted: 0 });
    writeMoveIn(this.#world, tenancy);
    writeCustomer(this.#world, customer, null);
  }
}
