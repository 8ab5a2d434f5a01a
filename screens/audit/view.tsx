import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { ViewProps } from '#ui/screen.ts';
import { currentRow } from '#ui/table/lens.ts';
import { ListTable } from '#ui/table/list-table.tsx';
import { line, Lines } from '#ui/text.tsx';
import { wrap } from '#ui/width.ts';
import { changeLines, facts } from './details.ts';
import { layout, lens } from './lens.ts';
import { type AuditParams, type AuditState, narrowedTo } from './model.ts';

/** What the list is narrowed to, the entries, and what changed in the one with the cursor. */
export function AuditView({ state, size, theme }: ViewProps<AuditParams | undefined, AuditState>): ReactNode {
  const { horizontal, ellipsis, name } = theme.glyphs;
  const dot = name === 'ascii' ? ' - ' : ' · ';
  const { text } = layout(size);
  const row = currentRow(lens, state);
  const words = narrowedTo(state);
  const lines = row ? changeLines(row).flatMap((one) => wrap(one, Math.max(8, size.columns - 2))) : [];
  const cut = lines.length > text ? ' (Enter shows all) ' : '';
  const rule = line(
    [
      [`${horizontal} `, theme.border],
      [row ? `${facts(row, dot)} ` : '', theme.title],
      [cut, theme.dim],
      [horizontal.repeat(size.columns), theme.border],
    ],
    size.columns,
    horizontal,
  );
  const below = Array.from({ length: text }, (_, place) => line([' ', lines[place] ?? ''], size.columns, ellipsis));
  const head = words.length === 0 ? 'All entries, newest first' : words.join(dot);
  const empty = state.next === null ? 'No entry.' : 'Nothing yet; End looks further back.';
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflow="hidden">
      <Lines lines={[line([[head, words.length === 0 ? theme.dim : theme.match]], size.columns, ellipsis)]} />
      <ListTable
        lens={lens}
        state={state}
        size={size}
        theme={theme}
        empty={state.loaded ? empty : 'Loading.'}
        {...(state.next === null ? {} : { note: 'older ones follow' })}
      />
      <Lines lines={[rule, ...below]} />
    </Box>
  );
}
