import { Box } from 'ink';
import type { ReactNode } from 'react';
import { PAPER_LABELS } from '#domain/paper-kinds.ts';
import type { CommunicationRow } from '#services/communications/rows.ts';
import type { ViewProps } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import { wrap } from '#ui/width.ts';
import { columns, timeOf } from './columns.ts';
import { BELOW, lens } from './lens.ts';
import { CHANNEL_WORDS, type CommunicationsParams, type CommunicationsState, STATUS_WORDS } from './model.ts';

/** What became of it, in a sentence. */
function fate(row: CommunicationRow): string {
  const { status, sentAt, nextTryAt, attempts } = row;
  if (status === 'sent') return `Sent ${timeOf(sentAt)}.`;
  if (status === 'queued' && attempts > 0) return `Tried ${attempts} times, next ${timeOf(nextTryAt)}.`;
  const words = STATUS_WORDS[status];
  return `${words.replace(/^./, (first) => first.toUpperCase())}.`;
}

/** What was printed and sent, and of the one with the cursor what became of it. */
export function CommunicationsView({
  state,
  size,
  theme,
}: ViewProps<CommunicationsParams | undefined, CommunicationsState>): ReactNode {
  const { ellipsis, horizontal } = theme.glyphs;
  const row = currentRow(lens, state);
  const problem = wrap(row?.problem ?? '', Math.max(8, size.columns - 2));
  const told: Segment[][] = row
    ? [
        [' ', [`${PAPER_LABELS[row.kind]} `, theme.title], row.documentName ?? ''],
        [` ${CHANNEL_WORDS[row.channel]} to `, [row.recipient, theme.title], `  ${fate(row)}`],
        [' ', [problem[0] ?? '', theme.warning]],
        [' ', [problem.slice(1).join(' '), theme.warning]],
      ]
    : [[''], [''], [''], ['']];
  const below = [[[horizontal.repeat(size.columns), theme.border]] as Segment[], ...told];
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
        empty={state.loaded ? 'Nothing was printed or sent.' : 'Loading.'}
        {...(state.status === null ? {} : { note: `only: ${STATUS_WORDS[state.status]}` })}
      />
      <Lines lines={below.map((segments) => line(segments, size.columns, ellipsis))} />
    </Box>
  );
}
