import type { ReactNode } from 'react';
import { formatCents } from '#domain/money.ts';
import { Box } from 'ink';
import { Panel } from '#ui/panel.tsx';
import { line, Lines, Painted, spread, type Segment } from '#ui/text.tsx';
import { Table } from '#ui/table/table.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import type { TabViewProps } from '../../tab.ts';
import { balanceText, shownColumns } from './columns.ts';
import { ageingSegments } from './ageing.ts';
import type { DetailsLine } from './details.ts';
import { chromeRows } from './chrome.ts';
import { historyLens } from './lens.ts';
import { headingOf, type HistoryState } from './model.ts';
import { pageTitle } from './pages.ts';
import { topPage, windowLines, windowPlace } from './window.ts';

/** Sums of the view in the status line; short, for 80 columns. */
function totalsNote({ totals, waitingCents, waitingTaxed, scope }: HistoryState): string | undefined {
  if (totals === null) return undefined;
  const unposted =
    totals.unpostedCount === 0 ? '' : `, U ${totals.unpostedCount}: ${formatCents(totals.unpostedCents)}`;
  const next = `, next bill ${formatCents(waitingCents)}${waitingTaxed ? ' + tax' : ''}`;
  const waiting = waitingCents === 0 || scope !== 'account' ? '' : next;
  return `charges ${formatCents(totals.chargesCents)}, credits ${formatCents(totals.creditsCents)}${unposted}${waiting}`;
}

export function HistoryViewOf({ state, size, theme }: TabViewProps<HistoryState>): ReactNode {
  if (state.details !== null) return <DetailsWindow state={state} size={size} theme={theme} />;
  const { scope, standing, list, rows, totals, loaded } = state;
  const { what, whose, day } = headingOf(state);
  const left: Segment[] = [[` ${what}`, theme.title], whose, [day, theme.warning]];
  const balance: Segment[] = [[`${balanceText(standing)} `, theme.title]];
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} flexShrink={0} overflowY="hidden">
      <Painted text={spread(left, balance, size.columns, theme.glyphs.ellipsis)} />
      {chromeRows(size) > 1 && (
        <Painted text={line(ageingSegments(state, theme, size.columns), size.columns, theme.glyphs.ellipsis)} />
      )}
      <Table
        columns={shownColumns(scope, size.columns)}
        rows={rows}
        list={list}
        keyOf={historyLens.key}
        width={size.columns}
        height={size.rows - chromeRows(size)}
        theme={theme}
        total={totals?.count ?? rows.length}
        empty={loaded ? 'No transactions.' : 'Loading.'}
        {...(totalsNote(state) === undefined ? {} : { note: totalsNote(state)! })}
      />
    </Box>
  );
}

function DetailsWindow({
  state,
  size,
  theme,
}: Pick<TabViewProps<HistoryState>, 'state' | 'size' | 'theme'>): ReactNode {
  const details = state.details!;
  const lines = windowLines(details, size);
  const at = windowPlace(details, lines.length, size);
  const inside = Math.max(1, size.rows - 2);
  const cells = size.columns - 4;
  const painted = Array.from({ length: inside }, (_, row) => {
    const shown = lines[at.top + row];
    return shown === undefined ? ' ' : paintLine(shown, at.top + row === at.cursor, cells, theme);
  });
  const depth = details.trail.length > 1 ? `${details.trail.length - 1} back` : '';
  return (
    <Panel title={pageTitle(topPage(details).page)} right={depth} width={size.columns} height={size.rows} theme={theme}>
      <Lines lines={painted} />
    </Panel>
  );
}

function paintLine({ parts, target }: DetailsLine, current: boolean, cells: number, theme: Theme): string {
  const margin: Segment = [current ? theme.glyphs.cursor : ' ', theme.key];
  const arrow: Segment = [target ? theme.glyphs.right : ' ', theme.key];
  const segments = parts.map((part, index): Segment => {
    const [text, style] = typeof part === 'string' ? [part, undefined] : [part[0], theme[part[1]]];
    return [text, current && target && index === 0 ? theme.selected : style];
  });
  return line([margin, arrow, ' ', ...segments], cells, theme.glyphs.ellipsis);
}
