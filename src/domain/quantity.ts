/**
 * A quantity kept in thousandths, with no more decimals than it needs and thousands groups:
 * `4.25`, `1,200`, `-0.005`.
 */
export function formatMilli(milli: number): string {
  const abs = Math.abs(milli);
  const whole = String(Math.floor(abs / 1000)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const decimals = String(abs % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  return `${milli < 0 ? '-' : ''}${whole}${decimals === '' ? '' : `.${decimals}`}`;
}
