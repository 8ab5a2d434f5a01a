import type { Feature } from './features.ts';
import type { Random } from './random.ts';
import type { Place } from './town.ts';
import type { World } from './world.ts';

/** Features that show on somebody who has left. */
export const OF_FORMER: ReadonlySet<Feature> = new Set<Feature>(['badDebt', 'collections']);
/** Features that need a move within the months told. */
const OF_NEWCOMER: ReadonlySet<Feature> = new Set<Feature>(['deposit', 'depositLocation']);

/** How many lived at a place before who lives there now. */
export function formerCount(random: Random, place: Place, feature: Feature | null): number {
  if (feature === 'manyResidents') return random.between(5, 7);
  if (feature && OF_FORMER.has(feature)) return 1;
  if (place.revenueClass === 'GOV') return 0;
  return random.weighted([
    [76, 0],
    [16, 1],
    [6, 2],
    [2, 3],
  ]);
}

/** What a day is chosen from: days since 1970. */
type Days = Pick<World, 'random' | 'today' | 'start'>;

/** When who lives there now moved in; `after`: somebody lived there before. */
export function moveInDay({ random, today, start }: Days, feature: Feature | null, after: boolean): number {
  if (feature === 'badDebt') return today - random.between(175, Math.max(176, Math.min(today - start - 70, 300)));
  if (feature === 'collections') return today - random.between(115, Math.max(116, Math.min(today - start - 70, 145)));
  if (feature && OF_NEWCOMER.has(feature)) return Math.max(start + 20, today - random.between(200, 700));
  const long = feature !== null || random.chance(after ? 0.35 : 0.75);
  return long ? start - random.between(60, after ? 1200 : 7000) : random.between(start + 10, today - 40);
}
