import type { LocationDetails } from '#services/locations/location-details.ts';
import type { Size } from '#ui/screen.ts';
import { folded } from '../../document/lines.ts';
import { columnWidths, type DocPage } from '../../document/model.ts';
import { depositLines, detailLines, eventLines, messageLines, serviceLines } from './lines.ts';

/** Services and messages on the left, the location's details on the right; below each other where it is narrow. */
export function locationPage(details: LocationDetails, { columns }: Size): DocPage {
  const lively = (width: number) => [
    ...serviceLines(details, width),
    ...messageLines(details, width),
    ...eventLines(details, width),
  ];
  if (columns < 76) {
    const still = [...detailLines(details.facts, false), ...depositLines(details)];
    return { columns: [{ width: columns, lines: folded([...lively(columns), ...still], columns) }] };
  }
  const [first, second] = columnWidths(columns, [60, 40]) as [number, number];
  const still = [...detailLines(details.facts, columns < 110), ...depositLines(details)];
  return {
    columns: [
      { width: first, lines: folded(lively(first), first) },
      { width: second, lines: folded(still, second) },
    ],
  };
}
