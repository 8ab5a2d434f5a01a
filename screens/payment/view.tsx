import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { LookupRow } from '#services/lookup/find.ts';
import type { ViewProps } from '#ui/screen.ts';
import { money } from '#ui/money.ts';
import { Table } from '#ui/table/table.tsx';
import { line, Lines } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit } from '#ui/width.ts';
import { CARD_ROWS, cardLines } from './card.ts';
import { detailLines } from './details.ts';
import { findLine, methodLine, modeLine, saidLine, tenderLine } from './entry-lines.ts';
import { detailOf, detailRows, ENTRY_ROWS, listRows } from './layout.ts';
import { columns, lens } from './lens.ts';
import { isBegun, type PaymentParams, type PaymentState } from './model.ts';

const MONEY = 12;

/** An account found: number, name, address, balance. */
function hitLine(row: LookupRow, chosen: boolean, width: number, theme: Theme): string {
  const text = [
    fit(row.accountNumber ?? '', 12),
    fit(row.customerName ?? '', 24),
    fit([row.line1, row.city].filter(Boolean).join(', '), Math.max(8, width - 2 - 12 - 24 - MONEY - 6)),
    fit(money(row.balanceCents), MONEY, 'right'),
  ].join('  ');
  return line(
    [[chosen ? theme.glyphs.cursor : ' ', theme.key], ' ', [text, chosen ? theme.selected : theme.text]],
    width,
  );
}

/** What was found for what is typed. */
function foundLines({ hits, hit, picked, note }: PaymentState, width: number, theme: Theme): string[] {
  const rows = hits.map((row, at) => hitLine(row, picked && at === hit, width, theme));
  return note === '' ? rows : [...rows, line(['  ', [note, theme.dim]], width)];
}

/** The upper part: exactly so many lines. */
function entryLines({ state, size, theme, today }: ViewProps<PaymentParams | undefined, PaymentState>): string[] {
  const width = size.columns;
  const { ellipsis } = theme.glyphs;
  const middle = ENTRY_ROWS - 2;
  const looking = state.focus === 'find' && state.find.text.trim() !== '';
  const card = cardLines(state, theme).map((segments) => line(segments, width, ellipsis));
  const lower = isBegun(state)
    ? [tenderLine(state, width, theme), methodLine(state, width, theme), modeLine(state, today, width, theme)]
    : ['', '', modeLine(state, today, width, theme)];
  const upper = Array.from({ length: CARD_ROWS }, (_, at) => card[at] ?? '');
  const body = looking ? foundLines(state, width, theme) : [...upper, ...lower];
  const shown = Array.from({ length: middle }, (_, at) => body[at] ?? '');
  return [findLine(state, width, theme), ...shown, saidLine(state, width, theme)];
}

/** The field, the payment in hand, what it is for, and the payments taken last. */
export function PaymentView(props: ViewProps<PaymentParams | undefined, PaymentState>): ReactNode {
  const { state, size, theme } = props;
  const detail = detailOf(state);
  const height = detailRows(size, state);
  const details =
    detail === null || height === 0 ? [] : detailLines(state, detail, { width: size.columns, height, theme });
  const padded = [...details, ...Array.from({ length: Math.max(0, height - details.length) }, () => '')].slice(
    0,
    height,
  );
  const rows = listRows(size, state);
  return (
    <Box flexDirection="column" width={size.columns} height={size.rows} overflowY="hidden">
      <Lines lines={[...entryLines(props), ...padded]} />
      {rows > 2 ? (
        <Table
          columns={columns}
          rows={state.recent?.payments ?? []}
          list={state.list}
          keyOf={lens.key}
          width={size.columns}
          height={rows}
          theme={theme}
          active={state.focus === 'recent'}
          empty="No payment was taken yet."
        />
      ) : null}
    </Box>
  );
}
