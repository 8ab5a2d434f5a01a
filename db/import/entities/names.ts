/** What a file can be mapped to, in the order in which records are written. */
export const ENTITY_NAMES = [
  'customer',
  'address',
  'phone',
  'email',
  'location',
  'account',
  'service',
  'meter',
  'installation',
  'charge',
  'payment',
  'read',
] as const;

export type EntityName = (typeof ENTITY_NAMES)[number];
