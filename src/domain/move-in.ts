import type { CivilDate } from './civil-date.ts';
import type { Activity } from './standing.ts';

/** An account at the location that somebody moves in to. */
export interface Resident {
  readonly activity: Activity;
  readonly movedInOn: CivilDate;
  readonly movedOutOn: CivilDate | null;
}

/** Waiting while the day has not come or somebody lives there (guide: domain §5.3). */
export const activityAt = (movedInOn: CivilDate, today: CivilDate, residents: readonly Resident[]): Activity =>
  movedInOn > today || residents.some(({ activity }) => activity === 'current') ? 'waiting' : 'current';

/** Further ahead nobody plans; a year mistyped does. */
export const MOST_DAYS_AHEAD = 400;

/** Why nobody can move in on that day; null when somebody can. */
export function moveInProblem(
  movedInOn: CivilDate,
  { latest, residents }: { readonly latest: CivilDate; readonly residents: readonly Resident[] },
): { readonly field: 'movedInOn' | 'location'; readonly message: string } | null {
  if (movedInOn > latest) return { field: 'movedInOn', message: `At most ${MOST_DAYS_AHEAD} days ahead.` };
  if (residents.some(({ activity }) => activity === 'waiting'))
    return { field: 'location', message: 'Somebody else is waiting to move in there already.' };
  const current = residents.find(({ activity }) => activity === 'current');
  if (current && movedInOn <= current.movedInOn)
    return { field: 'movedInOn', message: `Who lives there now moved in on ${current.movedInOn}.` };
  const left = residents.reduce<CivilDate>((last, one) => ((one.movedOutOn ?? '') > last ? one.movedOutOn! : last), '');
  if (movedInOn < left) return { field: 'movedInOn', message: `The last resident moved out on ${left}.` };
  return null;
}
