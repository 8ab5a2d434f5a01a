import { clean } from '#terminal/sanitize.ts';

/** One line of a list, as text a person reads. */
export type Row = Readonly<Record<string, string>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return clean(value.join(', '));
  return clean(typeof value === 'object' ? JSON.stringify(value) : String(value));
};

/**
 * An answer as rows: the list that it is, or the one list that it holds, or its own
 * fields one below the other.
 */
export function rowsOf(answer: unknown): Row[] {
  const list = Array.isArray(answer) ? answer : isRecord(answer) ? onlyList(answer) : null;
  if (list) return list.map((one) => (isRecord(one) ? textRow(one) : { value: cell(one) }));
  if (!isRecord(answer)) return [{ value: cell(answer) }];
  return Object.entries(answer).map(([field, value]) => ({ field, value: cell(value) }));
}

function onlyList(answer: Record<string, unknown>): unknown[] | null {
  const lists = Object.values(answer).filter((value) => Array.isArray(value));
  return lists.length === 1 ? lists[0]! : null;
}

const textRow = (row: Record<string, unknown>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cell(value)]));

/** Every column that some row has, in the order of their appearance. */
export const columnsOf = (rows: readonly Row[]): string[] => [...new Set(rows.flatMap((row) => Object.keys(row)))];

/** RFC 4180, with values that a spreadsheet would run as formulas made plain text. */
export async function csvText(rows: readonly Row[]): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify([...rows], {
    header: true,
    columns: columnsOf(rows),
    escape_formulas: true,
    record_delimiter: '\r\n',
  });
}
