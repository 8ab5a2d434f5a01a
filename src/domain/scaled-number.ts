/** How a file writes numbers. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  /** Between groups of three digits; empty when the file has none. */
  readonly thousands: ',' | '.' | ' ' | "'" | '';
}

/** `1,234.50` */
export const PLAIN_STYLE: NumberStyle = { decimal: '.', thousands: ',' };

const CURRENCY = /^(?:[$€£¥]|[A-Z]{3}(?=\s|\d))\s*|\s*[$€£¥]$/;

interface Signed {
  readonly negative: boolean;
  readonly body: string;
}

/** Sign in any place that ledgers write it: `-5`, `5-`, `(5)`, `5 CR`. */
function takeSign(text: string): Signed {
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed) return { negative: true, body: bracketed[1]!.trim() };
  const trailing = /^(.*?)\s*(-|CR|DR)$/.exec(text);
  if (trailing) return { negative: trailing[2] !== 'DR', body: trailing[1]! };
  if (text.startsWith('-')) return { negative: true, body: text.slice(1).trim() };
  return { negative: false, body: text.startsWith('+') ? text.slice(1).trim() : text };
}

function wholeDigits(text: string, thousands: string): string | null {
  if (thousands === '' || !text.includes(thousands)) return /^\d*$/.test(text) ? text : null;
  const groups = text.split(thousands);
  const shaped = groups.every((group, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{3}$/).test(group));
  return shaped ? groups.join('') : null;
}

/**
 * A decimal number as an integer of 10^-scale, read digit by digit so that no float ever
 * holds it (`12.5` at scale 2 is 1250). Null when it is not a number in that style, when it
 * has more decimals than the scale holds (zeros aside), or is beyond 53 bits.
 */
export function parseScaled(text: string, scale: number, style: NumberStyle = PLAIN_STYLE): number | null {
  const { negative, body } = takeSign(text.trim().replace(CURRENCY, ''));
  const parts = body.replace(CURRENCY, '').split(style.decimal);
  if (parts.length > 2) return null;
  const whole = wholeDigits(parts[0]!, style.thousands);
  const fraction = parts[1] ?? '';
  if (whole === null || !/^\d*$/.test(fraction) || whole + fraction === '') return null;
  if (/[^0]/.test(fraction.slice(scale))) return null;
  const scaled = Number(`${whole}${fraction.slice(0, scale).padEnd(scale, '0')}`);
  if (!Number.isSafeInteger(scaled)) return null;
  return negative && scaled !== 0 ? -scaled : scaled;
}
