import type { Db } from '#db/schema.ts';
import type { CodeTable, CodeUse } from '#domain/code-tables/table.ts';
import { type CodeRow, plain } from './store.ts';

/** How many records use a code, in words: `12 documents`. */
export interface CodeUseCount {
  readonly what: string;
  readonly count: number;
}

/** The last identity of each large table, so that later only what came since is looked at. */
export type Newest = ReadonlyMap<string, number>;

/** Of a code's uses those that are found, with their counts; of large tables only what came since `newest`. */
export async function usesOf(
  db: Db,
  table: CodeTable,
  row: Pick<CodeRow, 'id' | 'code'>,
  newest: Newest = new Map(),
): Promise<CodeUseCount[]> {
  const counts: CodeUseCount[] = [];
  for (const use of table.usedIn) {
    const count = await countOf(db, use, row, use.large ? newest.get(use.table) : undefined);
    if (count > 0) counts.push({ what: use.what, count });
  }
  return counts;
}

async function countOf(db: Db, use: CodeUse, { id, code }: Pick<CodeRow, 'id' | 'code'>, after?: number) {
  const { only } = use;
  const rows = plain(db)
    .selectFrom(use.table)
    .$if(only !== undefined, (q) => q.where(only!.column, 'in', [...only!.values]))
    .$if(after !== undefined, (q) => q.where('id', '>', after!));
  if (use.by === 'list') {
    // Codes in JSON: the pattern finds candidates, for `_` in a code stands for any letter there.
    const found = await rows
      .select(use.column)
      .where(use.column, 'like', `%${JSON.stringify(code)}%`)
      .execute();
    return found.filter((row) => String(row[use.column]).includes(JSON.stringify(code))).length;
  }
  const { count } = await rows
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where(use.column, '=', use.by === 'id' ? id : code)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The last identity of each large table that a code may be used in. */
export async function newestOf(db: Db, table: CodeTable): Promise<Newest> {
  const newest = new Map<string, number>();
  for (const { table: name } of table.usedIn.filter(({ large }) => large)) {
    const last = await plain(db)
      .selectFrom(name)
      .select((eb) => eb.fn.max('id').as('id'))
      .executeTakeFirst();
    newest.set(name, Number(last?.id ?? 0));
  }
  return newest;
}

/** `documents` → `document`, `penalty runs` → `penalty run`: the first word that is a plural. */
function singular(what: string): string {
  const words = what.split(' ');
  const at = words.findIndex((word) => word.endsWith('s'));
  return words.with(at, words[at]!.replace(/(?<=ss)es$|s$/, '')).join(' ');
}

/** `12 documents`, `1 document`. */
export const useCount = ({ what, count }: CodeUseCount): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? singular(what) : what}`;

/** `12 documents, 3 payments`. */
export const useWords = (uses: readonly CodeUseCount[]): string => uses.map(useCount).join(', ');
