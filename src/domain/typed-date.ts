import { addDays, addMonths, type CivilDate, isCivilDate } from './civil-date.ts';

/**
 * A date as operators type it: `today` or `.`, `+30`, `-7`, `+2m`, `12/1`, `12/1/26`,
 * `12-01-2026`, `2026-12-01`, `1201`, `120126`. Month before day. Without a year the nearest
 * one to the business date is meant. Null when it is no date.
 */
export function parseTypedDate(typed: string, today: CivilDate): CivilDate | null {
  const text = typed.trim().toLowerCase();
  if (text === 'today' || text === 't' || text === '.') return today;
  if (text === 'yesterday') return addDays(today, -1);
  if (text === 'tomorrow') return addDays(today, 1);
  const relative = /^([+-]\d{1,4})([dwmy]?)$/.exec(text);
  if (relative) return moved(today, Number(relative[1]), relative[2]!);
  if (isCivilDate(text)) return text;
  const parts =
    /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text);
  if (!parts) return null;
  return parts[3] === undefined
    ? nearest(Number(parts[1]), Number(parts[2]), today)
    : written(fullYear(parts[3], today), Number(parts[1]), Number(parts[2]));
}

function moved(today: CivilDate, amount: number, unit: string): CivilDate {
  if (unit === 'w') return addDays(today, amount * 7);
  if (unit === 'm') return addMonths(today, amount);
  return unit === 'y' ? addMonths(today, amount * 12) : addDays(today, amount);
}

const pad = (value: number, digits: number) => String(value).padStart(digits, '0');

function written(year: number, month: number, day: number): CivilDate | null {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isCivilDate(date) ? date : null;
}

/** Two digits are the year within fifty of this one. */
function fullYear(digits: string, today: CivilDate): number {
  const year = Number(digits);
  if (digits.length === 4) return year;
  const now = Number(today.slice(0, 4));
  const inCentury = now - (now % 100) + year;
  if (inCentury - now > 50) return inCentury - 100;
  return now - inCentury >= 50 ? inCentury + 100 : inCentury;
}

function nearest(month: number, day: number, today: CivilDate): CivilDate | null {
  const year = Number(today.slice(0, 4));
  const candidates = [year - 1, year, year + 1].flatMap((each) => written(each, month, day) ?? []);
  const distance = (date: CivilDate) => Math.abs(Date.parse(date) - Date.parse(today));
  return candidates.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}
