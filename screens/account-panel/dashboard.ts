import type { CivilDate } from '#domain/civil-date.ts';
import { mapLink } from '#domain/map-link.ts';
import type { Panel } from '#services/accounts/panel.ts';
import { withLink } from '#ui/link.ts';
import type { Size } from '#ui/screen.ts';
import type { Theme } from '#ui/theme/tokens.ts';
import { compactLines } from './cards-compact.ts';
import { foldedLines } from './cards-folded.ts';
import { wideLines } from './cards-wide.ts';
import type { Focus } from './model.ts';

export type DashboardLayout = 'wide' | 'folded' | 'compact';

/** Lines of the dashboard in each layout; below it come the tab bar and the open tab. */
export const DASHBOARD_ROWS: Readonly<Record<DashboardLayout, number>> = { wide: 9, folded: 7, compact: 5 };

/** Cards side by side where there is room, folded into two rows, or plain lines. */
export function dashboardLayout({ columns, rows }: Size): DashboardLayout {
  if (columns >= 110 && rows >= 26) return 'wide';
  return columns >= 76 && rows >= 18 ? 'folded' : 'compact';
}

/** Lines of the tab bar: with a rule below where there is room. */
export const tabBarRows = (size: Size): number => (dashboardLayout(size) === 'wide' ? 2 : 1);

/** Cells for the open tab. */
export const tabSize = (size: Size): Size => ({
  columns: size.columns,
  rows: Math.max(1, size.rows - DASHBOARD_ROWS[dashboardLayout(size)] - tabBarRows(size)),
});

export interface DashboardProps {
  readonly panel: Panel;
  readonly focus: Focus;
  readonly size: Size;
  readonly theme: Theme;
  readonly today: CivilDate;
}

/** The text that opens the map, wherever the location is shown. */
export const MAP = 'map';

/** The dashboard as painted lines, exactly as many as its layout has. */
export function dashboardLines(props: DashboardProps): string[] {
  const layout = dashboardLayout(props.size);
  const lines = { wide: wideLines, folded: foldedLines, compact: compactLines }[layout](props);
  const { location } = props.panel;
  if (!location) return lines;
  const address = mapLink(location);
  return lines.map((text) => withLink(text, `[${MAP}]`, address));
}
