import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines } from '#ui/text.tsx';
import { columns } from './columns.ts';
import { HEAD, lens } from './lens.ts';
import type { DepositsState } from './model.ts';

/** Deposits by their rules of refund. */
export function DepositsView({ state, size, theme }: ViewProps<undefined, DepositsState>): ReactNode {
  const head = state.all ? 'Deposits that are given back by their rules, and when not' : 'Deposits to be given back';
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Lines lines={[line([[` ${head}`, theme.title]], size.columns, theme.glyphs.ellipsis)]} />
      <Table
        columns={columns}
        rows={state.rows}
        list={state.list}
        keyOf={lens.key}
        width={size.columns}
        height={Math.max(3, size.rows - HEAD)}
        theme={theme}
        empty={state.loaded ? 'None.' : 'Loading.'}
        {...(state.next === null ? {} : { note: 'more follow' })}
      />
    </Box>
  );
}
