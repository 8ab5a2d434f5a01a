import type { LockboxProfile } from './profile.ts';

type Csv = Extract<LockboxProfile, { format: 'csv' }>;
type Fixed = Extract<LockboxProfile, { format: 'fixed' }>;
type Field = 'account' | 'amount' | 'paidOn' | 'reference' | 'payer' | 'method';

/** What is wrong with a line. */
export interface RowProblem {
  readonly row: number;
  readonly reason: string;
}

/** The texts of a file, not looked at yet. */
export interface RawFile {
  readonly items: readonly { readonly row: number; readonly values: Readonly<Partial<Record<Field, string>>> }[];
  readonly header: { readonly depositedOn?: string } | null;
  readonly trailer: { readonly row: number; readonly count?: string; readonly total?: string } | null;
  readonly problems: readonly RowProblem[];
}

const LONGEST_RECORD = 10_000;

const nothing = (row: number, reason: string): RawFile => ({
  items: [],
  header: null,
  trailer: null,
  problems: [{ row, reason }],
});

/** Columns by their headings, in any order; case and blanks do not matter. */
export async function rawCsv(lines: readonly string[], profile: Csv): Promise<RawFile> {
  const { CsvError, parse } = await import('csv-parse/sync');
  let records: { record: string[]; info: { lines: number } }[];
  try {
    records = parse(lines.join('\n'), {
      bom: true,
      delimiter: profile.delimiter,
      info: true,
      max_record_size: LONGEST_RECORD,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as typeof records;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return nothing(Number(error.lines ?? 1), 'From here on it is no readable CSV: is a quote left open?');
  }
  const [head, ...rows] = records;
  const titles = (head?.record ?? []).map(key);
  const at = (title: string | undefined): number => (title === undefined ? -1 : titles.indexOf(key(title)));
  const missing = (['account', 'amount'] as const).filter((field) => at(profile.headers[field]) < 0);
  if (missing.length > 0) {
    const names = missing.map((field) => profile.headers[field]).join(', ');
    return nothing(1, `There is no column ${names}.`);
  }
  const isTrailer = ({ record }: (typeof rows)[number]): boolean =>
    profile.trailer !== undefined && key(record[at(profile.trailer.column)] ?? '') === key(profile.trailer.word);
  const last = rows.findLast(isTrailer);
  const cell = (record: readonly string[], title: string | undefined): string | undefined => record[at(title)];
  return {
    items: rows
      .filter((one) => !isTrailer(one))
      .map(({ record, info }) => ({
        row: info.lines,
        values: Object.fromEntries(
          Object.entries(profile.headers).map(([field, title]) => [field, cell(record, title)]),
        ),
      })),
    header: null,
    trailer: last
      ? {
          row: last.info.lines,
          count: cell(last.record, profile.trailer?.count),
          total: cell(last.record, profile.trailer?.total),
        }
      : null,
    problems: [],
  };
}

const key = (title: string): string => title.trim().toLowerCase();

type Places = Readonly<Record<string, { readonly from: number; readonly length: number } | undefined>>;

const cut = (line: string, places: Places): Record<string, string> =>
  Object.fromEntries(
    Object.entries(places).flatMap(([name, place]) =>
      place ? [[name, line.slice(place.from - 1, place.from - 1 + place.length)]] : [],
    ),
  );

/** Records by how they begin. */
export function rawFixed(lines: readonly string[], { item, header, trailer }: Fixed): RawFile {
  const items: RawFile['items'][number][] = [];
  const problems: RowProblem[] = [];
  let [first, last]: [RawFile['header'], RawFile['trailer']] = [null, null];
  for (const [index, line] of lines.entries()) {
    const row = index + 1;
    if (line.trim() === '') continue;
    if (line.startsWith(item.starts)) items.push({ row, values: cut(line, item.fields) });
    else if (header && line.startsWith(header.starts)) first = cut(line, header.fields);
    else if (trailer && line.startsWith(trailer.starts)) last = { row, ...cut(line, trailer.fields) };
    else problems.push({ row, reason: 'It begins like no record of this profile.' });
  }
  return { items, header: first, trailer: last, problems };
}
