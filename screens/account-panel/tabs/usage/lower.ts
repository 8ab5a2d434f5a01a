import type { MonthUse } from '#domain/consumption.ts';
import { formatMilli } from '#domain/quantity.ts';
import type { UsageInstallation, UsageMeter, UsageRow } from '#services/usage/list.ts';
import { columnChart } from '#ui/chart.ts';
import { line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit, wrap } from '#ui/width.ts';
import { READ_KINDS } from './columns.ts';
import type { Consumption } from './model.ts';

const LABEL = 10;

/** The registers and the meter behind a read, as lines of at most `width` cells. */
export function meterLines(read: UsageRow, meter: UsageMeter | undefined, width: number, theme: Theme): string[] {
  const fact = (label: string, value: string): string[] => {
    if (value === '') return [];
    const [first = '', ...more] = wrap(value, Math.max(1, width - LABEL - 1));
    const style = label === 'Comment' ? theme.warning : undefined;
    return [
      line([[fit(label, LABEL), theme.dim], ' ', [first, style]], width, theme.glyphs.ellipsis),
      ...more.map((text) => line([' '.repeat(LABEL + 1), [text, style]], width, theme.glyphs.ellipsis)),
    ];
  };
  return [
    ...fact('Meter', meter ? meterText(meter) : ''),
    ...fact('Reading', readingText(read)),
    ...fact('Usage', usageText(read, meter)),
    ...(meter?.installations ?? []).flatMap((stay) => fact(stay.serviceCode, installationText(stay))),
    ...fact('Comment', read.comment ?? ''),
  ];
}

const meterText = (meter: UsageMeter): string =>
  [
    meter.number,
    meter.make,
    meter.size === null ? null : `size ${meter.size}`,
    `${meter.dials} dials`,
    `multiplier ${formatMilli(meter.multiplierMilli)}`,
    meter.unit,
  ]
    .filter((part) => part !== null && part !== '')
    .join('  ');

function readingText(read: UsageRow): string {
  const now = read.readingMilli === null ? 'no register kept' : formatMilli(read.readingMilli);
  const before =
    read.previousMilli === null
      ? ''
      : `, previous ${formatMilli(read.previousMilli)}${read.previousOn === null ? '' : ` on ${read.previousOn}`}`;
  const since = read.previousMilli === null && read.previousOn !== null ? `, since ${read.previousOn}` : '';
  return `${now} on ${read.readOn} (${READ_KINDS[read.kind].toLowerCase()})${before}${since}`;
}

/** How the usage follows from the registers, where it does; a rollover or an exchange is not a plain difference. */
function usageText(read: UsageRow, meter: UsageMeter | undefined): string {
  const { unit, readingMilli, previousMilli, usageMilli, billedMilli, adjustedMilli } = read;
  const plain =
    meter !== undefined &&
    readingMilli !== null &&
    previousMilli !== null &&
    Math.round(((readingMilli - previousMilli) * meter.multiplierMilli) / 1000) === usageMilli;
  const from = plain
    ? ` = (${formatMilli(readingMilli)} - ${formatMilli(previousMilli)}) x ${formatMilli(meter.multiplierMilli)}`
    : '';
  const adjusted = adjustedMilli === 0 ? '' : `, adjusted by ${formatMilli(adjustedMilli)}`;
  return `${formatMilli(usageMilli)} ${unit}${from}; billed ${formatMilli(billedMilli)}${adjusted}`;
}

function installationText(stay: UsageInstallation): string {
  const removed =
    stay.removedOn === null
      ? ''
      : `, removed ${stay.removedOn}${stay.removeReadMilli === null ? '' : ` at ${formatMilli(stay.removeReadMilli)}`}`;
  const transmitter = stay.transmitter === null ? '' : `, transmitter ${stay.transmitter}`;
  return `installed ${stay.installedOn} at ${formatMilli(stay.installReadMilli)}${removed}${transmitter}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const nameOf = ({ month }: MonthUse): string => MONTHS[+month.slice(5, 7) - 1]!;

/** What the signs of the chart mean, for the rule above it. */
export function chartLegend({ service, unit, months }: Consumption, theme: Theme): Segment[] {
  const [first, last] = [months[0]!.now.month, months.at(-1)!.now.month];
  return [
    [`${service}, ${unit}, ${first}..${last} `, theme.title],
    [theme.glyphs.bar, theme.info],
    ' this year ',
    [theme.glyphs.halfBar, theme.dim],
    ' last year ',
    ['* estimated', theme.warning],
  ];
}

/** A year of consumption by month beside the year before, as columns. */
export function chartLines({ months }: Consumption, width: number, height: number, theme: Theme): string[] {
  const bars = months.map(({ now, before }) => ({
    label: `${nameOf(now)}${now.estimated ? '*' : ''}`,
    value: Math.max(0, now.useMilli ?? 0),
    before: Math.max(0, before.useMilli ?? 0),
  }));
  const most = Math.max(0, ...bars.flatMap((bar) => [bar.value, bar.before]));
  const scale = formatMilli(most);
  const room = Math.max(12, width - scale.length - 1);
  return columnChart(bars, room, height, theme).map(
    (text, row) => `${line([[fit(row === 0 ? scale : '', scale.length, 'right'), theme.dim]], scale.length)} ${text}`,
  );
}

/** The same year in figures, as plain lines: what the chart says to who cannot see it. */
export function figureLines({ months }: Consumption): string[] {
  const text = ({ useMilli, estimated, partial }: MonthUse): string =>
    useMilli === null ? '' : `${formatMilli(useMilli)}${estimated ? ' est' : ''}${partial ? ' part' : ''}`;
  const change = (now: MonthUse, before: MonthUse): string => {
    if (now.useMilli === null || before.useMilli === null || before.useMilli <= 0) return '';
    const percent = Math.round(((now.useMilli - before.useMilli) * 100) / before.useMilli);
    return `${percent > 0 ? '+' : ''}${percent} %`;
  };
  const row = (month: string, now: string, before: string, by: string): string =>
    `${fit(month, 8)} ${fit(now, 18, 'right')} ${fit(before, 18, 'right')} ${fit(by, 9, 'right')}`;
  return [
    row('Month', 'This year', 'Last year', 'Change'),
    ...months.map(({ now, before }) => row(now.month, text(now), text(before), change(now, before))),
  ];
}

/** What the marks of the figures mean. */
export const FIGURES_KEY = 'est: some of it was estimated. part: not every day of the month is covered by reads.';
