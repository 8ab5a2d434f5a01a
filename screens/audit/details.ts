import { type AuditDetails, getAuditEntry } from '#services/audit/list.ts';
import type { AuditRow } from '#services/audit/rows.ts';
import { currentRow } from '#ui/table/lens.ts';
import { fit } from '#ui/width.ts';
import { recordOf, stamp } from './columns.ts';
import type { AuditContext } from './fetch.ts';
import { lens } from './lens.ts';

const WIDEST_FIELD = 22;
const NOTHING = '(nothing)';

/** Field, before and after of each change, the fields in a column. */
export function changeLines({ changes, masked, reason, outcome }: AuditRow): string[] {
  if (masked) return ['About a customer whom you may not see: record and changes are left out.'];
  const width = Math.min(WIDEST_FIELD, Math.max(0, ...changes.map(({ field }) => field.length)));
  const lines = changes.map(({ field, before, after }) => {
    const value = before === null ? (after ?? NOTHING) : `${before} → ${after ?? NOTHING}`;
    return `${fit(field, width)}  ${value}`;
  });
  if (reason !== null) lines.push(`Reason: ${reason}`);
  return lines.length > 0
    ? lines
    : [outcome === 'done' ? 'Nothing was changed: it was looked at, or done as a whole.' : ''];
}

/** Number, outcome, way and place of an entry. */
export const facts = ({ seq, outcome, source, origin }: AuditRow, dot: string): string =>
  [`entry ${seq}`, outcome, source, origin].filter(Boolean).join(dot);

const wholeEntry = (entry: AuditDetails): string[] => [
  `When        ${stamp(entry.at)}`,
  `User        ${entry.username}`,
  `Operation   ${entry.operation}`,
  `Outcome     ${entry.outcome}`,
  `Record      ${recordOf(entry) || NOTHING}`,
  `By way of   ${entry.source}${entry.origin === null ? '' : ` from ${entry.origin}`}`,
  '',
  ...changeLines(entry),
  ...(entry.related.length > 0 ? ['', 'The same command also:'] : []),
  ...entry.related.flatMap((row) => [`  ${recordOf(row)}`, ...changeLines(row).map((text) => `    ${text}`)]),
  '',
  `Entry ${entry.seq} of the chain`,
  `  hash    ${entry.hash}`,
  `  before  ${entry.previousHash}`,
];

/** The entry with the cursor in a window of its own, with all that its command touched. */
export async function showEntry(ctx: AuditContext): Promise<void> {
  const row = currentRow(lens, ctx.get());
  if (!row) return;
  const entry = await ctx.call(getAuditEntry, { id: row.id });
  await ctx.show(`${entry.operation} by ${entry.username}`, wholeEntry(entry));
}
