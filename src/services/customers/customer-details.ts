import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import type { CustomerKind, PanelAddress } from '../accounts/panel.ts';

export interface CustomerAddress extends PanelAddress {
  readonly id: number;
  readonly type: string;
  readonly primary: boolean;
  readonly county: string | null;
  readonly geoCode: string | null;
}

export interface CustomerPhone {
  readonly id: number;
  readonly type: string;
  readonly number: string;
  readonly extension: string | null;
  readonly description: string | null;
  readonly primary: boolean;
}

export interface CustomerEmail {
  readonly id: number;
  readonly type: string;
  readonly address: string;
  readonly description: string | null;
  readonly primary: boolean;
}

export interface MessageNote {
  readonly id: number;
  readonly level: string;
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly createdOn: CivilDate;
  readonly createdBy: string;
  readonly graceOn: CivilDate | null;
}

export interface ConditionLine {
  readonly id: number;
  readonly name: string;
  readonly remarks: string | null;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
}

/** The eight computed lines of the message center. */
export interface MessageCenter {
  readonly openOrders: number;
  readonly autopay: 'draft' | 'card' | null;
  readonly emailBill: boolean;
  readonly budgetBill: boolean;
  readonly acceptChecks: boolean;
  /** In the last twelve months. */
  readonly nsf: number;
  readonly lateCharges: number;
  readonly depositCents: Cents;
}

/** What the badges tell in short: the standing agreements about paying. */
export interface Agreements {
  readonly arrangement: {
    readonly startedOn: CivilDate;
    readonly amountCents: Cents;
    readonly instalments: number;
  } | null;
  readonly autopay: {
    readonly method: 'draft' | 'card';
    readonly from: string;
    readonly last4: string;
    readonly startedOn: CivilDate;
  } | null;
  readonly collections: {
    readonly agency: string;
    readonly placedOn: CivilDate;
    readonly amountCents: Cents;
  } | null;
  readonly budgetCents: Cents | null;
}

export interface CustomerIdentity {
  readonly number: string;
  readonly kind: CustomerKind;
  readonly title: string | null;
  /** First, middle and last name with what follows them. */
  readonly name: string;
  readonly spouseName: string | null;
  readonly businessName: string | null;
  readonly altId: string | null;
  readonly statusName: string;
  readonly statusAssignedOn: CivilDate;
  readonly active: boolean;
  readonly public: boolean;
  readonly bankrupt: boolean;
  readonly noPayments: boolean;
  readonly noChecks: boolean;
  readonly noCollections: boolean;
  readonly disallowedMethods: readonly string[];
  readonly taxExemptNumber: string | null;
  readonly segment: 'residential' | 'commercial';
  /** Names of the codes, each null where nothing is said. */
  readonly terms: string | null;
  readonly branch: string | null;
  readonly salesperson: string | null;
  readonly chainAccount: string | null;
  readonly customerGroup: string | null;
  readonly customerGroup2: string | null;
  readonly identityCheck: string | null;
  readonly bypassRateUntil: CivilDate | null;
  readonly statementFormat: string | null;
  readonly dunningHoldUntil: CivilDate | null;
  readonly mailNotices: boolean;
  readonly emailNotices: boolean;
  readonly webUser: boolean;
}

export interface CustomerDetails {
  readonly identity: CustomerIdentity;
  readonly messages: MessageCenter;
  readonly customerCents: Cents;
  /** Of all residents of the location; null without one. */
  readonly locationCents: Cents | null;
  readonly agreements: Agreements;
  /** Primary first, as all of these lists. */
  readonly addresses: readonly CustomerAddress[];
  readonly phones: readonly CustomerPhone[];
  readonly emails: readonly CustomerEmail[];
  readonly notes: readonly MessageNote[];
  readonly conditions: readonly ConditionLine[];
}
