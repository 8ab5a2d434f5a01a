import { writeExtras, writeMoveIn } from './extras.ts';
import { dateText, instantOf } from './days.ts';
import { levelAmount, Life, type Tenancy } from './life.ts';
import { type MeteredCode, MeterPoint } from './metering.ts';
import { payerFor, UNPAID_BILLS } from './payer.ts';
import type { Customer } from './people.ts';
import { writeCustomer } from './register.ts';
import { rateOf, type ServiceCode, serviceOf } from './tariff.ts';
import { type Place, type Town, writePlace } from './town.ts';
import { type Feature, featureOf, type World } from './world.ts';

/** Features that show on somebody who has left. */
const OF_FORMER: ReadonlySet<Feature> = new Set<Feature>(['badDebt', 'collections']);
/** Features that need a move within the months told. */
const OF_NEWCOMER: ReadonlySet<Feature> = new Set<Feature>(['deposit', 'depositLocation']);
const POOL = 24;
const MEAN_USE = { WAT: { RES: 4200, COM: 21_000, NPO: 9500, GOV: 30_000 }, ELE: { RES: 760_000, COM: 4_200_000, NPO: 1_900_000, GOV: 5_200_000 } };

interface Stay {
  readonly customer: Customer;
  readonly inDay: number;
  readonly outDay: number | null;
  readonly feature: Feature | null;
}

/** Somebody who left a place and may turn up at another. */
interface Mover {
  readonly customer: Customer;
  readonly day: number;
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
    const stays = this.#stays(place, feature);
    const rental = place.revenueClass === 'RES' && random.chance(place.unit ? 0.85 : 0.22);
    const owner = rental ? this.#landlord() : null;
    writePlace(this.#world.sink, place, { rental: owner !== null, ownerId: owner?.id ?? null });
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
    if (this.#owners.length > 0 && (random.chance(0.6) || this.#left === 0)) return random.pick(this.#owners);
    if (this.#left === 0) return this.#landlords.at(-1) ?? null;
    const landlord = this.#world.people.make('COM', this.#world.start - random.between(100, 3000), { landlord: true });
    writeCustomer(this.#world, landlord, { line1: `PO Box ${random.between(10, 4800)}`, city: 'Alder Falls', state: 'IL', zip: '62705' });
    remember(this.#landlords, landlord);
    return landlord;
  }

  /** Who lived here, oldest first; the last one is there now, or has just left. */
  #stays(place: Place, feature: Feature | null): Stay[] {
    const { random, today, start } = this.#world;
    const former = this.#formerCount(place, feature);
    const wanted = Math.min(this.#left, former + 1);
    const vacant = feature === 'vacant';
    const outDay = vacant ? today - random.between(12, 60) : null;
    const mover = wanted === 1 && place.revenueClass === 'RES' && feature === null ? this.#movers.shift() : undefined;
    let inDay = mover ? mover.day + random.between(0, 3) : this.#moveInDay(feature, former > 0);
    const latest = { customer: mover?.customer ?? this.#resident(place, feature, inDay), inDay, outDay, feature: OF_FORMER.has(feature!) ? null : feature };
    const stays: Stay[] = [latest];
    for (let i = 1; i < wanted; i++) {
      const left = inDay - random.between(1, 30);
      inDay = Math.min(left - 120, i === 1 && OF_FORMER.has(feature!) ? start - random.between(40, 900) : left - random.between(150, 1500));
      const customer = this.#world.people.make(place.revenueClass, inDay);
      stays.unshift({ customer, inDay, outDay: left, feature: i === 1 && OF_FORMER.has(feature!) ? feature : null });
    }
    return stays;
  }

  #formerCount(place: Place, feature: Feature | null): number {
    const random = this.#world.random;
    if (feature === 'manyResidents') return random.between(5, 7);
    if (feature && OF_FORMER.has(feature)) return 1;
    if (place.revenueClass === 'GOV') return 0;
    return random.weighted([
      [62, 0],
      [25, 1],
      [9, 2],
      [4, 3],
    ]);
  }

  #moveInDay(feature: Feature | null, after: boolean): number {
    const { random, today, start } = this.#world;
    if (feature === 'badDebt') return today - random.between(175, Math.max(176, Math.min(today - start - 70, 300)));
    if (feature === 'collections') return today - random.between(115, Math.max(116, Math.min(today - start - 70, 145)));
    if (feature && OF_NEWCOMER.has(feature)) return Math.max(start + 20, today - random.between(200, 700));
    const long = feature !== null || random.chance(after ? 0.35 : 0.75);
    return long ? start - random.between(60, after ? 1200 : 7000) : random.between(start + 10, today - 40);
  }

  #resident(place: Place, feature: Feature | null, inDay: number): Customer {
    const { random, people } = this.#world;
    const known = place.revenueClass === 'RES' ? this.#owners : this.#organisations;
    if (feature === null && known.length > 4 && random.chance(place.revenueClass === 'RES' ? 0.025 : 0.35)) {
      const again = random.pick(known);
      const fits = place.revenueClass === 'RES' || again.kind === { COM: 'profit', NPO: 'nonprofit', GOV: 'government' }[place.revenueClass];
      if (fits) return again;
    }
    return people.make(place.revenueClass, inDay, { odd: feature === 'oddName' || feature === 'oddName2' });
  }

  #services(place: Place): ServiceCode[] {
    const random = this.#world.random;
    const services: ServiceCode[] = ['WAT'];
    if (random.chance(0.88)) services.push('SEW');
    if (random.chance(this.#world.big ? 0.04 : 0.6)) services.push('ELE');
    if (random.chance(this.#world.big ? 0.25 : 0.85)) services.push('REF');
    if (!this.#world.big && random.chance(0.5)) services.push('STM');
    return place.revenueClass === 'GOV' ? services.filter((code) => code !== 'REF') : services;
  }

  #live(place: Place, stays: readonly Stay[], renter: boolean, feature: Feature | null): void {
    const { random, start } = this.#world;
    const services = this.#services(place);
    const installedDay = Math.min(stays[0]!.inDay, start) - random.between(30, 2500);
    const metered = services.filter((code): code is MeteredCode => code === 'WAT' || code === 'ELE');
    const points = metered.map(
      (code) => new MeterPoint(this.#world, place, code, { installedDay, startDay: start, rollsOver: feature === 'rollover' && code === 'WAT' }),
    );
    for (const stay of stays) this.#stay(place, stay, { services, points, renter });
    if (feature === 'waiting' && this.#left > 0) this.#waiting(place, services, renter);
    for (const point of points) point.close();
  }

  #stay(place: Place, stay: Stay, house: { services: readonly ServiceCode[]; points: readonly MeterPoint[]; renter: boolean }): void {
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
    this.#writeAccount(tenancy, { balance: outcome.book.balance, unposted: outcome.book.unposted });
    writeExtras(this.#world, tenancy, outcome);
    if (stay.outDay === null) this.#settleHere(customer, place);
    else if (feature === null && customer.kind === 'individual' && random.chance(0.3)) this.#queue({ customer, day: stay.outDay });
    else this.#settleElsewhere(customer, outcome.book.balance !== 0);
  }

  #longGone(tenancy: Tenancy): void {
    this.#writeAccount(tenancy, { balance: 0, unposted: 0 });
    this.#settleElsewhere(tenancy.customer);
  }

  #queue(mover: Mover): void {
    this.#movers.push(mover);
    if (this.#movers.length > POOL) this.#settleElsewhere(this.#movers.shift()!.customer);
  }

  #settleHere(customer: Customer, place: Place): void {
    const pool = customer.kind === 'individual' ? this.#owners : this.#organisations;
    if (pool.includes(customer)) return;
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
    this.#writeAccount(tenancy, { balance: 0, unposted: 0 });
    writeMoveIn(this.#world, tenancy);
    writeCustomer(this.#world, customer, null);
  }

  #writeAccount(t: Tenancy, money: { balance: number; unposted: number }): void {
    const { sink, serials, today } = this.#world;
    const activity = t.movedOutDay !== null ? 'final' : t.movedInDay > today ? 'waiting' : 'current';
    const number = `${t.customer.number}-${String(++t.customer.accounts).padStart(2, '0')}`;
    const movedIn = dateText(t.movedInDay);
    const movedOut = t.movedOutDay === null ? null : dateText(t.movedOutDay);
    const shutoffOn = t.feature === 'shutoffScheduled' ? dateText(today + 1 + (t.accountId % 6)) : null;
    const created = instantOf(Math.min(t.movedInDay, today) - 3, 600);
    sink.add('account', t.accountId, number, t.customer.id, t.place.id, activity, movedIn, movedOut, t.budgetCents, shutoffOn, created);
    sink.add('account_balance', t.accountId, t.customer.id, t.place.id, money.balance, money.unposted);
    for (const code of t.services) {
      const status = { final: 'off', waiting: 'pending', current: t.feature === 'shutoff' && code === 'WAT' ? 'shutoff' : 'on' }[activity];
      const rate = rateOf(code, t.place.revenueClass);
      sink.add(
        'account_service',
        ++serials.account_service,
        t.accountId,
        t.customer.id,
        t.place.id,
        serviceOf(code).id,
        rate.id,
        status,
        movedIn,
        movedOut,
        activity === 'final' ? 0 : 1,
      );
    }
  }
}

function remember(pool: Customer[], customer: Customer): void {
  pool.push(customer);
  if (pool.length > POOL) pool.shift();
}

/** What a feature changes on the customer. */
function mark(customer: Customer, feature: Feature, today: number): void {
  if (UNPAID_BILLS[feature] !== undefined) customer.autopay = null;
  if (feature === 'shutoff') {
    customer.status = 'shutoff';
    customer.statusOn = today - 7;
  }
  if (feature === 'private') customer.public = false;
  if (feature === 'bankrupt') customer.bankrupt = true;
  if (feature === 'noPayments') customer.noPayments = true;
  if (feature === 'noChecks') customer.noChecks = true;
  if (feature === 'disallowed') customer.disallowed = '["check","draft"]';
  if (feature === 'dunningHold') {
    customer.holdUntil = today + 20;
    customer.noCollections = true;
  }
  if (feature === 'budgetAutopay') customer.autopay = 'draft';
  if (feature === 'eBill') customer.eBill = true;
  if (feature === 'web') customer.web = true;
}
