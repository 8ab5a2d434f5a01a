import { chargeCents } from '#domain/rate.ts';
import type { Feature } from './features.ts';
import type { Payer } from './payer.ts';
import type { Customer } from './people.ts';
import type { Random } from './random.ts';
import { rateOf, type ServiceCode } from './tariff.ts';
import type { Place } from './town.ts';

/** Use in a mean month by class, thousandths of the unit. */
export const MEAN_USE = {
  WAT: { RES: 4200, COM: 21_000, NPO: 9500, GOV: 30_000 },
  ELE: { RES: 760_000, COM: 4_200_000, NPO: 1_900_000, GOV: 5_200_000 },
};

/** A customer's time at a place. */
export interface Tenancy {
  readonly accountId: number;
  readonly customer: Customer;
  readonly place: Place;
  readonly services: readonly ServiceCode[];
  readonly movedInDay: number;
  readonly movedOutDay: number | null;
  readonly feature: Feature | null;
  readonly payer: Payer;
  readonly renter: boolean;
  /** Use in a mean month, thousandths of the unit, by metered service. */
  readonly monthly: Readonly<Record<'WAT' | 'ELE', number>>;
  /** Months of each bill paid as one level amount, cents; null: as billed. */
  readonly budgetCents: number | null;
}

/** Average bill at the household's mean use, up to the next dollar: the level amount of budget billing. */
export function levelAmount(tenancy: Pick<Tenancy, 'place' | 'services' | 'monthly'>): number {
  const { months } = tenancy.place.cycle;
  let cents = 0;
  for (const code of tenancy.services) {
    const usage = code === 'ELE' ? tenancy.monthly.ELE : code === 'WAT' || code === 'SEW' ? tenancy.monthly.WAT : 0;
    cents += chargeCents(rateOf(code, tenancy.place.revenueClass), usage * months, months);
  }
  return Math.ceil(cents / 100) * 100;
}

/** What a premise takes; a big utility is mostly one of water. */
export function servicesAt(
  { random, big }: { readonly random: Random; readonly big: boolean },
  place: Place,
): ServiceCode[] {
  const services: ServiceCode[] = ['WAT'];
  if (random.chance(0.88)) services.push('SEW');
  if (random.chance(big ? 0.04 : 0.6)) services.push('ELE');
  if (random.chance(big ? 0.25 : 0.85)) services.push('REF');
  if (!big && random.chance(0.5)) services.push('STM');
  return place.revenueClass === 'GOV' ? services.filter((code) => code !== 'REF') : services;
}
