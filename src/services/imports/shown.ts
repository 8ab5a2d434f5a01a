import { shownTotal, type TotalLine } from '#db/import/totals.ts';

/** Control totals for a table: each in all, and how many of its groups were compared. */
export function totalRows(totals: readonly TotalLine[]): Record<string, string | number>[] {
  return totals
    .filter((line) => line.dimension === '')
    .map((line) => {
      const groups = new Map<string, number>();
      for (const { name, dimension } of totals) {
        if (name === line.name && dimension !== '') groups.set(dimension, (groups.get(dimension) ?? 0) + 1);
      }
      return {
        total: line.name,
        rows: line.sourceRows,
        files: shownTotal(line, line.source),
        ledger: shownTotal(line, line.ledger),
        'equal in each': [...groups].map(([dimension, n]) => `${n} ${dimension}`).join(', '),
      };
    });
}
