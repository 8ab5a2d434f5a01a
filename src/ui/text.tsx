import { Box, Text } from 'ink';
import { memo, type ReactNode } from 'react';
import { paint } from './paint.ts';
import type { Style } from './theme/tokens.ts';
import { cellWidth, fit, oneLine, truncate } from './width.ts';

/** A piece of a line: plain text, or text with a style. */
export type Segment = string | readonly [text: string, style: Style | undefined];

const textOf = (segment: Segment) => oneLine(typeof segment === 'string' ? segment : segment[0]);
const styleOf = (segment: Segment) => (typeof segment === 'string' ? undefined : segment[1]);

/** Cells that the segments take together. */
export const segmentsWidth = (segments: readonly Segment[]): number =>
  segments.reduce((sum, segment) => sum + cellWidth(textOf(segment)), 0);

/** One painted line of at most `width` cells (exactly so many with `fill`), what is cut ending in the ellipsis. */
export function line(segments: readonly Segment[], width: number, ellipsis = '…', fill = false): string {
  const cut = segmentsWidth(segments) > width;
  let room = width;
  let out = '';
  for (const segment of segments) {
    const text = textOf(segment);
    const cells = cellWidth(text);
    if (cut && cells >= room) {
      const shown = truncate(`${text} `, room, ellipsis);
      out += paint(shown, styleOf(segment));
      room -= cellWidth(shown);
      break;
    }
    out += paint(text, styleOf(segment));
    room -= cells;
  }
  return fill && room > 0 ? out + ' '.repeat(room) : out;
}

/** Left and right parts on one line; the left gives way. */
export function spread(left: readonly Segment[], right: readonly Segment[], width: number, ellipsis = '…'): string {
  const rightCells = Math.min(width, segmentsWidth(right));
  const room = width - rightCells - (rightCells > 0 ? 1 : 0);
  if (room <= 0) return line(right, width, ellipsis);
  return `${line(left, room, ellipsis, true)}${rightCells > 0 ? ' ' : ''}${line(right, rightCells, ellipsis)}`;
}

export interface LineProps {
  readonly segments: readonly Segment[];
  readonly width: number;
  /** Fills up with spaces, so that it covers what lies below. */
  readonly fill?: boolean;
  readonly ellipsis?: string;
}

/** One line of styled segments, cut to its width; never wraps. */
export const Line = memo(function Line({ segments, width, fill, ellipsis }: LineProps): ReactNode {
  return <Painted text={line(segments, width, ellipsis, fill)} />;
});

/** One line already painted and of the right width. */
export const Painted = memo(function Painted({ text }: { readonly text: string }): ReactNode {
  return <Text wrap="truncate">{text === '' ? ' ' : text}</Text>;
});

/** Painted lines below each other, each keyed by its place, so that only those that changed are laid out. */
export function Lines({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <Box flexDirection="column" flexShrink={0}>
      {lines.map((text, place) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Painted key={place} text={text} />
      ))}
    </Box>
  );
}

/** A label and its value in two columns of text: `Balance      182.40`. */
export function labelled(label: string, value: Segment, labelWidth: number, labelStyle?: Style): Segment[] {
  return [[fit(label, labelWidth), labelStyle], ' ', value];
}
