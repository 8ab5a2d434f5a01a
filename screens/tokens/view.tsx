import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { wrap } from '#ui/width.ts';
import { BELOW, lens } from './lens.ts';
import { rightsOf, type TokensState } from './model.ts';

const LABEL = 9;
const ROWS = BELOW - 1;

/** The tokens, and what the one with the cursor may do. */
export function TokensView({ state, size, theme }: ViewProps<undefined, TokensState>): ReactNode {
  const token = currentRow(lens, state);
  const rights = wrap(token ? rightsOf(token) : '', Math.max(8, size.columns - LABEL - 1));
  const below: Segment[][] = [
    [[theme.glyphs.horizontal.repeat(size.columns), theme.border]],
    ...Array.from({ length: ROWS }, (_, row): Segment[] => [
      [(row === 0 && token ? ' Rights' : '').padEnd(LABEL), theme.dim],
      row === ROWS - 1 ? rights.slice(row).join(' ') : (rights[row] ?? ''),
    ]),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <ListTable lens={lens} state={state} size={size} theme={theme} empty="There are no access tokens." />
      <Lines lines={below.map((segments) => line(segments, size.columns, theme.glyphs.ellipsis))} />
    </Box>
  );
}
