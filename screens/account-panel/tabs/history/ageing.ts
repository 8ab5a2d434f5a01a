import type { BucketName } from '#domain/ageing.ts';
import { type Cents, formatCents } from '#domain/money.ts';
import type { Segment } from '#ui/text.tsx';
import { segmentsWidth } from '#ui/text.tsx';
import type { Style, Theme } from '#ui/theme/tokens.ts';
import type { HistoryState } from './model.ts';

const SHORT: readonly (readonly [name: BucketName, label: string])[] = [
  ['current', 'Current'],
  ['days30', '30'],
  ['days60', '60'],
  ['days90', '90'],
  ['older', 'Older'],
];

/** What is open by days past due: of the account, or in the view of a service of that service. */
export function ageingSegments({ ageing, picked }: HistoryState, theme: Theme, width: number): Segment[] {
  if (ageing === null) return [' '];
  const ofService = picked.view === 'service';
  const one = ageing.services.find(({ serviceTypeId }) => serviceTypeId === picked.serviceTypeId)?.ageing;
  const shown = ofService ? one : ageing.total;
  const figure = (label: string, cents: Cents, style: Style | undefined): Segment[] => [
    [`${label} `, theme.dim],
    [`${formatCents(cents)}  `, cents === 0 ? theme.dim : style],
  ];
  const buckets = SHORT.flatMap(([name, label]) =>
    figure(label, shown?.[name].cents ?? 0, name === 'current' ? theme.text : theme.warning),
  );
  const general = ofService ? 0 : ageing.openCreditCents;
  const tied = ofService ? (one?.credit ?? 0) : ageing.serviceCreditCents;
  const credit = [
    ...(general === 0 ? [] : figure('OC', general, theme.good)),
    ...(tied === 0 ? [] : figure('SOC', tied, theme.good)),
  ];
  const title: Segment[] = [[' Ageing: ', theme.dim]];
  const whole = [...title, ...buckets, ...credit];
  return segmentsWidth(whole) <= width ? whole : [' ', ...buckets, ...credit];
}
