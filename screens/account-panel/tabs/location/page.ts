import type { LocationDetails } from '#services/locations/location-details.ts';
import type { Size } from '#ui/screen.ts';
import { folded } from '../../document/lines.ts';
import { columnWidths, type DocPage } from '../../document/model.ts';
import { type LocationRecords, recordLines } from './records.ts';
import { depositLines, detailLines, eventLines, messageLines, serviceLines } from './lines.ts';

/** Services and messages on the left, the location's details on the right; below each other where it is narrow. */
export function locationPage(details: LocationDetails, records: LocationRecords | null, { columns }: Size): DocPage {
  const kept = (width: number) => (records ? recordLines(records, width) : []);
  const lively = (width: number) => [
    ...serviceLines(details, width),
    ...messageLines(details, width),
    ...eventLines(details, width),
  ];
  if (columns < 76) {
    const still = [...detailLines(details.facts, false), ...depositLines(details), ...kept(columns)];
    return { columns: [{ width: columns, lines: folded([...lively(columns), ...still], columns) }] };
  }
  const [first, second] = columnWidths(columns, [60, 40]) as [number, number];
  const short = columns < 110;
  const still = [...detailLines(details.facts, short), ...depositLines(details), ...kept(second)];
  return {
    columns: [
      { width: first, lines: folded(lively(first), first) },
      { width: second, lines: folded(still, second) },
    ],
  };
}
