/** What a row of the look-up index is a way of asking for. Stored: a number is never given to another meaning. */
export const KEY_KINDS = {
  accountNumber: 1,
  customerNumber: 2,
  locationNumber: 3,
  /** Number of the customer in an earlier or another system. */
  customerAltId: 4,
  locationAltId: 5,
  parcel: 6,
  /** A meter, or its transmitter, that is at the location now. */
  meter: 7,
  /** One that was there once. */
  removedMeter: 8,
  phone: 9,
  email: 10,
  name: 11,
  /** Of the service location. */
  address: 12,
  /** Where post goes, when that is somewhere else. */
  mailing: 13,
  /** Family or business name with the place: `smith 78701 john`, `smith 118 alder st`. */
  resident: 14,
  /** Not asked for: the place of a location in a list by address. */
  addressOrder: 15,
  /** Name, phone or e-mail of a contact that goes with a customer. */
  contact: 16,
  /** The same of one that stays with a location. */
  locationContact: 17,
  /** What a searchable custom field of the customer, or of the location, holds. */
  customerField: 18,
  locationField: 19,
} as const;

export type KeyKind = keyof typeof KEY_KINDS;

/** Records that the index leads to, as `search_document` numbers them. */
export const SUBJECTS = { customer: 1, location: 2, account: 3 } as const;

export type SubjectKind = keyof typeof SUBJECTS;

/**
 * Whether somebody is served there or then, as the index stores it and orders equal keys: of a
 * customer or a location its most active account's; `none` when it has no account.
 */
export const ACTIVITIES = { current: 0, waiting: 1, none: 2, final: 3 } as const;

/** The most active of some accounts. */
export const mostActive = (accounts: readonly { readonly activity: 'current' | 'waiting' | 'final' }[]): number =>
  accounts.length === 0 ? ACTIVITIES.none : Math.min(...accounts.map(({ activity }) => ACTIVITIES[activity]));

/** Which record the rows of a kind lead to. */
export const SUBJECT_OF: Readonly<Record<KeyKind, SubjectKind>> = {
  accountNumber: 'account',
  customerNumber: 'customer',
  locationNumber: 'location',
  customerAltId: 'customer',
  locationAltId: 'location',
  parcel: 'location',
  meter: 'location',
  removedMeter: 'location',
  phone: 'customer',
  email: 'customer',
  name: 'customer',
  address: 'location',
  mailing: 'customer',
  resident: 'account',
  addressOrder: 'location',
  contact: 'customer',
  locationContact: 'location',
  customerField: 'customer',
  locationField: 'location',
};

const byNumber = new Map(Object.entries(KEY_KINDS).map(([kind, number]) => [number as number, kind as KeyKind]));

/** The kind that a stored number means. */
export const kindOf = (number: number): KeyKind => byNumber.get(number)!;
