import type { Size } from '#ui/screen.ts';

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
