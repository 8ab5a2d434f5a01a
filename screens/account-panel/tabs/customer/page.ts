import type { CustomerDetails } from '#services/customers/customer-details.ts';
import type { Size } from '#ui/screen.ts';
import { folded } from '../../document/lines.ts';
import { columnWidths, type DocPage } from '../../document/model.ts';
import type { SensitiveLine } from '#services/secrets/list.ts';
import { personalLines } from './sensitive.ts';
import { agreementLines, contactLines, identityLines, messageLines } from './lines.ts';

/** Identity and contact on the left, messages on the right; one below the other where it is narrow. */
export function customerPage(
  details: CustomerDetails,
  sensitive: readonly SensitiveLine[],
  { columns }: Size,
  who: string,
): DocPage {
  const left = [...identityLines(details.identity, who), ...personalLines(sensitive), ...contactLines(details)];
  if (columns < 72) {
    const messages = messageLines(details, columns);
    return {
      columns: [{ width: columns, lines: folded([...messages, ...agreementLines(details), ...left], columns) }],
    };
  }
  const [first, second] = columnWidths(columns, [1, 1]) as [number, number];
  return {
    columns: [
      { width: first, lines: folded(left, first) },
      { width: second, lines: folded([...messageLines(details, second), ...agreementLines(details)], second) },
    ],
  };
}
