import { Box } from 'ink';
import { memo, type ReactNode } from 'react';
import { paint } from './paint.ts';
import { line, Lines, type Segment } from './text.tsx';
import type { Style, Theme } from './theme/tokens.ts';
import { cellWidth, truncate } from './width.ts';

export interface PanelFrame {
  readonly title: string;
  /** The look of the title; a card headed by standing passes `theme.bad` and says it in words too. */
  readonly titleStyle?: Style;
  /** Right end of the top border: `‹ ›`. */
  readonly right?: string;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
}

/** The top border with the title in it. */
export function panelTop({ title, titleStyle, right, width, theme }: Omit<PanelFrame, 'height'>): string {
  const { glyphs } = theme;
  const tail = right ? ` ${right} ${glyphs.horizontal}` : '';
  const head = title === '' ? '' : ` ${truncate(title, Math.max(0, width - 5 - cellWidth(tail)), glyphs.ellipsis)} `;
  const rule = Math.max(0, width - 2 - cellWidth(head) - cellWidth(tail));
  return (
    paint(glyphs.corners[0], theme.border) +
    paint(head, titleStyle ?? theme.title) +
    paint(glyphs.horizontal.repeat(rule), theme.border) +
    paint(tail + glyphs.corners[1], theme.border)
  );
}

/** The bottom border. */
export function panelBottom({ width, theme }: Pick<PanelFrame, 'width' | 'theme'>): string {
  const { corners, horizontal } = theme.glyphs;
  return paint(corners[2] + horizontal.repeat(Math.max(0, width - 2)) + corners[3], theme.border);
}

/** A bordered card of painted lines: exactly `height` lines of exactly `width` cells. */
export function panelLines(frame: PanelFrame, content: readonly (readonly Segment[])[]): string[] {
  const { width, height, theme } = frame;
  const side = paint(theme.glyphs.vertical, theme.border);
  const inner = Math.max(0, width - 4);
  const body = Array.from({ length: Math.max(0, height - 2) }, (_, index) => {
    return `${side} ${line(content[index] ?? [], inner, theme.glyphs.ellipsis, true)} ${side}`;
  });
  return [panelTop(frame), ...body, panelBottom(frame)];
}

/** Cards of the same height side by side, as one list of lines. */
export const beside = (...cards: readonly (readonly string[])[]): string[] =>
  (cards[0] ?? []).map((_, index) => cards.map((card) => card[index] ?? '').join(''));

/** A bordered card with its title in the border, around any children (`width - 4` cells for them). */
export function Panel({ children, ...frame }: PanelFrame & { readonly children?: ReactNode }): ReactNode {
  const { width, height, theme } = frame;
  const inside = Math.max(0, height - 2);
  const side = Array.from({ length: inside }, () => paint(theme.glyphs.vertical, theme.border));
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Lines lines={[panelTop(frame)]} />
      <Box height={inside}>
        <Lines lines={side} />
        <Box marginX={1} width={Math.max(0, width - 4)} height={inside} overflowY="hidden" flexDirection="column">
          {children}
        </Box>
        <Lines lines={side} />
      </Box>
      <Lines lines={[panelBottom(frame)]} />
    </Box>
  );
}

/** A card of lines as a component. */
export const Card = memo(function Card({
  content,
  ...frame
}: PanelFrame & { readonly content: readonly (readonly Segment[])[] }): ReactNode {
  return <Lines lines={panelLines(frame, content)} />;
});
