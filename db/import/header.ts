import { ImportProblem } from './problem.ts';
import type { FileRule, Profile } from './profile.ts';
import type { Columns, Getter } from './row.ts';
import { textReader } from './values.ts';

const asList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

const plain = (name: string): string => name.replace(/^\ufeff/, '').trim();

/** A file's header, asked by the names that a profile uses. */
export class Header {
  readonly names: readonly string[];
  readonly #rule: FileRule;

  constructor(names: readonly string[], rule: FileRule) {
    this.names = names.map(plain);
    this.#rule = rule;
  }

  /** Place of a column by its profile name or its own; −1 when there is none. */
  find(column: string): number {
    const candidates = [...asList(this.#rule.columns[column]), column];
    const exact = this.names.findIndex((name) => candidates.includes(name));
    if (exact >= 0) return exact;
    const folded = new Set(candidates.map((name) => name.toLowerCase()));
    return this.names.findIndex((name) => folded.has(name.toLowerCase()));
  }

  /** The column as the file should call it. */
  called(column: string): string {
    return asList(this.#rule.columns[column])[0] ?? column;
  }

  /** @throws ImportProblem when there is no such column, or there are two */
  place(column: string, file: string): number {
    const index = this.find(column);
    const shown = this.names.slice(0, 40).join(', ');
    if (index < 0)
      throw new ImportProblem(`${file}, row 1: there is no column “${this.called(column)}”. It has: ${shown}`);
    if (this.names.indexOf(this.names[index]!, index + 1) >= 0) {
      throw new ImportProblem(`${file}, row 1: there are two columns “${this.names[index]}”`);
    }
    return index;
  }
}

const COLUMN = /\{\{|\}\}|\{([^{}]+)\}/g;

/** Names of the columns that a part of a profile mentions in its templates. */
export function mentionedColumns(part: unknown): string[] {
  if (typeof part === 'string') return [...part.matchAll(COLUMN)].flatMap((match) => match[1] ?? []);
  if (Array.isArray(part)) return part.flatMap(mentionedColumns);
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(mentionedColumns) : [];
}

/** Columns of its own (not of joined files) that a role's file must have, by which it is recognised. */
export function columnsOfRole(profile: Profile, role: string): string[] {
  const rule = profile.files[role]!;
  const ids = new Set(profile.records.filter((record) => record.file === role).map((record) => record.id));
  const own = [
    ...profile.records.filter((record) => record.file === role),
    ...profile.totals.filter((total) => ids.has(total.of)),
    rule.checks,
    rule.derive,
    rule.skip,
    rule.reject,
    Object.values(rule.joins).map((join) => join.this),
    joinedValues(profile, role),
  ].flatMap(mentionedColumns);
  const joins = Object.keys(rule.joins);
  const elsewhere = (column: string): boolean =>
    Object.hasOwn(rule.derive, column) || joins.some((join) => column.startsWith(`${join}.`));
  return [...new Set(own.filter((column) => !elsewhere(column)))];
}

/** What other files' joins ask of this role's file: its own key, and the columns that they take from it. */
function joinedValues(profile: Profile, role: string): string[] {
  const wanted: string[] = [];
  for (const [from, rule] of Object.entries(profile.files)) {
    for (const [join, { file, that }] of Object.entries(rule.joins)) {
      if (file !== role) continue;
      const used = profile.records.filter((record) => record.file === from).flatMap(mentionedColumns);
      const taken = used
        .filter((column) => column.startsWith(`${join}.`))
        .map((column) => column.slice(join.length + 1));
      wanted.push(...mentionedColumns(that), ...taken);
    }
  }
  return wanted.map((column) => `{${column}}`);
}

/** Resolves `Column` in the row's own file and `join.Column` in a joined one (absent optional files are blank). */
export function columnsOf(
  file: string,
  header: Header,
  rule: FileRule,
  joined: Readonly<Record<string, { readonly header: Header | null; readonly file: string }>>,
): Columns {
  const getters = new Map<string, Getter>();
  const columns: Columns = {
    derived: (column) => {
      if (!Object.hasOwn(rule.derive, column)) return null;
      let getter = getters.get(column);
      if (!getter) {
        // Set before its value is compiled, so that a column derived from itself is blank, not endless.
        getters.set(column, () => '');
        const read = textReader(rule.derive[column]!, columns);
        getters.set(column, (getter = (row) => read(row) ?? ''));
      }
      return getter;
    },
    place: (column) => {
      const dot = column.indexOf('.');
      const join = dot > 0 && Object.hasOwn(joined, column.slice(0, dot)) ? column.slice(0, dot) : null;
      if (join === null) return { join, index: header.place(column, file) };
      const other = joined[join]!;
      return { join, index: other.header === null ? 0 : other.header.place(column.slice(dot + 1), other.file) };
    },
  };
  return columns;
}
