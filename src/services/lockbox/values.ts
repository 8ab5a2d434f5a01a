import { type CivilDate, isCivilDate } from '#domain/civil-date.ts';
import { type Cents, parseCents } from '#domain/money.ts';
import type { DATE_FORMATS, LockboxProfile } from './profile.ts';

const PATTERNS: Readonly<Record<(typeof DATE_FORMATS)[number], RegExp>> = {
  'YYYY-MM-DD': /^(?<y>\d{4})-(?<m>\d{2})-(?<d>\d{2})$/,
  YYYYMMDD: /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
  'MM/DD/YYYY': /^(?<m>\d{1,2})\/(?<d>\d{1,2})\/(?<y>\d{4})$/,
  MMDDYYYY: /^(?<m>\d{2})(?<d>\d{2})(?<y>\d{4})$/,
  YYMMDD: /^(?<y>\d{2})(?<m>\d{2})(?<d>\d{2})$/,
  MMDDYY: /^(?<m>\d{2})(?<d>\d{2})(?<y>\d{2})$/,
};

/** A date as a bank writes it; of two digits the year is of this century. Null when it is none. */
export function readDate(text: string, format: (typeof DATE_FORMATS)[number]): CivilDate | null {
  const { y = '', m = '', d = '' } = PATTERNS[format].exec(text.trim())?.groups ?? {};
  const date = `${y.length === 2 ? `20${y}` : y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
}

/** An amount above zero, as the profile writes amounts; null when it is none. */
export function readAmount(text: string, { amounts }: Pick<LockboxProfile, 'amounts'>): Cents | null {
  const digits = text.trim();
  const cents = amounts === 'decimal' ? parseCents(digits) : /^\d{1,15}$/.test(digits) ? Number(digits) : null;
  return cents === null || cents < 0 || !Number.isSafeInteger(cents) ? null : cents;
}
