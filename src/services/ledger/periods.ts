import type { Db } from '#db/schema.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';

/** Closed spans of business dates; a day of no period is open. */
async function closedPeriods(db: Db) {
  return db
    .selectFrom('accounting_period')
    .select(['name', 'starts_on as startsOn', 'ends_on as endsOn'])
    .where('status', '=', 'closed')
    .orderBy('starts_on')
    .execute();
}

/**
 * Asks that days lie in open periods (guide: L10: corrections of closed ones go into the open one).
 * @throws Failure `refused`, naming the period and the first day that is possible
 */
export async function assertOpenPeriod(db: Db, days: readonly CivilDate[], field = 'date'): Promise<void> {
  const closed = await closedPeriods(db);
  for (const day of days) {
    const period = closed.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn);
    if (!period) continue;
    const first = firstOpenDay(closed, day);
    throw new Failure('refused', `${day} is in ${period.name}, which is closed. The first open day is ${first}.`, {
      [field]: `${period.name} is closed; the first open day is ${first}.`,
    });
  }
}

function firstOpenDay(closed: readonly { startsOn: CivilDate; endsOn: CivilDate }[], from: CivilDate): CivilDate {
  let day = from;
  for (const { startsOn, endsOn } of closed) if (startsOn <= day && day <= endsOn) day = addDays(endsOn, 1);
  return day;
}

/** Answers of any day the first open one from it on. */
export async function openDays(db: Db): Promise<(day: CivilDate) => CivilDate> {
  const closed = await closedPeriods(db);
  return (day) => firstOpenDay(closed, day);
}

/** The day itself, or the first open one after it: for corrections of what lies in a closed period. */
export async function openDayFrom(db: Db, day: CivilDate): Promise<CivilDate> {
  return firstOpenDay(await closedPeriods(db), day);
}
