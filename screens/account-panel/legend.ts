import type { LegendEntry } from '#ui/screen.ts';
import { KINDS } from './dashboard/facts.ts';
import type { PanelState } from './model.ts';

/** Badges that can stand on the cards; those of special conditions carry their own text. */
const BADGES: readonly LegendEntry[] = [
  { sign: '[BAL OK]', meaning: 'Balance – Current: nothing is past due' },
  { sign: '[PAST DUE]', meaning: 'Balance – Past Due' },
  { sign: '[SHUTOFF 11-25]', meaning: 'Balance – Shutoff: past due, service ends on that day' },
  { sign: '[ST OK]', meaning: 'Account Status – Current' },
  { sign: '[IS OFF]', meaning: 'Account Status – Shutoff: service is shut off' },
  { sign: '[ARR]', meaning: 'On Arrangement: a payment arrangement is in place' },
  { sign: '[BK]', meaning: 'Bankruptcy' },
  { sign: '[PRIVATE]', meaning: 'Private: for administrators only' },
  { sign: '[NO CHK]', meaning: 'No Checks: checks are not accepted' },
  { sign: '[NO PAY]', meaning: 'No Payments: no payment is accepted' },
  { sign: '[AUTO:DRAFT]', meaning: 'Automatic Payments – Bank draft' },
  { sign: '[AUTO:CARD]', meaning: 'Automatic Payments – Credit card' },
  { sign: '[BAD DEBT]', meaning: 'Bad Debt: an uncollectable balance was written off' },
  { sign: '[COLL]', meaning: 'Collections: the debt is with an agency' },
  { sign: '[BUDGET]', meaning: 'Budget Billing' },
  { sign: '[EBILL]', meaning: 'Email Bills' },
  { sign: '[WEB]', meaning: 'Web User: registered on the customer web site' },
  { sign: '[SO 2]', meaning: 'Open Service Order, and how many' },
  { sign: '[LIEN]', meaning: 'On Lien' },
];

const MARKS: readonly LegendEntry[] = [
  { sign: 'U', meaning: 'Beside a payment: not posted yet' },
  { sign: 'G', meaning: 'Beside a date: a grace note is in force' },
];

/** Every sign of the panel: those on the screen first, with what they say of this account. */
export function legendOf({ panel }: PanelState): LegendEntry[] {
  const shown = [...(panel?.customerBadges ?? []), ...(panel?.locationBadges ?? [])].map((badge) => ({
    sign: `[${badge.text}]`,
    meaning: `${badge.name}. ${badge.explanation}`,
  }));
  const known = new Set(shown.map(({ sign }) => sign));
  return [
    ...shown,
    ...MARKS,
    ...Object.values(KINDS).map((kind) => ({ sign: kind.unicode, meaning: `${kind.word} (before the name)` })),
    ...BADGES.filter(({ sign }) => !known.has(sign)),
  ];
}
