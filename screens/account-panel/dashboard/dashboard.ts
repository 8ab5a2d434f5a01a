import { mapLink } from '#domain/map-link.ts';
import { withLink } from '#ui/link.ts';
import { type DashboardProps, MAP } from './card.ts';
import { compactLines } from './compact.ts';
import { foldedLines } from './folded.ts';
import { dashboardLayout } from './layout.ts';
import { wideLines } from './wide.ts';

/** The dashboard as painted lines, exactly as many as its layout has. */
export function dashboardLines(props: DashboardProps): string[] {
  const layout = dashboardLayout(props.size);
  const lines = { wide: wideLines, folded: foldedLines, compact: compactLines }[layout](props);
  const { location } = props.panel;
  if (!location) return lines;
  const address = mapLink(location);
  return lines.map((text) => withLink(text, `[${MAP}]`, address));
}
