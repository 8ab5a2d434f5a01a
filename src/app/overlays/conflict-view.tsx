import type { ReactNode } from 'react';
import type { FormField } from '#ui/form/definition.ts';
import { decidedValue, type Difference } from '#ui/form/merge.ts';
import { Card } from '#ui/panel.tsx';
import type { Size } from '#ui/screen.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit, wrap } from '#ui/width.ts';
import { centered, type OverlayBox, type OverlayViewProps } from '../overlay.ts';
import type { ConflictState } from './conflict.tsx';
import { windowTop } from './window.ts';

/** Lines around list and texts: borders, two of explanation, a rule, the heads of the columns. */
const CHROME = 6;
const MOST_FIELDS = 6;
const GAP = 2;
const MOST_CELLS = 110;
const LEAST_LINES = 4;

/** A value as it is read: flags and codes in words. */
function shown(field: FormField, value: string | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === '') return '(empty)';
  const label = field.choices?.find((choice) => choice.value === value)?.label;
  return label === undefined || label === value ? value : `${value}  ${label}`;
}

const columnCells = (width: number): number => Math.max(8, Math.floor((width - 4 - 2 * GAP) / 3));

/** What it was, mine (or what was made of both) and theirs, as lines of a column each. */
function columnsOf(difference: Difference | undefined, width: number): readonly string[][] {
  if (!difference) return [];
  const { field, base, mine, theirs, side } = difference;
  const own = side === 'both' ? decidedValue(difference) : mine;
  return [base, own, theirs].map((value) => wrap(shown(field, value), columnCells(width)));
}

const linesOf = (difference: Difference | undefined, width: number): number =>
  Math.max(0, ...columnsOf(difference, width).map((lines) => lines.length));

/** As wide as there is room, as high as the longest text needs. */
export function conflictBox({ differences }: ConflictState, size: Size): OverlayBox {
  const width = Math.min(MOST_CELLS, size.columns - 2);
  const texts = Math.max(LEAST_LINES, ...differences.map((difference) => linesOf(difference, width)));
  return centered(size, width, Math.min(size.rows - 4, CHROME + Math.min(differences.length, MOST_FIELDS) + texts));
}

const listRows = (state: ConflictState, box: OverlayBox): number =>
  Math.max(1, Math.min(state.differences.length, MOST_FIELDS, box.height - CHROME - 2));

/** Lines of the texts in sight. */
export const detailRows = (state: ConflictState, box: OverlayBox): number =>
  Math.max(1, box.height - CHROME - listRows(state, box));

/** Lines that the longest of the three texts of the field with the cursor takes. */
export const detailLines = (state: ConflictState, box: OverlayBox): number =>
  linesOf(state.differences[state.cursor], box.width);

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
