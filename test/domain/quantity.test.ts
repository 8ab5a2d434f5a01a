import { expect, test } from 'vitest';
import { formatMilli, formatMilliTo } from '#domain/quantity.ts';

test('a quantity has the decimals that it needs, or as many as asked for, rounded', () => {
  expect([4_250, 1_200_000, -5, 0].map(formatMilli)).toEqual(['4.25', '1,200', '-0.005', '0']);
  expect([4_250, 1_234_567, -5, -4_996, 0].map((milli) => formatMilliTo(milli, 2))).toEqual([
    '4.25',
    '1,234.57',
    '-0.01',
    '-5.00',
    '0.00',
  ]);
  expect([999_500, -499, 1_500].map((milli) => formatMilliTo(milli, 0))).toEqual(['1,000', '0', '2']);
});
