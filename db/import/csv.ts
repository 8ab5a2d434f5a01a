import { createReadStream } from 'node:fs';
import { CsvError, type Info, type Options, parse } from 'csv-parse';
import { ImportProblem } from './problem.ts';
import type { FileRule } from './profile.ts';

/** Longest record taken, characters: a quote that is never closed must not read a whole file into memory. */
const LONGEST_RECORD = 1 << 20;

/** One record of a file and where it was. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** As a spreadsheet counts: the header is row 1, an empty line is a row too. */
  readonly row: number;
  readonly line: number;
  readonly isHeader: boolean;
}

function options(rule: FileRule): Options {
  return {
    bom: true,
    delimiter: rule.delimiter,
    quote: rule.quote ?? false,
    encoding: rule.encoding,
    from_line: rule.skipLines + 1,
    info: true,
    max_record_size: LONGEST_RECORD,
    relax_column_count: true,
    skip_empty_lines: true,
  };
}

const WORDS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote',
  INVALID_OPENING_QUOTE: 'a quote stands inside a field that does not begin with one',
  CSV_MAX_RECORD_SIZE: 'a row is longer than a million characters (is a quote left open?)',
};

/** Reads the records of a file one by one, the header first. @throws ImportProblem with the row, when quoting is broken */
export async function* csvRecords(path: string, rule: FileRule, signal?: AbortSignal): AsyncGenerator<CsvRecord> {
  const parser = createReadStream(path, { signal })
    .on('error', (error) => parser.destroy(error))
    .pipe(parse(options(rule)));
  let read = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      read += 1;
      const row = read + info.empty_lines + rule.skipLines;
      yield { cells: record, row, line: info.lines, isHeader: read === 1 };
    }
  } catch (error) {
    throw readable(error, path, rule);
  }
}

function readable(error: unknown, path: string, rule: FileRule): unknown {
  if (error instanceof CsvError) {
    // The parser is ahead of its reader: only its own count says at which row it stopped.
    const row = Number(error.records ?? 0) + Number(error.empty_lines ?? 0) + rule.skipLines + 1;
    return new ImportProblem(`${path}, row ${row}: ${WORDS[error.code] ?? 'not a readable CSV row'}`);
  }
  const code = (error as { code?: unknown }).code;
  if (code === 'ENOENT') return new ImportProblem(`There is no file ${path}`);
  if (code === 'EACCES') return new ImportProblem(`The file ${path} may not be read`);
  if (code === 'EISDIR') return new ImportProblem(`${path} is a folder`);
  return error;
}
