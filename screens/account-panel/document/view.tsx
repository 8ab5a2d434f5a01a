import type { ReactNode } from 'react';
import { withLink } from '#ui/link.ts';
import { paint } from '#ui/paint.ts';
import type { Size } from '#ui/screen.ts';
import { line, Lines, segmentsWidth, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { type DocColumn, type DocLine, type DocPage, type DocState, type Piece, placeOf, topsOf } from './model.ts';

const segment = (piece: Piece, theme: Theme): Segment =>
  typeof piece === 'string' ? piece : [piece[0], theme[piece[1]]];

/** One line of a column, exactly as wide: margin, text, and at the right what stands there. */
function cell(doc: DocLine | undefined, width: number, selected: boolean, more: string, theme: Theme): string {
  const end = more === '' ? ' ' : paint(more, theme.key);
  if (!doc) return ' '.repeat(Math.max(0, width - 1)) + end;
  const inner = Math.max(1, width - 2);
  const left = doc.pieces.map((piece) => segment(piece, theme));
  const right = (doc.right ?? []).map((piece) => segment(piece, theme));
  if (selected && left[0] !== undefined) {
    const [first] = left;
    left[0] = [typeof first === 'string' ? first : first[0], theme.selected];
  }
  const taken = segmentsWidth(right);
  const body =
    taken === 0
      ? line(left, inner, theme.glyphs.ellipsis, true)
      : `${line(left, Math.max(1, inner - taken - 1), theme.glyphs.ellipsis, true)} ${line(right, taken, theme.glyphs.ellipsis)}`;
  const linked = doc.link ? withLink(body, doc.link.text, doc.link.address) : body;
  return (selected ? paint(theme.glyphs.cursor, theme.selected) : ' ') + linked + end;
}

function columnLines(column: DocColumn, top: number, cursor: number | null, height: number, theme: Theme): string[] {
  return Array.from({ length: height }, (_, row) => {
    const more =
      row === 0 && top > 0
        ? theme.glyphs.up
        : row === height - 1 && top + height < column.lines.length
          ? theme.glyphs.down
          : '';
    return cell(column.lines[top + row], column.width, cursor === top + row, more, theme);
  });
}

export interface DocumentProps {
  readonly page: DocPage;
  readonly state: DocState;
  readonly size: Size;
  readonly theme: Theme;
}

/** A read-only page: its columns side by side, each scrolled for itself, one cursor over all. */
export function Document({ page, state, size, theme }: DocumentProps): ReactNode {
  const place = placeOf(page, state);
  const tops = topsOf(page, state, size.rows);
  const columns = page.columns.map((column, index) =>
    columnLines(column, tops[index]!, place?.column === index ? place.index : null, size.rows, theme),
  );
  const rule = ` ${paint(theme.glyphs.vertical, theme.border)} `;
  return (
    <Lines lines={Array.from({ length: size.rows }, (_, row) => columns.map((column) => column[row]).join(rule))} />
  );
}
