/** Money is an integer number of cents. */
export type Cents = number;

/** Two decimals and thousands groups: `-1,234.50`. */
export function formatCents(cents: Cents): string {
  const abs = Math.abs(cents);
  const whole = String(Math.floor(abs / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${cents < 0 ? '-' : ''}${whole}.${String(abs % 100).padStart(2, '0')}`;
}

/**
 * Cents from what a person or a file wrote: `12`, `12.5`, `1,200`, `-3.05`, `(4.10)`, `$7`.
 * Null when it is not an amount, has more than two decimals or is beyond ±90 trillion.
 */
export function parseCents(text: string): Cents | null {
  const trimmed = text.trim();
  const bracketed = /^\((.*)\)$/.exec(trimmed);
  const match = /^([+-]?)\$?(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d{0,2}))?$/.exec(bracketed ? bracketed[1]! : trimmed);
  if (!match || (match[2] === '' && !match[3])) return null;
  const cents = Number(match[2]!.replaceAll(',', '')) * 100 + Number((match[3] ?? '').padEnd(2, '0'));
  if (!Number.isSafeInteger(cents)) return null;
  const negative = (match[1] === '-') !== Boolean(bracketed);
  return negative && cents !== 0 ? -cents : cents;
}
