import type { BadgeCause } from '#domain/panel-badge.ts';

/** Parts of the Customer and Location tabs that a badge can jump to, as the numbers that `reveal` knows. */
export const PARTS: Readonly<Record<NonNullable<BadgeCause['part']>, number>> = {
  id: 1,
  standing: 2,
  contact: 3,
  conditions: 4,
  orders: 5,
};
