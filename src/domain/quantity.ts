/**
 * A quantity kept in thousandths, with no more decimals than it needs and thousands groups:
 * `4.25`, `1,200`, `-0.005`.
 */
export function formatMilli(milli: number): string {
  const [whole, decimals] = parts(milli);
  const needed = decimals.replace(/0+$/, '');
  return `${whole}${needed === '' ? '' : `.${needed}`}`;
}

/** The same rounded to so many decimals (0 to 3), all of them shown: `4.30`, `1,200`. */
export function formatMilliTo(milli: number, count: number): string {
  const unit = 10 ** (3 - count);
  // Away from zero at the half, as with money; no minus before nothing.
  const rounded = Math.sign(milli) * Math.round(Math.abs(milli) / unit) * unit || 0;
  const [whole, decimals] = parts(rounded);
  return count === 0 ? whole : `${whole}.${decimals.slice(0, count)}`;
}

/** With thousands groups, and the three decimals. */
function parts(milli: number): [whole: string, decimals: string] {
  const abs = Math.abs(milli);
  const whole = String(Math.floor(abs / 1000)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return [`${milli < 0 ? '-' : ''}${whole}`, String(abs % 1000).padStart(3, '0')];
}
