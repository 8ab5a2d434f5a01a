import type { ReactNode } from 'react';
import { Box } from 'ink';
import type { ViewProps } from '#ui/screen.ts';
import { SearchBox } from '#ui/search-box/search-box.tsx';
import { Table } from '#ui/table/table.tsx';
import { Line, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { columns, foundBy } from './columns.ts';
import { HEAD } from './lens.ts';
import { browsedOrder, keyOfRow, type LookUpParams, type LookUpState, ORDER_TITLES } from './model.ts';

const LABEL = 'Look for ';

/** The text box, the list's order and filters below it, and the list. */
export function LookUpView({ state, size, theme }: ViewProps<LookUpParams | undefined, LookUpState>): ReactNode {
  const browsing = browsedOrder(state) !== null;
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflowY="hidden">
      <SearchBox label={LABEL} state={state} width={size.columns} theme={theme} />
      <Line segments={narrowedTo(state, theme)} width={size.columns} ellipsis={theme.glyphs.ellipsis} />
      <Table
        columns={columns}
        rows={state.rows}
        list={state.list}
        keyOf={keyOfRow}
        width={size.columns}
        height={Math.max(3, size.rows - HEAD)}
        theme={theme}
        uncounted={browsing}
        empty={emptyText(state)}
        note={noteOf(state)}
      />
    </Box>
  );
}

/** While filters let nothing through yet, the list is still being searched. */
function emptyText({ answered, ahead, behind }: LookUpState): string {
  if (answered < 0) return '';
  return ahead !== null || behind !== null ? 'Searching…' : 'Nothing is found. Try fewer letters, or another word.';
}

/** `by name from here on · current · cycle 02`. */
function narrowedTo(state: LookUpState, theme: Theme): Segment[] {
  const order = browsedOrder(state);
  const dot = theme.glyphs.name === 'ascii' ? ' - ' : ' · ';
  const what = order === null ? 'best match first' : `all accounts by ${ORDER_TITLES[order].toLowerCase()}`;
  const filters = state.labels.map(({ label }) => label).join(dot);
  const begun = order !== null && state.typed.text.trim() !== '' ? ', from what is typed' : '';
  return [
    [`${' '.repeat(LABEL.length)}${what}${begun}`, theme.dim],
    filters === '' ? '' : [`${dot}only ${filters}`, theme.match],
  ];
}

/** What the row under the cursor was found by, and what else there is to say of the list. */
function noteOf(state: LookUpState): string {
  const row = state.rows[state.list.cursor];
  const more = state.ahead !== null || state.behind !== null ? moreOf(state) : '';
  return [row ? foundBy(row) && `found by ${foundBy(row)}` : '', more, state.note].filter(Boolean).join(', ');
}

const moreOf = ({ ahead, behind }: LookUpState): string =>
  ahead !== null && behind !== null ? 'more above and below' : ahead !== null ? 'more below' : 'more above';
