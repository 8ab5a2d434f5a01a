import type { CivilDate } from '#domain/civil-date.ts';
import type { Panel } from '#services/accounts/panel.ts';
import type { Size } from '#ui/screen.ts';
import { segmentsWidth, type Segment } from '#ui/text.tsx';
import type { Style, Theme } from '#ui/theme/tokens.ts';
import type { Focus } from '../model.ts';

/** What the cards are drawn from. */
export interface DashboardProps {
  readonly panel: Panel;
  readonly focus: Focus;
  readonly size: Size;
  readonly theme: Theme;
  readonly today: CivilDate;
}

/** The text that opens the map, wherever the location is shown. */
export const MAP = 'map';

/** Left and right parts of a card's line; the left one gives way. */
export function edges(left: readonly Segment[], right: readonly Segment[], width: number): Segment[] {
  const room = width - segmentsWidth(right);
  const used = segmentsWidth(left);
  if (used > room) return [...left];
  return [...left, ' '.repeat(room - used), ...right];
}

/** A card's title, marked where the card has the focus. */
export const cardTitle = (title: string, focused: boolean, theme: Theme): { title: string; titleStyle?: Style } =>
  focused ? { title: `${theme.glyphs.cursor} ${title}`, titleStyle: theme.selected } : { title };

export const steps = (theme: Theme): string => `${theme.glyphs.left} ${theme.glyphs.right}`;
