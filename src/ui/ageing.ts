import type { Segment } from './text.tsx';
import { segmentsWidth } from './text.tsx';
import type { Style, Theme } from './theme/tokens.ts';
import { money } from './money.ts';

/** Sums by days past due, cents. */
export type AgeingSums = Readonly<
  Record<'current' | 'days30' | 'days60' | 'days90' | 'older', { readonly cents: number }>
>;

const SHORT = [
  ['current', 'Current'],
  ['days30', '30'],
  ['days60', '60'],
  ['days90', '90'],
  ['older', 'Older'],
] as const;

/** Open debts by days past due on one line, then open credit: for any service, and of one service each. */
export function ageingLine(
  sums: AgeingSums | undefined,
  credit: { readonly openCents: number; readonly serviceCents: number },
  theme: Theme,
  width: number,
): Segment[] {
  const figure = (label: string, cents: number, style: Style | undefined): Segment[] => [
    [`${label} `, theme.dim],
    [`${money(cents)}  `, cents === 0 ? theme.dim : style],
  ];
  const figures = [
    ...SHORT.flatMap(([name, label]) =>
      figure(label, sums?.[name].cents ?? 0, name === 'current' ? theme.text : theme.warning),
    ),
    ...(credit.openCents === 0 ? [] : figure('OC', credit.openCents, theme.good)),
    ...(credit.serviceCents === 0 ? [] : figure('SOC', credit.serviceCents, theme.good)),
  ];
  const titled: Segment[] = [[' Ageing: ', theme.dim], ...figures];
  return segmentsWidth(titled) <= width ? titled : [' ', ...figures];
}
