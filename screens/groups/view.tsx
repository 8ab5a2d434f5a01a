import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { wrap } from '#ui/width.ts';
import { lens } from './lens.ts';
import { customersOf, type GroupsState, rightsOf } from './model.ts';

const LABEL = 11;

/** The groups, and what the one with the cursor lets its members do. */
export function GroupsView({ state, size, theme }: ViewProps<undefined, GroupsState>): ReactNode {
  const group = currentRow(lens, state);
  const told = (label: string, text: string, rows: number): Segment[][] => {
    const lines = wrap(text, Math.max(8, size.columns - LABEL - 1));
    return Array.from({ length: rows }, (_, row) => [
      [(row === 0 ? ` ${label}` : '').padEnd(LABEL), theme.dim],
      row === rows - 1 ? lines.slice(row).join(' ') : (lines[row] ?? ''),
    ]);
  };
  const below: Segment[][] = [
    [[theme.glyphs.horizontal.repeat(size.columns), theme.border]],
    ...told('About', group?.description ?? group?.name ?? '', 1),
    ...told('Users', group ? group.members.join(', ') || 'nobody' : '', 1),
    ...told('Customers', group ? customersOf(group) : '', 1),
    ...told('Rights', group ? rightsOf(group) : '', 2),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <ListTable lens={lens} state={state} size={size} theme={theme} empty="There are no groups." />
      <Lines lines={below.map((segments) => line(segments, size.columns, theme.glyphs.ellipsis))} />
    </Box>
  );
}
