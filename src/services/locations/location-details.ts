import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';

export type BillPeriod = 'monthly' | 'bimonthly' | 'quarterly';
export type ServiceStatus = 'on' | 'off' | 'shutoff' | 'pending';

/** The Location tab's ID section and details. */
export interface LocationFacts {
  readonly number: string;
  readonly line1: string;
  readonly unit: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly revenueClass: string | null;
  readonly cycle: string | null;
  readonly billPeriod: BillPeriod | null;
  readonly billDay: number | null;
  readonly route: string | null;
  readonly routeSequence: number | null;
  readonly rental: boolean;
  readonly ownerName: string | null;
  readonly description: string | null;
  readonly parcelNumber: string | null;
  readonly region: string | null;
  readonly altId: string | null;
  readonly crossStreet: string | null;
}

export interface LocationNote {
  readonly id: number;
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly createdOn: CivilDate;
  readonly createdBy: string;
}

export interface HeldDeposit {
  readonly id: number;
  readonly holder: 'customer' | 'location' | 'account';
  readonly code: string;
  readonly number: string | null;
  readonly status: 'charged' | 'partial' | 'held';
  readonly chargedOn: CivilDate;
  readonly chargedCents: Cents;
  readonly collectedCents: Cents;
  readonly heldCents: Cents;
}

/** A line of the services grid. */
export interface ServiceLine {
  readonly id: number;
  readonly accountId: number;
  readonly name: string;
  readonly rate: string | null;
  readonly status: ServiceStatus;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
  readonly active: boolean;
  /** What is open of it: charges not paid less credits kept for it. */
  readonly balanceCents: Cents;
}

export interface OrderLine {
  readonly id: number;
  readonly number: string;
  readonly category: string;
  readonly description: string;
  readonly openedOn: CivilDate;
  readonly dueOn: CivilDate | null;
}

export interface LienLine {
  readonly id: number;
  readonly reference: string;
  readonly placedOn: CivilDate;
  readonly amountCents: Cents;
}

export interface LocationCondition {
  readonly id: number;
  readonly name: string;
  readonly remarks: string | null;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
}

export interface LocationDetails {
  readonly facts: LocationFacts;
  /** Of all residents, current and final, over all services. */
  readonly balanceCents: Cents;
  readonly notes: readonly LocationNote[];
  /** Held for the location, the customer or the account. */
  readonly deposits: readonly HeldDeposit[];
  readonly services: readonly ServiceLine[];
  /** Credit of the account that is not tied to a service. */
  readonly openCreditCents: Cents;
  readonly orders: readonly OrderLine[];
  readonly liens: readonly LienLine[];
  readonly conditions: readonly LocationCondition[];
}
