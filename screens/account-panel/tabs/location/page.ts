import type { LocationDetails } from '#services/locations/location-details.ts';
import type { Size } from '#ui/screen.ts';
import { columnWidths, type DocPage } from '../../document/model.ts';
import { depositLines, detailLines, eventLines, messageLines, serviceLines } from './lines.ts';

/** Services and messages on the left, the location's details on the right; below each other where it is narrow. */
export function locationPage(details: LocationDetails, { columns }: Size): DocPage {
  const lively = (width: number) => [
    ...serviceLines(details, width),
    ...messageLines(details, width),
    ...eventLines(details, width),
  ];
  const still = [...detailLines(details.facts), ...depositLines(details)];
  if (columns < 76) return { columns: [{ width: columns, lines: [...lively(columns), ...still] }] };
  const [first, second] = columnWidths(columns, [58, 42]) as [number, number];
  return {
    columns: [
      { width: first, lines: lively(first) },
      { width: second, lines: still },
    ],
  };
}
