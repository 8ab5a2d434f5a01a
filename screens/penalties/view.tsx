import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines } from '#ui/text.tsx';
import { columns } from './columns.ts';
import { HEAD, lens } from './lens.ts';
import type { PenaltiesState } from './model.ts';

/** The runs, the newest first. */
export function PenaltiesView({ state, size, theme }: ViewProps<undefined, PenaltiesState>): ReactNode {
  const open = state.rows.filter(({ status }) => status === 'calculated' || status === 'posting').length;
  const head = state.working ?? (open === 0 ? 'No run waits.' : `${open} to be reviewed and posted`);
  const tone = state.working === null ? theme.dim : theme.match;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Lines lines={[line([[` ${head}`, tone]], size.columns, theme.glyphs.ellipsis)]} />
      <Table
        columns={columns}
        rows={state.rows}
        list={state.list}
        keyOf={lens.key}
        width={size.columns}
        height={Math.max(3, size.rows - HEAD)}
        theme={theme}
        empty={state.loaded ? 'There are no penalty runs. n calculates one.' : 'Loading.'}
      />
    </Box>
  );
}
