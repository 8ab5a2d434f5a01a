import type { CivilDate } from '#domain/civil-date.ts';
import type { PanelBadge } from '#domain/panel-badge.ts';
import type { Cents } from '#domain/money.ts';
import type { Activity, Standing } from '#domain/standing.ts';

export type CustomerKind = 'individual' | 'profit' | 'nonprofit' | 'government';

/** An address as written on an envelope, without the name. */
export interface PanelAddress {
  readonly careOf: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string;
}

export interface PanelCustomer {
  readonly id: number;
  readonly number: string;
  readonly kind: CustomerKind;
  readonly name: string;
  readonly private: boolean;
  readonly active: boolean;
  /** The primary one. */
  readonly address: PanelAddress | null;
  readonly phone: string | null;
  readonly email: string | null;
}

export interface PanelAccount {
  readonly id: number;
  readonly number: string;
  readonly activity: Activity;
  readonly movedInOn: CivilDate;
  readonly movedOutOn: CivilDate | null;
}

/** The account status card: over all services and locations of the customer, as of today. */
export interface PanelStatus {
  readonly standing: Standing;
  readonly balanceCents: Cents;
  readonly unpostedCents: Cents;
  readonly pastDueCents: Cents;
  readonly oldestDueOn: CivilDate | null;
  /** The transaction with the oldest late line. */
  readonly oldestLateId: number | null;
  readonly shutoffScheduledOn: CivilDate | null;
  /** The latest charge of any service. */
  readonly lastBilled: {
    readonly transactionId: number;
    readonly on: CivilDate;
    readonly cents: Cents;
    readonly dueOn: CivilDate | null;
  } | null;
  /** Positive cents, the part left as open credit included. */
  readonly lastPayment: {
    readonly transactionId: number;
    readonly on: CivilDate;
    readonly cents: Cents;
    readonly method: string | null;
    readonly unposted: boolean;
  } | null;
  /** Last day of the grace note in force, null when there is none. */
  readonly graceOn: CivilDate | null;
}

export interface PanelLocation {
  readonly id: number;
  readonly number: string;
  readonly line1: string;
  readonly city: string;
  readonly state: string | null;
  readonly zip: string | null;
  readonly country: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly rental: boolean;
  readonly cycle: { readonly code: string; readonly name: string } | null;
  readonly route: { readonly code: string; readonly name: string } | null;
  readonly revenueClass: { readonly code: string; readonly name: string } | null;
  readonly description: string | null;
  readonly parcelNumber: string | null;
  /** The owner, or the customer's name where no owner is defined; null when it may not be seen. */
  readonly ownerName: string | null;
  readonly ownerId: number | null;
}

/** One account to choose among: of this customer, or of others at this location. */
export interface AccountChoice {
  readonly id: number;
  readonly number: string;
  readonly activity: Activity;
  readonly customerId: number;
  readonly customerName: string;
  readonly locationId: number;
  readonly line1: string;
  readonly movedInOn: CivilDate;
  readonly movedOutOn: CivilDate | null;
  readonly balanceCents: Cents;
  readonly pastDueCents: Cents;
  readonly shutoffScheduledOn: CivilDate | null;
}

/** Everything that the account panel's dashboard shows. */
export interface Panel {
  readonly account: PanelAccount | null;
  readonly customer: PanelCustomer | null;
  readonly status: PanelStatus | null;
  readonly location: PanelLocation | null;
  readonly customerBadges: readonly PanelBadge[];
  readonly locationBadges: readonly PanelBadge[];
  readonly counts: { readonly contacts: number; readonly openOrders: number; readonly liens: number };
  /** Of the customer, the one meant first coming first. */
  readonly accounts: readonly AccountChoice[];
  /** At the location, whoever's, likewise; private customers are left out for who may not see them. */
  readonly residents: readonly AccountChoice[];
}
