import { Box } from 'ink';
import type { ReactNode } from 'react';
import { line, Lines, type Segment } from '../text.tsx';
import { ListTable, type ListTableProps } from './list-table.tsx';

interface ListBodyProps<P, S, R> extends ListTableProps<P, S, R> {
  /** The lines above the list: as many as its lens leaves free. */
  readonly head: readonly (readonly Segment[])[];
}

/** The body of a screen that is a list: what is shown, and below it the rows. */
export function ListBody<P, S, R>({ head, ...list }: ListBodyProps<P, S, R>): ReactNode {
  const { size, theme } = list;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Lines lines={head.map((segments) => line(segments, size.columns, theme.glyphs.ellipsis))} />
      <ListTable {...list} />
    </Box>
  );
}
