import { formatCents, type Cents } from '#domain/money.ts';
import type { Tone } from './theme/themes.ts';

/** `1,234.50`, and nothing for no amount. */
export const money = (cents: Cents | null | undefined): string =>
  cents === null || cents === undefined ? '' : formatCents(cents);

/** Credits in the accountant's way at the end, so that the digits stay in their column: `12.00 CR`. */
export const moneyWithCredit = (cents: Cents): string =>
  cents < 0 ? `${formatCents(-cents)} CR` : `${formatCents(cents)}   `;

/** Owed past its due date is bad, credit is good, and nothing needs no attention. */
export const moneyTone = (cents: Cents, overdue = false): Tone => {
  if (cents < 0) return 'good';
  return overdue && cents > 0 ? 'bad' : 'text';
};

/** A count as people read it: `12,345`. */
export const count = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** A count with what is counted: `1 item`, `1,200 items`. */
export const counted = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;
