import { incomingText } from '#domain/incoming-text.ts';
import { ImportProblem, RowProblem } from './problem.ts';

/** One row of a file with the rows of other files that belong to it. */
export interface Row {
  readonly cells: readonly string[];
  /** By the join's name; null where nothing matched. */
  readonly joined: Readonly<Record<string, readonly string[] | null>>;
}

/** Finds a column's place when the header is known. */
export interface Columns {
  /** @throws ImportProblem when the file, or the join's file, has no such column */
  readonly place: (column: string) => { readonly join: string | null; readonly index: number };
  /** Getter of a column that the profile derives from others; null when it is an ordinary one. */
  readonly derived: (column: string) => Getter | null;
}

/** The cleaned text of one column of a row. */
export type Getter = (row: Row) => string;

/** A getter for a column named in a profile, `Column` or `join.Column`. */
export function columnGetter(column: string, columns: Columns): Getter {
  const derived = columns.derived(column);
  if (derived) return derived;
  const { join, index } = columns.place(column);
  return (row) => {
    const raw = join === null ? row.cells[index] : row.joined[join]?.[index];
    if (raw === undefined || raw === '') return '';
    const { text, refused } = incomingText(raw);
    if (refused === undefined) return text;
    throw new RowProblem(`${column} holds a character that is not allowed (${refused})`);
  };
}

const PLACEHOLDER = /\{\{|\}\}|\{([^{}]+)\}/g;

/** Columns that files of utilities keep sensitive numbers in, by their usual names. */
const SENSITIVE =
  /^(?:ssn|soc(?:ial)?sec(?:urity)?(?:no|num|number)?|taxpayerid|tin|driver?s?licen[cs]e(?:no|num|number)?|dl(?:no|num|number)|bankacc(?:oun)?t(?:no|num|number)?)$/i;

/** @throws ImportProblem: a number taken in as text would lie open in the database */
function refuseSensitive(column: string): void {
  const names = [column, column.slice(column.indexOf('.') + 1)].map((name) => name.replaceAll(/[^a-z]/gi, ''));
  if (!names.some((name) => SENSITIVE.test(name))) return;
  throw new ImportProblem(
    `Column ${column} holds sensitive numbers, which are not imported. Leave it out of the profile; they are entered on the Customer tab.`,
  );
}

/**
 * A getter for a template such as `{TDS_No}/{Location}`; `{{` and `}}` are plain braces.
 * Blank when it names columns and all of them are blank.
 */
export function templateGetter(template: string, columns: Columns): Getter {
  const parts: (string | Getter)[] = [];
  let at = 0;
  for (const match of template.matchAll(PLACEHOLDER)) {
    parts.push(template.slice(at, match.index));
    if (match[1] !== undefined) refuseSensitive(match[1]);
    parts.push(match[1] === undefined ? match[0][0]! : columnGetter(match[1], columns));
    at = match.index + match[0].length;
  }
  parts.push(template.slice(at));
  const getters = parts.filter((part) => typeof part === 'function');
  if (getters.length === 0) {
    const constant = parts.join('');
    return () => constant;
  }
  return (row) => {
    let out = '';
    let blank = true;
    for (const part of parts) {
      const text = typeof part === 'string' ? part : part(row);
      if (text !== '' && typeof part !== 'string') blank = false;
      out += text;
    }
    return blank ? '' : out.trim().replace(/ {2,}/g, ' ');
  };
}
