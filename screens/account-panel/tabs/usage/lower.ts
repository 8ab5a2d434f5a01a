import type { MonthUse } from '#domain/consumption.ts';
import { formatMilli, formatMilliTo } from '#domain/quantity.ts';
import type { UsageInstallation, UsageMeter, UsageRow } from '#services/usage/list.ts';
import { columnChart } from '#ui/chart.ts';
import { line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit, wrap } from '#ui/width.ts';
import { READ_KINDS } from './columns.ts';
import type { Consumption } from './model.ts';

const LABEL = 10;

/** The registers and the meter behind a read, each with its label. */
const meterFacts = (read: UsageRow, meter: UsageMeter | undefined): (readonly [label: string, value: string])[] => {
  const facts: (readonly [string, string])[] = [
    ['Meter', meter ? meterOwnText(meter) : ''],
    ['Reading', readingText(read)],
    ['Usage', usageText(read, meter)],
    ...(meter?.installations ?? []).map((stay) => [stay.serviceCode, installationText(stay)] as const),
    ['Comment', read.comment ?? ''],
  ];
  return facts.filter(([, value]) => value !== '');
};

/** The same as plain lines of at most so many cells, for a window of its own. */
export const meterText = (read: UsageRow, meter: UsageMeter | undefined, width: number): string[] =>
  meterFacts(read, meter).flatMap(([label, value]) =>
    wrap(value, width - LABEL - 1).map((text, row) => `${fit(row === 0 ? label : '', LABEL)} ${text}`),
  );

/** The same as lines of at most `width` cells. */
export function meterLines(read: UsageRow, meter: UsageMeter | undefined, width: number, theme: Theme): string[] {
  return meterFacts(read, meter).flatMap(([label, value]): string[] => {
    const [first = '', ...more] = wrap(value, Math.max(1, width - LABEL - 1));
    const style = label === 'Comment' ? theme.warning : undefined;
    return [
      line([[fit(label, LABEL), theme.dim], ' ', [first, style]], width, theme.glyphs.ellipsis),
      ...more.map((text) => line([' '.repeat(LABEL + 1), [text, style]], width, theme.glyphs.ellipsis)),
    ];
  });
}

const meterOwnText = (meter: UsageMeter): string =>
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
  const scale = formatMilliTo(most, decimalsOf([most]));
  const room = Math.max(12, width - scale.length - 1);
  return columnChart(bars, room, height, theme).map(
    (text, row) => `${line([[fit(row === 0 ? scale : '', scale.length, 'right'), theme.dim]], scale.length)} ${text}`,
  );
}

/** Cells for the marks behind a figure: `est part`. */
const MARKS = 8;

/** Months are shares of reads by days: more decimals would only seem exact. The same for all, so that they line up. */
function decimalsOf(all: readonly number[]): number {
  const most = Math.max(...all.map(Math.abs));
  return most >= 1_000_000 ? 0 : most >= 100_000 ? 1 : 2;
}

/** The same year in figures, as plain lines: what the chart says to who cannot see it. */
export function figureLines({ months }: Consumption): string[] {
  const decimals = decimalsOf(months.flatMap(({ now, before }) => [now.useMilli ?? 0, before.useMilli ?? 0]));
  const text = ({ useMilli, estimated, partial }: MonthUse): string =>
    useMilli === null
      ? ''
      : `${formatMilliTo(useMilli, decimals)} ${fit(`${estimated ? 'est' : ''}${partial ? ' part' : ''}`.trim(), MARKS)}`;
  const change = (now: MonthUse, before: MonthUse): string => {
    if (now.useMilli === null || before.useMilli === null || before.useMilli <= 0) return '';
    const percent = Math.round(((now.useMilli - before.useMilli) * 100) / before.useMilli);
    return `${percent > 0 ? '+' : ''}${percent} %`;
  };
  const row = (month: string, now: string, before: string, by: string): string =>
    `${fit(month, 8)} ${fit(now, 19, 'right')} ${fit(before, 19, 'right')} ${fit(by, 8, 'right')}`;
  return [
    row('Month', `This year ${' '.repeat(MARKS)}`, `Last year ${' '.repeat(MARKS)}`, 'Change'),
    ...months.map(({ now, before }) => row(now.month, text(now), text(before), change(now, before))),
  ];
}

/** What the marks of the figures mean. */
export const FIGURES_KEY = 'est: some of it was estimated. part: not every day of the month is covered by reads.';
