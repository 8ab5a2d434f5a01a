import { Box, useIsScreenReaderEnabled } from 'ink';
import type { ReactNode } from 'react';
import { line, Lines, Painted, spread, type Segment } from '#ui/text.tsx';
import { Table } from '#ui/table/table.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import type { TabViewProps } from '../../tab.ts';
import { usageColumns } from './columns.ts';
import { usageLayout, usageLens } from './lens.ts';
import { chartLegend, chartLines, figureLines, meterLines } from './lower.ts';
import { type Consumption, consumptionOf, type LowerPart, meterOf, selectedRead, type UsageState } from './model.ts';

const METER = 'Meter details';

/** Cells from which the meter and the chart stand side by side. */
const WIDE = 116;
/** Cells of the meter beside the chart, whose months need the rest. */
const BESIDE = 48;

export function UsageView({ state, size, theme }: TabViewProps<UsageState>): ReactNode {
  const { data, rows, list, scope, serviceTypeId } = state;
  const layout = usageLayout(size);
  const service = data?.services.find((one) => one.id === serviceTypeId);
  const left: Segment[] = [
    [` ${service?.name ?? 'All services'}`, theme.title],
    scope === 'location' ? ' at this location, all residents' : ' of this account',
  ];
  const right: Segment[] = data?.more ? [['older reads are left out ', theme.warning]] : [];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0} overflowY="hidden">
      <Painted text={spread(left, right, size.columns, theme.glyphs.ellipsis)} />
      <Table
        columns={usageColumns(scope)}
        rows={rows}
        list={list}
        keyOf={usageLens.key}
        width={size.columns}
        height={layout.list}
        theme={theme}
        empty={data === null ? 'Loading.' : 'No meter was ever read here.'}
      />
      <Lower state={state} width={size.columns} height={layout.lower + 1} theme={theme} />
    </Box>
  );
}

interface PartProps {
  readonly state: UsageState;
  readonly width: number;
  /** Lines in all, the rule included. */
  readonly height: number;
  readonly theme: Theme;
}

/** Below the list: the meter behind the read, the year by month, or both where there is room. */
function Lower(props: PartProps): ReactNode {
  const { state, width, height } = props;
  const reader = useIsScreenReaderEnabled();
  const consumption = consumptionOf(state);
  if (consumption && !reader && width >= WIDE) {
    return (
      <Box width={width} height={height} flexShrink={0} overflowY="hidden">
        <Box width={BESIDE} flexShrink={0}>
          <Lines lines={part({ ...props, width: BESIDE - 1 }, 'meter', null)} />
        </Box>
        <Lines lines={part({ ...props, width: width - BESIDE }, 'chart', consumption)} />
      </Box>
    );
  }
  const shown = state.lower === 'chart' && reader ? 'figures' : state.lower;
  return <Lines lines={part(props, shown, consumption)} />;
}

/** The rule with its title and the lines below it: exactly `height`. */
function part(
  { state, width, height, theme }: PartProps,
  shown: LowerPart | 'figures',
  consumption: Consumption | null,
): string[] {
  const inner = width - 2;
  const read = selectedRead(state);
  const [title, lines] =
    shown === 'meter' || consumption === null
      ? [METER, read === undefined ? [] : meterLines(read, meterOf(state, read), inner, theme)]
      : shown === 'figures'
        ? [`${consumption.service} by month, ${consumption.unit}`, figureLines(consumption)]
        : [chartLegend(consumption, theme), chartLines(consumption, inner, height - 1, theme)];
  const heading: Segment[] = typeof title === 'string' ? [[title, theme.title]] : title;
  const { horizontal, ellipsis } = theme.glyphs;
  const head = line(
    [[`${horizontal} `, theme.border], ...heading, [` ${horizontal.repeat(width)}`, theme.border]],
    width,
    horizontal,
  );
  return [head, ...Array.from({ length: height - 1 }, (_, row) => tooMany(lines, row, height - 1, ellipsis))];
}

/** A line of the part; the last place says so when there are more. */
const tooMany = (lines: readonly string[], row: number, places: number, ellipsis: string): string =>
  row === places - 1 && lines.length > places ? ` ${ellipsis}` : ` ${lines[row] ?? ''}`;
