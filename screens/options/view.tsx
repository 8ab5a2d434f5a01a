import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { wrap } from '#ui/width.ts';
import { columns } from './columns.ts';
import { BELOW, lens } from './lens.ts';
import { type OptionsState, shown } from './model.ts';

const LABEL = 11;

/** The options, and of the one with the cursor what it means. */
export function OptionsView({ state, size, theme }: ViewProps<undefined, OptionsState>): ReactNode {
  const option = currentRow(lens, state);
  const told = (label: string, text: string, rows: number): Segment[][] => {
    const lines = wrap(text, Math.max(8, size.columns - LABEL - 1));
    return Array.from({ length: rows }, (_, row) => [
      [(row === 0 ? ` ${label}` : '').padEnd(LABEL), theme.dim],
      row === rows - 1 ? lines.slice(row).join(' ') : (lines[row] ?? ''),
    ]);
  };
  const below: Segment[][] = [
    [[theme.glyphs.horizontal.repeat(size.columns), theme.border]],
    ...told('Meaning', option?.facts.words ?? '', 2),
    ...told('Value', option ? shown(option.facts, option.value) : '', 1),
    ...told('Standard', option ? shown(option.facts, option.facts.standard) : '', 1),
    ...told('Choose', option?.facts.values.join(', ') ?? '', 1),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Table
        columns={columns}
        rows={state.rows}
        list={state.list}
        keyOf={lens.key}
        width={size.columns}
        height={Math.max(3, size.rows - BELOW)}
        theme={theme}
        empty="There are no options."
      />
      <Lines lines={below.map((segments) => line(segments, size.columns, theme.glyphs.ellipsis))} />
    </Box>
  );
}
