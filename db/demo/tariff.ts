import type { RatePrice, Tier } from '#domain/rate.ts';

export type ServiceCode = 'WAT' | 'SEW' | 'ELE' | 'REF' | 'STM';
export type ClassCode = 'RES' | 'COM' | 'NPO' | 'GOV';

export interface ServiceDefinition {
  readonly id: number;
  readonly code: ServiceCode;
  readonly name: string;
  readonly unit: string | null;
  readonly revenueGl: string;
}

/** Services in payoff order. */
export const SERVICES: readonly ServiceDefinition[] = [
  { id: 1, code: 'WAT', name: 'Water', unit: 'kgal', revenueGl: '4010' },
  { id: 2, code: 'SEW', name: 'Sewer', unit: null, revenueGl: '4020' },
  { id: 3, code: 'ELE', name: 'Electric', unit: 'kWh', revenueGl: '4030' },
  { id: 4, code: 'REF', name: 'Refuse', unit: null, revenueGl: '4040' },
  { id: 5, code: 'STM', name: 'Storm water', unit: null, revenueGl: '4050' },
];

export const serviceOf = (code: ServiceCode): ServiceDefinition => SERVICES.find((s) => s.code === code)!;

export interface Rate extends RatePrice {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly service: ServiceDefinition;
}

export const CLASSES: readonly { id: number; code: ClassCode; name: string }[] = [
  { id: 1, code: 'RES', name: 'Residential' },
  { id: 2, code: 'COM', name: 'Commercial' },
  { id: 3, code: 'NPO', name: 'Non-profit' },
  { id: 4, code: 'GOV', name: 'Government' },
];

const steps = (...pairs: readonly (readonly [units: number | null, centsPerUnit: number])[]): Tier[] =>
  pairs.map(([units, centsPerUnit]) => ({ upToMilli: units === null ? null : units * 1000, centsPerUnit }));

const PRICES: Readonly<Record<ServiceCode, (commercial: boolean) => { minimum: number; tiers: Tier[] }>> = {
  WAT: (big) =>
    big
      ? { minimum: 3850, tiers: steps([20, 402], [100, 446], [null, 478]) }
      : { minimum: 1425, tiers: steps([2, 315], [6, 398], [15, 487], [null, 642]) },
  SEW: (big) =>
    big ? { minimum: 3100, tiers: steps([null, 512]) } : { minimum: 1180, tiers: steps([10, 436], [null, 0]) },
  ELE: (big) =>
    big
      ? { minimum: 2900, tiers: steps([1500, 13.4], [null, 11.15]) }
      : { minimum: 950, tiers: steps([500, 10.85], [1000, 11.9], [null, 13.25]) },
  REF: (big) => ({ minimum: big ? 9450 : 1895, tiers: [] }),
  STM: (big) => ({ minimum: big ? 3360 : 480, tiers: [] }),
};

/** A rate code for each service and class. */
export const RATES: readonly Rate[] = SERVICES.flatMap((service, s) =>
  CLASSES.map((revenueClass, c): Rate => {
    const { minimum, tiers } = PRICES[service.code](revenueClass.code !== 'RES');
    return {
      id: s * CLASSES.length + c + 1,
      code: `${service.code}-${revenueClass.code}`,
      name: `${service.name}, ${revenueClass.name.toLowerCase()}`,
      service,
      minimumCents: minimum,
      tiers,
    };
  }),
);

export const rateOf = (service: ServiceCode, revenueClass: ClassCode): Rate =>
  RATES[
    SERVICES.findIndex((s) => s.code === service) * CLASSES.length + CLASSES.findIndex((c) => c.code === revenueClass)
  ]!;
