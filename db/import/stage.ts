import type { Db } from '../schema.ts';
import { csvRecords } from './csv.ts';
import { columnsOf, Header } from './header.ts';
import { compileMapper, type Mapped } from './mapper.ts';
import { ImportProblem, type Reject, RowProblem } from './problem.ts';
import type { Profile } from './profile.ts';
import { Rejects } from './rejects.ts';
import { identifyAll, type SourceFile } from './roles.ts';
import type { Row } from './row.ts';
import { acceptBatch, type PendingRow } from './accept.ts';
import { referencesOf } from './references.ts';
import { digestOf, Staging } from './staging.ts';
import { textReader } from './values.ts';

/** How far a phase has come; `of` is null while unknown. */
export type Progress = (phase: 'reading' | 'writing' | 'indexing', done: number, of: number | null) => void;

export interface StageOptions {
  /** Reads outside any transaction, for records of earlier runs. */
  readonly db: Db;
  readonly rejectsPath: string | null;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** Files that were read, mapped and checked, ready to be written. Close it in the end. */
export interface StagedImport {
  readonly profile: Profile;
  readonly files: readonly string[];
  readonly staging: Staging;
  readonly rowsRead: number;
  readonly rowsRejected: number;
  /** Rows left out by the profile's own rule: skipped, or repeated whole. */
  readonly rowsSkipped: number;
  readonly rowsRepeated: number;
  readonly rejects: readonly Reject[];
  readonly close: () => void;
}

const BATCH = 250;

/** Counts of one reading. */
interface Tally {
  read: number;
  skipped: number;
  repeated: number;
}

/**
 * Reads the files row by row, maps and checks every row, and stages what is good. The
 * utility's database is only read. Rows that cannot be taken are counted and written to the
 * rejects file; a file that cannot be read to its end stops it.
 * @throws ImportProblem naming file and row
 */
export async function stageFiles(
  profile: Profile,
  given: readonly string[],
  options: StageOptions,
): Promise<StagedImport> {
  const files = await identifyAll(profile, given);
  const staging = new Staging();
  const rejects = new Rejects(options.rejectsPath);
  const tally: Tally = { read: 0, skipped: 0, repeated: 0 };
  try {
    const context = { profile, files, staging, rejects, tally, options };
    for (const file of files) await stageFile(context, file);
    await rejects.close();
  } catch (error) {
    await rejects.close().catch(() => {});
    staging.close();
    throw error;
  }
  return {
    profile,
    files: files.map((file) => file.path),
    staging,
    rowsRead: tally.read,
    rowsRejected: rejects.count,
    rowsSkipped: tally.skipped,
    rowsRepeated: tally.repeated,
    rejects: rejects.first,
    close: () => staging.close(),
  };
}

interface Context {
  readonly profile: Profile;
  readonly files: readonly SourceFile[];
  readonly staging: Staging;
  readonly rejects: Rejects;
  readonly tally: Tally;
  readonly options: StageOptions;
}

async function stageFile(context: Context, file: SourceFile): Promise<void> {
  const { profile, staging, tally, options } = context;
  const rule = profile.files[file.role]!;
  const keepers = joinKeepers(context, file);
  const hasRecords = profile.records.some((record) => record.file === file.role);
  const columns = columnsOf(file.path, file.header, rule, joinHeaders(context, file.role));
  const map = hasRecords ? compileMapper(profile, file.role, columns) : null;
  const join = joiner(context, file, columns);
  const references = referencesOf(profile);
  let batch: PendingRow[] = [];
  const flush = async (): Promise<void> => {
    await acceptBatch({ ...context, db: options.db, references }, batch);
    batch = [];
    options.progress?.('reading', tally.read, null);
  };
  for await (const record of csvRecords(file.path, rule, options.signal)) {
    if (record.isHeader) continue;
    tally.read += 1;
    const at = { file: file.path, row: record.row, line: record.line };
    try {
      assertWhole(record.cells, file.header);
      for (const keep of keepers) keep(record.cells);
      if (!map) continue;
      if (rule.duplicates !== 'keep' && !staging.isFirst(file.role, digestOf(JSON.stringify(record.cells)))) {
        if (rule.duplicates === 'reject') throw new RowProblem('the same row came before');
        tally.repeated += 1;
        continue;
      }
      const mapped = map(join(record.cells));
      if (mapped === 'skipped') tally.skipped += 1;
      else batch.push({ at, cells: record.cells, mapped: mapped satisfies Mapped });
    } catch (error) {
      if (!(error instanceof RowProblem)) throw error;
      context.rejects.add({ ...at, reason: error.message }, record.cells);
    }
    if (batch.length >= BATCH) await flush();
  }
  await flush();
}

function assertWhole(cells: readonly string[], header: Header): void {
  if (cells.length !== header.names.length) {
    throw new RowProblem(`has ${cells.length} columns where the header has ${header.names.length}`);
  }
}

type JoinRule = Profile['files'][string]['joins'][string];

const joinsOf = (profile: Profile, role: string): [string, JoinRule][] => Object.entries(profile.files[role]!.joins);

/** Headers of the files that a role joins; null for an optional one that was not given. */
function joinHeaders({ profile, files }: Context, role: string) {
  return Object.fromEntries(
    joinsOf(profile, role).map(([name, { file }]) => {
      const source = files.find((one) => one.role === file);
      return [name, { header: source?.header ?? null, file: source?.path ?? file }];
    }),
  );
}

/** For each join onto this file: keeps its rows by the join's key. */
function joinKeepers({ profile, staging }: Context, file: SourceFile): ((cells: readonly string[]) => void)[] {
  const columns = columnsOf(file.path, file.header, profile.files[file.role]!, {});
  return Object.keys(profile.files).flatMap((role) =>
    joinsOf(profile, role).flatMap(([name, rule]) => {
      if (rule.file !== file.role) return [];
      const key = textReader(rule.that, columns);
      return [
        (cells: readonly string[]): void => {
          const found = key({ cells, joined: {} });
          if (found !== null) staging.keepJoined(`${role}.${name}`, found, cells, rule.pick === 'last');
        },
      ];
    }),
  );
}

/** Adds to a row the rows of other files that belong to it. */
function joiner({ profile, staging }: Context, file: SourceFile, columns: ReturnType<typeof columnsOf>) {
  const joins = joinsOf(profile, file.role).map(([name, rule]) => ({
    name,
    rule,
    key: textReader(rule.this, columns),
  }));
  return (cells: readonly string[]): Row => {
    const joined: Record<string, readonly string[] | null> = {};
    const row: Row = { cells, joined };
    for (const { name, rule, key } of joins) {
      const wanted = key(row);
      const found = wanted === null ? null : staging.joined(`${file.role}.${name}`, wanted);
      if (!found && rule.required) throw new RowProblem(`${rule.file} has no row for “${wanted ?? ''}”`);
      if (found && found.n > 1 && rule.pick === 'only') {
        throw new RowProblem(`${rule.file} has ${found.n} rows for “${wanted}”`);
      }
      joined[name] = found?.cells ?? null;
    }
    return row;
  };
}

/** Refuses when rows were rejected and only whole files are wanted. @throws ImportProblem */
export function assertAllTaken(staged: StagedImport): void {
  const [first] = staged.rejects;
  if (!first) return;
  const more = staged.rowsRejected > 1 ? ` and ${staged.rowsRejected - 1} more` : '';
  throw new ImportProblem(
    `${staged.rowsRejected} of ${staged.rowsRead} rows cannot be taken: ${first.file}, row ${first.row}: ${first.reason}${more}`,
  );
}
