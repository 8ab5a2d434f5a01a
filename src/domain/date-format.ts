import { type CivilDate, daysInMonth, isCivilDate } from './civil-date.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TOKENS = /YYYY|YY|MMM|MM|M|DD|D/g;
const PATTERNS: Readonly<Record<string, string>> = {
  YYYY: String.raw`(?<year>\d{4})`,
  YY: String.raw`(?<year>\d{2})`,
  MMM: '(?<month>[A-Za-z]{3})[a-z]*',
  MM: String.raw`(?<month>\d{2})`,
  M: String.raw`(?<month>\d{1,2})`,
  DD: String.raw`(?<day>\d{2})`,
  D: String.raw`(?<day>\d{1,2})`,
};
/** Two-digit years below this are of this century. */
const PIVOT = 70;

/** Reads a date written one way; null when the text is not such a date or the day does not exist. */
export type DateReader = (text: string) => CivilDate | null;

/**
 * A reader for a format such as `MM/DD/YYYY`, `D.M.YYYY`, `YYYYMMDD`, `DD-MMM-YY` or `YYYY-MM`.
 * A format without a day gives the month's first or last. A time after the date is allowed
 * and dropped when it is midnight or any other (files often write `… 00:00:00`).
 * @throws Error when the format names no year and month, or one of them twice
 */
export function dateReader(format: string, day: 'first' | 'last' = 'first'): DateReader {
  const seen: string[] = [];
  let source = '';
  let at = 0;
  for (const match of format.matchAll(TOKENS)) {
    source += escape(format.slice(at, match.index)) + PATTERNS[match[0]]!;
    at = match.index + match[0].length;
    seen.push(match[0][0]!);
  }
  source += escape(format.slice(at));
  if (!seen.includes('Y') || !seen.includes('M') || new Set(seen).size !== seen.length) {
    throw new Error(`not a date format: ${format} (use YYYY, MM, DD, e.g. MM/DD/YYYY)`);
  }
  const shape = new RegExp(`^${source}(?:[T ]\\d{1,2}:\\d{2}(?::\\d{2}(?:\\.\\d+)?)?(?:Z| ?[AP]M)?)?$`, 'i');
  return (text) => {
    const groups = shape.exec(text.trim())?.groups;
    return groups ? build(groups, day) : null;
  };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function build(groups: Record<string, string>, day: 'first' | 'last'): CivilDate | null {
  const { year: y = '', month: m = '' } = groups;
  const year = y.length === 2 ? (+y < PIVOT ? 2000 : 1900) + +y : +y;
  const month = /\d/.test(m) ? +m : MONTHS.indexOf(m.toLowerCase()) + 1;
  if (month < 1 || month > 12) return null;
  const implied = day === 'first' ? 1 : daysInMonth(year, month);
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(groups.day ? +groups.day : implied)}`;
  return isCivilDate(date) ? date : null;
}

const pad = (n: number): string => String(n).padStart(2, '0');
