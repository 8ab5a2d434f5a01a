import { Box } from 'ink';
import type { ReactNode } from 'react';
import { line, Lines } from '#ui/text.tsx';
import { Table } from '#ui/table/table.tsx';
import { cellWidth, truncate } from '#ui/width.ts';
import type { TabViewProps } from '../../tab.ts';
import { noteColumns } from './columns.ts';
import { notesLayout, notesLens } from './lens.ts';
import { type NotesState, selectedNote, textTop } from './model.ts';
import { filterWords, highlighted, noteFacts, noteLines } from './text.ts';

/** The notes in a list; below it the text of the one with the cursor. */
export function NotesView({ state, size, theme }: TabViewProps<NotesState>): ReactNode {
  const layout = notesLayout(size, state);
  const note = selectedNote(state);
  const { horizontal, ellipsis } = theme.glyphs;
  const lines = noteLines(note, size.columns - 2);
  const top = Math.max(0, Math.min(textTop(state, note), lines.length - layout.text));
  const words = filterWords(state.list.filter);
  const more =
    lines.length > layout.text ? ` ${top + 1}-${Math.min(lines.length, top + layout.text)}/${lines.length}` : '';
  // What there is no room for is read whole with z.
  const room = size.columns - 3 - cellWidth(more);
  const facts = note === undefined ? '' : `${truncate(noteFacts(note), room, ellipsis)}${more} `;
  const rule = line(
    [
      [`${horizontal} `, theme.border],
      [facts, theme.title],
      [horizontal.repeat(size.columns), theme.border],
    ],
    size.columns,
    horizontal,
  );
  const text = Array.from({ length: layout.text }, (_, row) =>
    line([' ', ...highlighted(lines[top + row] ?? '', words, theme)], size.columns, ellipsis),
  );
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0} overflowY="hidden">
      <Table
        columns={noteColumns}
        rows={state.rows}
        list={state.list}
        keyOf={notesLens.key}
        width={size.columns}
        height={layout.list}
        theme={theme}
        empty={state.loaded ? 'No notes.' : 'Loading.'}
      />
      <Lines lines={[rule, ...text]} />
    </Box>
  );
}
