import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines } from '#ui/text.tsx';
import { columns } from './columns.ts';
import { HEAD, lens } from './lens.ts';
import { headOf, type PenaltyRunParams, type PenaltyRunState } from './model.ts';

/** What the run is and sums up to, and its accounts. */
export function PenaltyRunView({
  state,
  size,
  theme,
}: ViewProps<PenaltyRunParams | undefined, PenaltyRunState>): ReactNode {
  const [first, second] = headOf(state);
  const { ellipsis } = theme.glyphs;
  const head = [
    line([[` ${first}`, theme.title]], size.columns, ellipsis),
    line([[` ${second}`, state.working === null ? theme.text : theme.match]], size.columns, ellipsis),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Lines lines={head} />
      <Table
        columns={columns}
        rows={state.rows}
        list={state.list}
        keyOf={lens.key}
        width={size.columns}
        height={Math.max(3, size.rows - HEAD)}
        theme={theme}
        empty={state.loaded ? 'Nobody.' : 'Loading.'}
        {...(state.next === null ? {} : { note: 'more follow' })}
      />
    </Box>
  );
}
