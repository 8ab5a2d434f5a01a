import { CARD_REFUSED, holdsCardNumber } from './card-number.ts';
import { isCivilDate } from './civil-date.ts';
import { routingProblem } from './routing-number.ts';

/** Numbers about a person that are kept sealed. */
export const SENSITIVE_KINDS = ['ssn', 'licence', 'birth-date', 'bank-account'] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

/** Those that tell one person from all others. */
export const FINDABLE_KINDS = ['ssn', 'licence', 'bank-account'] as const satisfies readonly SensitiveKind[];

/** What operators call it. */
export const SENSITIVE_NAMES: Readonly<Record<SensitiveKind, string>> = {
  ssn: 'Social security no.',
  licence: "Driver's licence no.",
  'birth-date': 'Birth date',
  'bank-account': 'Bank account no.',
};

/** What goes with it in the open: the state of a licence, the routing number of a bank account. */
export const DETAIL_NAMES: Partial<Record<SensitiveKind, string>> = {
  licence: 'State',
  'bank-account': 'Bank routing no.',
};

/** Longest text that is looked at. */
export const SENSITIVE_LONGEST = 40;

/** The value as it is sealed and compared: without what people put between digits. */
export function plainValue(kind: SensitiveKind, typed: string): string {
  const text = typed.normalize('NFKC').trim();
  if (kind === 'birth-date') return isoDate(text);
  return text.replaceAll(/[\s.\p{Pd}]/gu, '').toUpperCase();
}

/** 4/7/1961 as 1961-04-07; other texts as they are. */
const isoDate = (text: string): string =>
  text.replace(
    /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/,
    (_, month: string, day: string, year: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );

const LICENCE_LONGEST = 20;

/** What is wrong with an entered value (plain); null when nothing is. */
export function valueProblem(kind: SensitiveKind, value: string): string | null {
  if (value === '') return 'Enter it.';
  if (holdsCardNumber(value)) return CARD_REFUSED;
  if (kind === 'ssn') return ssnProblem(value);
  if (kind === 'licence') {
    if (!/^[A-Z0-9*]{4,}$/.test(value)) return 'Use at least four letters and digits.';
    return value.length > LICENCE_LONGEST ? `Use at most ${LICENCE_LONGEST} characters.` : null;
  }
  if (kind === 'birth-date') return isCivilDate(value) ? null : 'Not a date.';
  return /^\d{4,17}$/.test(value) ? null : 'A bank account number has 4 to 17 digits.';
}

/**
 * Numbers that the Social Security Administration never gives out: area 000, 666 and from 900
 * (of which the tax office makes its own), group 00, serial 0000.
 */
function ssnProblem(value: string): string | null {
  if (!/^\d{9}$/.test(value)) return 'A social security number has nine digits.';
  const [area, group, serial] = [value.slice(0, 3), value.slice(3, 5), value.slice(5)];
  const given = area !== '000' && area !== '666' && area < '900' && group !== '00' && serial !== '0000';
  return given ? null : 'This number was never given out. Check its digits.';
}

/** What is wrong with the detail that goes with a kind; null when nothing is. */
export function detailProblem(kind: SensitiveKind, detail: string): string | null {
  if (kind === 'licence') return STATES.has(detail) ? null : 'Enter the two letters of the state.';
  if (kind === 'bank-account') return routingProblem(detail);
  return detail === '' ? null : 'This takes no detail.';
}

/** Postal codes that issue licences. */
export const STATES: ReadonlySet<string> = new Set(
  (
    'AL AK AS AZ AR CA CO CT DE DC FL GA GU HI ID IL IN IA KS KY LA ME MD MA MI MN MP MS MO MT NE NV NH NJ NM NY NC ' +
    'ND OH OK OR PA PR RI SC SD TN TX UT VT VA VI WA WV WI WY'
  ).split(' '),
);

/** Shorter values would be told by their last four. */
const SHORTEST_WITH_LAST4 = 7;

/** The last four that may be shown; null where they would tell too much. */
export const lastFour = (kind: SensitiveKind, value: string): string | null =>
  kind === 'birth-date' || value.length < SHORTEST_WITH_LAST4 ? null : value.slice(-4);

const DOTS: Readonly<Record<SensitiveKind, string>> = {
  ssn: '•••-••-',
  licence: '•••••',
  'birth-date': '••••-••-••',
  'bank-account': '••••••',
};

/** What is shown in its place: dots, and the last four where they may be seen. */
export const masked = (kind: SensitiveKind, last4: string | null): string =>
  kind === 'birth-date' ? DOTS[kind] : `${DOTS[kind]}${last4 ?? '••••'}`;

/** The whole value as people write it. */
export const written = (kind: SensitiveKind, value: string): string =>
  kind === 'ssn' ? `${value.slice(0, 3)}-${value.slice(3, 5)}-${value.slice(5)}` : value;

/** Whether a free text holds nine digits written like a social security number. */
export const holdsSsn = (text: string): boolean => /(?<!\d)\d{3}[\s\p{Pd}.]?\d{2}[\s\p{Pd}.]?\d{4}(?!\d)/u.test(text);

/** Whether the whole text is grouped as social security numbers are; telephone numbers and ZIP codes are grouped otherwise. */
export const isWrittenAsSsn = (text: string): boolean => /^\d{3}[\s\p{Pd}.]\d{2}[\s\p{Pd}.]\d{4}$/u.test(text.trim());

/** Why somebody may be shown a sensitive number. */
export const REVEAL_REASONS = {
  identity: 'The customer must be identified',
  payment: 'A payment must be set right',
  collections: 'Collections or a court needs it',
  correction: 'An entry must be checked or corrected',
  audit: 'An auditor asks for it',
  other: 'Something else',
} as const;
export type RevealReason = keyof typeof REVEAL_REASONS;
