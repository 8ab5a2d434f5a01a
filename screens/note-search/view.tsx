import { Box } from 'ink';
import type { ReactNode } from 'react';
import { matchStretches, searchWords } from '#domain/matching.ts';
import type { ViewProps } from '#ui/screen.ts';
import { SearchBox } from '#ui/search-box/search-box.tsx';
import { currentRow } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { wrap } from '#ui/width.ts';
import { lens } from './lens.ts';
import type { NoteSearchParams, NoteSearchState } from './model.ts';

const LABEL = 'Words in notes ';

/** A line with what was found standing out. */
function lit(text: string, words: readonly string[], theme: Theme): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const [from, to] of matchStretches(words, text, true)) {
    segments.push(text.slice(at, from), [text.slice(from, to), theme.match]);
    at = to;
  }
  return [...segments, text.slice(at)];
}

/** The text box, the notes found, and the text around what was found in the one with the cursor. */
export function NoteSearchView({
  state,
  size,
  theme,
}: ViewProps<NoteSearchParams | undefined, NoteSearchState>): ReactNode {
  const { ellipsis, horizontal } = theme.glyphs;
  const note = currentRow(lens, state);
  const words = searchWords(state.answered);
  const text = wrap(note?.excerpt ?? '', Math.max(8, size.columns - 2));
  const below = [
    line([[horizontal.repeat(size.columns), theme.border]], size.columns),
    ...[0, 1].map((row) => line([' ', ...lit(text[row] ?? '', words, theme)], size.columns, ellipsis)),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <SearchBox label={LABEL} state={state} width={size.columns} theme={theme} />
      <ListTable
        lens={lens}
        state={state}
        size={size}
        theme={theme}
        empty={state.answered === '' ? 'Type words, or how they begin.' : 'No note holds all of these words.'}
        {...(state.next === null ? {} : { note: 'older ones follow' })}
      />
      <Lines lines={below} />
    </Box>
  );
}
