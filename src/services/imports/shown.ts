import { shownTotal } from '#db/import/totals.ts';
import type { ImportSummary } from './run.ts';

/** Control totals for a table: each in all, and how many of its groups were compared. */
export function totalRows({ totals, groups }: ImportSummary): Record<string, string | number>[] {
  return totals
    .filter((line) => line.dimension === '')
    .map((line) => ({
      total: line.name,
      rows: line.sourceRows,
      files: shownTotal(line, line.source),
      ledger: shownTotal(line, line.ledger),
      'equal in each': groups
        .filter((group) => group.name === line.name)
        .map(({ n, dimension }) => `${n} ${dimension}`)
        .join(', '),
    }));
}
