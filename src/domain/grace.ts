import type { CivilDate } from './civil-date.ts';

/**
 * Whether a note's grace date protects on that day: neither a penalty nor a shut-off while the day is
 * not after it (seed: it is the last day; the day after, both may come again). Of several notes the
 * latest date counts.
 */
export const underGrace = (graceOn: CivilDate | null, on: CivilDate): boolean => graceOn !== null && on <= graceOn;
