import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { RealCursor } from '#ui/field/field.tsx';
import { fieldWindow } from '#ui/field/model.ts';
import { panelLines } from '#ui/panel.tsx';
import { line, Lines, type Segment } from '#ui/text.tsx';
import type { Style, Theme } from '#ui/theme/tokens.ts';
import { cellWidth, fit, wrap } from '#ui/width.ts';
import type { Card } from '../sign-in/card.ts';
import type { SignInState } from '../sign-in/state.ts';
import type { Shell } from '../shell/shell.ts';

const WIDTH = 54;
const LABEL = 14;
const FIELD = 34;
const MESSAGE_ROWS = 2;
/** First row that a card may take, and rows below it for the keys. */
const TOP = 1;
const BOTTOM = 1;

/** A step of signing in after user and password. */
export function SignInCard({ shell, card }: { readonly shell: Shell; readonly card: Card }): ReactNode {
  const { size, theme } = useStore(shell.store);
  const state = useStore(shell.signIn.store);
  const { columns, rows } = size;
  const room = rows - TOP - BOTTOM;
  const art = theme.glyphs.name === 'unicode' && card.art.length <= room ? card.art : [];
  const artWidth = cellWidth(art[0] ?? '');
  // Beside the square of dots the card takes what is left of the line.
  const width = Math.min(WIDTH, columns - (artWidth === 0 ? 0 : artWidth + 3));
  const content = contentOf(card, state, theme, width - 4);
  const height = Math.min(room, content.lines.length + 2);
  const x = artWidth === 0 ? Math.max(0, (columns - width) >> 1) : artWidth + 2;
  const y = TOP + Math.max(0, Math.floor((room - height) / 3));
  const panel = panelLines({ title: card.title, width, height, theme }, content.lines);
  const all = Array.from({ length: rows }, (_, row) => {
    if (row === 0) return line([[' meterdesk', theme.title]], columns);
    if (row === rows - 1) return line(keys(card, theme), columns);
    const left = artWidth === 0 ? ' '.repeat(x) : artLine(art[row - TOP], artWidth, theme);
    return left + (panel[row - y] ?? '');
  });
  const at = content.cursor;
  return (
    <>
      <Lines lines={all} />
      {state.checking || at === null ? null : <RealCursor x={x + 2 + at.x} y={y + 1 + at.y} />}
    </>
  );
}

/** Dark dots on light ground whatever the theme, for telephones that read nothing else. */
const SQUARE: Style = { color: 'whiteBright', backgroundColor: 'black' };

function artLine(row: string | undefined, width: number, theme: Theme): string {
  const style = theme.name === 'mono' ? undefined : SQUARE;
  return line([' ', row === undefined ? ' '.repeat(width) : [row, style], ' '], width + 2);
}

/** What stands in the card, and where in it the cursor is. */
function contentOf(card: Card, { message, refused }: SignInState, theme: Theme, width: number) {
  const lines: Segment[][] = card.lines.flatMap((text) =>
    text === '' ? [['']] : wrap(text, width).map((row) => [row]),
  );
  if (card.fields.length > 0) lines.push(['']);
  const fieldWidth = Math.max(8, Math.min(FIELD, width - LABEL));
  let cursor: { x: number; y: number } | null = null;
  for (const [index, { label, secret, value }] of card.fields.entries()) {
    const active = index === card.focus;
    const shown = fieldWindow(value, fieldWidth, secret ? '*' : undefined);
    if (active) cursor = { x: LABEL + shown.x, y: lines.length };
    lines.push([
      [label.padEnd(LABEL), active ? theme.key : theme.text],
      [fit(shown.text, fieldWidth), active ? theme.fieldActive : theme.field],
    ]);
  }
  lines.push(['']);
  const said = wrap(message, width).slice(0, MESSAGE_ROWS);
  for (const text of said) lines.push([[text, refused ? theme.error : theme.dim]]);
  while (lines.length < card.lines.length + card.fields.length + MESSAGE_ROWS + 1) lines.push(['']);
  return { lines, cursor };
}

function keys(card: Card, theme: Theme): Segment[] {
  const many = card.fields.length > 1;
  const shown: [string, string][] = [
    ['Enter', card.action],
    ...(many ? [['Tab', 'Next field'] as [string, string]] : []),
    ...(card.kind === 'first-user' ? [] : [['Esc', 'Begin again'] as [string, string]]),
    ['Ctrl+C', 'Leave'],
  ];
  return shown.flatMap(([key, label]): Segment[] => [' ', [key, theme.key], ` ${label} `]);
}
