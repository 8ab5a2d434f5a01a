import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { wrap } from '#ui/width.ts';
import { TABLES_ALONE, TABLES_BESIDE } from './columns.ts';
import { BELOW, codes, currentEntry, shownTable, tables } from './lens.ts';
import { isWide, LEFT, type SetupParams, type SetupState } from './model.ts';

type Props = ViewProps<SetupParams | undefined, SetupState>;

function TablesPane({ state, size, theme }: Pick<Props, 'state' | 'size' | 'theme'>): ReactNode {
  return (
    <Table
      columns={isWide(size) ? TABLES_BESIDE : TABLES_ALONE}
      rows={state.entries}
      list={state.tables}
      keyOf={tables.key}
      width={isWide(size) ? LEFT : size.columns}
      height={tables.height(size, state)}
      theme={theme}
      active={state.pane === 'tables'}
      empty={state.loaded ? 'There are no tables.' : 'Loading.'}
    />
  );
}

function CodesPane({ state, size, theme }: Pick<Props, 'state' | 'size' | 'theme'>): ReactNode {
  const table = shownTable(state);
  return (
    <Table
      columns={codes.columns(state)}
      rows={state.rows}
      list={state.codes}
      keyOf={codes.key}
      width={isWide(size) ? size.columns - LEFT - 2 : size.columns}
      height={codes.height(size, state)}
      theme={theme}
      active={state.pane === 'codes'}
      empty={table ? `There is no ${table.one} yet. a adds one.` : 'Enter opens its screen.'}
    />
  );
}

/** The tables and their codes: side by side where there is room, one at a time otherwise. */
export function SetupView({ state, size, theme }: Props): ReactNode {
  const table = shownTable(state);
  const words = state.pane === 'codes' && table ? table.words : (currentEntry(state)?.words ?? '');
  const order = table?.orderWords && state.pane === 'codes' ? ` Their order is ${table.orderWords}.` : '';
  const said = wrap(words + order, Math.max(8, size.columns - 2));
  const below: Segment[][] = [
    [[theme.glyphs.horizontal.repeat(size.columns), theme.border]],
    ...Array.from({ length: BELOW - 1 }, (_, row): Segment[] => [
      [` ${row === BELOW - 2 ? said.slice(row).join(' ') : (said[row] ?? '')}`, theme.dim],
    ]),
  ];
  const bar = Array.from({ length: tables.height(size, state) }, () =>
    line([' ', [theme.glyphs.vertical, theme.border]], 2),
  );
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      {isWide(size) ? (
        <Box>
          <TablesPane state={state} size={size} theme={theme} />
          <Box width={2} flexDirection="column">
            <Lines lines={bar} />
          </Box>
          <CodesPane state={state} size={size} theme={theme} />
        </Box>
      ) : state.pane === 'tables' ? (
        <TablesPane state={state} size={size} theme={theme} />
      ) : (
        <CodesPane state={state} size={size} theme={theme} />
      )}
      <Lines lines={below.map((segments) => line(segments, size.columns, theme.glyphs.ellipsis))} />
    </Box>
  );
}
