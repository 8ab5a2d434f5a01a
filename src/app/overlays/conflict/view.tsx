import type { ReactNode } from 'react';
import type { Difference } from '#ui/form/merge.ts';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit } from '#ui/width.ts';
import type { OverlayViewProps } from '../../shell/overlay.ts';
import { columnCells, columnsOf, type ConflictState, detailLines, detailRows, GAP, listRows } from './layout.ts';
import { windowTop } from '../window.ts';

function decision({ side, base, mine, theirs }: Difference, by: string): string {
  if (side === null) return 'both of you changed it: choose';
  if (side === 'both') return 'both, as you edited them';
  if (side === 'mine') return theirs === base ? 'yours; only you changed it' : 'yours is taken';
  return mine === base ? `${by}'s; you had not changed it` : `${by}'s is taken`;
}

function fieldRow(state: ConflictState, place: number, theme: Theme): Segment[] {
  const difference = state.differences[place]!;
  const selected = place === state.cursor;
  return [
    [
      `${selected ? theme.glyphs.cursor : ' '} ${fit(difference.field.label, 18, 'left', theme.glyphs.ellipsis)}`,
      selected ? theme.selected : theme.text,
    ],
    [`  ${decision(difference, state.by)}`, difference.side === null ? theme.warning : theme.dim],
  ];
}

function heads({ side }: Difference, by: string, cells: number, theme: Theme): Segment[] {
  const head = (text: string, taken: boolean): Segment => [
    fit(taken ? `[${text}]` : text, cells, 'left', theme.glyphs.ellipsis),
    taken ? theme.selected : theme.title,
  ];
  const gap = ' '.repeat(GAP);
  const own = side === 'both' ? 'Both' : 'Yours';
  return [head('It was', false), gap, head(own, side === 'mine' || side === 'both'), gap, head(by, side === 'theirs')];
}

/** Fields that differ, and of the one with the cursor what it was, yours and theirs side by side. */
export function ConflictView({ state, box, theme }: OverlayViewProps<ConflictState>): ReactNode {
  const cells = columnCells(box.width);
  const count = state.differences.length;
  const rows = listRows(state, box);
  const first = windowTop(0, state.cursor, rows, count);
  const visible = detailRows(state, box);
  const total = detailLines(state, box);
  const top = Math.max(0, Math.min(state.top, total - visible));
  const difference = state.differences[state.cursor];
  const columns = columnsOf(difference, box.width);
  const texts = Array.from({ length: visible }, (_, row): Segment[] =>
    columns.flatMap((lines, place): Segment[] => [
      ...(place > 0 ? [' '.repeat(GAP)] : []),
      [fit(lines[top + row] ?? '', cells, 'left', theme.glyphs.ellipsis), place === 0 ? theme.dim : theme.text],
    ]),
  );
  const saved = [state.by, 'saved this record', state.when, 'while you had it open.'].filter(Boolean).join(' ');
  return (
    <Card
      {...box}
      title={state.title}
      titleStyle={theme.warning}
      theme={theme}
      right={total > visible ? `${Math.min(total, top + visible)}/${total}` : ''}
      content={[
        [[saved, theme.warning]],
        [['Nothing of yours is saved yet, and nothing is lost. Decide, then F9 saves.', theme.dim]],
        ...Array.from({ length: Math.min(rows, count) }, (_, row) => fieldRow(state, first + row, theme)),
        [[theme.glyphs.horizontal.repeat(box.width - 4), theme.border]],
        ...(difference ? [heads(difference, state.by, cells, theme), ...texts] : []),
      ]}
    />
  );
}
