import { Box } from 'ink';
import type { ReactNode } from 'react';
import { matchStretches, searchWords } from '#domain/matching.ts';
import { Field } from '#ui/field/field.tsx';
import type { ViewProps } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { Line, line, Lines, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { wrap } from '#ui/width.ts';
import { lens } from './lens.ts';
import type { NoteSearchParams, NoteSearchState } from './model.ts';

const LABEL = 'Words in notes ';
const WIDEST_FIELD = 60;

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
  const field = Math.max(8, Math.min(WIDEST_FIELD, size.columns - LABEL.length - 1));
  const note = currentRow(lens, state);
  const words = searchWords(state.answered);
  const text = wrap(note?.excerpt ?? '', Math.max(8, size.columns - 2));
  const below = [
    line([[horizontal.repeat(size.columns), theme.border]], size.columns),
    ...[0, 1].map((row) => line([' ', ...lit(text[row] ?? '', words, theme)], size.columns, ellipsis)),
  ];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Box height={1} width={size.columns}>
        <Box width={LABEL.length} flexShrink={0}>
          <Line segments={[[LABEL, state.typing ? theme.key : theme.dim]]} width={LABEL.length} />
        </Box>
        <Box width={field} flexShrink={0}>
          <Field state={state.typed} width={field} theme={theme} active={state.typing} />
        </Box>
      </Box>
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
