import type { Kysely } from 'kysely';
import type { Db } from '#db/schema.ts';
import { type AttributeValues, attributesJson, storedAttributes } from '#domain/code-tables/attributes.ts';
import { codeTable } from '#domain/code-tables/index.ts';
import type { CodeTable, OwnStore } from '#domain/code-tables/table.ts';
import { Failure } from '../failure.ts';

/** A code with all that setup shows of it. */
export interface CodeRow {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly active: 0 | 1;
  /** Of the program: neither edited nor deleted. */
  readonly system: 0 | 1;
  readonly attributes: AttributeValues;
  readonly version: number;
}

type Cell = string | number | null;

/** The database as tables of plain columns, for what is named in records of the domain. */
export type PlainDb = Kysely<Record<string, Record<string, Cell>>>;
export const plain = (db: Db): PlainDb => db as unknown as PlainDb;

/** @throws Failure `not_found` */
export function tableNamed(name: string): CodeTable {
  const table = codeTable(name);
  if (!table) throw new Failure('not_found', `There is no code table ${name}.`, { table: 'There is no such table' });
  return table;
}

/** All codes of a table in their order. */
export async function codeRows(db: Db, table: CodeTable): Promise<CodeRow[]> {
  if (table.stored) return ownRows(db, table.stored);
  const rows = await db
    .selectFrom('code_value')
    .select(['id', 'code', 'name', 'active', 'system', 'attributes', 'version'])
    .where('table_name', '=', table.name)
    .$if(table.ordered, (q) => q.orderBy('sort'))
    .orderBy('code')
    .execute();
  return rows.map((row) => ({ ...row, attributes: storedAttributes(table, row.code, row.attributes) }));
}

async function ownRows(db: Db, { table, sort, columns }: OwnStore): Promise<CodeRow[]> {
  const rows = await plain(db)
    .selectFrom(table)
    .selectAll()
    .$if(sort !== undefined, (q) => q.orderBy(sort!))
    .orderBy('code')
    .execute();
  return rows.map((row) => ({
    id: row.id as number,
    code: row.code as string,
    name: row.name as string,
    active: row.active as 0 | 1,
    system: 0,
    attributes: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, row[column] ?? null])),
    version: row.version as number,
  }));
}

/** @throws Failure `not_found` */
export async function codeRow(db: Db, table: CodeTable, code: string): Promise<CodeRow> {
  const row = (await codeRows(db, table)).find((one) => one.code === code);
  if (!row) throw new Failure('not_found', `There is no ${table.one} ${code}.`);
  return row;
}

const ownColumns = ({ columns }: OwnStore, attributes: AttributeValues): Record<string, Cell> =>
  Object.fromEntries(Object.entries(columns).map(([name, column]) => [column, (attributes[name] ?? null) as Cell]));

/** Writes a new code, behind the others. */
export async function insertCode(db: Db, table: CodeTable, row: Omit<CodeRow, 'version' | 'system'>): Promise<void> {
  const { id, code, name, active, attributes } = row;
  const place = (await codeRows(db, table)).length;
  if (!table.stored) {
    const json = attributesJson(table, attributes);
    const values = {
      id,
      table_name: table.name,
      code,
      name,
      active,
      system: 0 as const,
      sort: place,
      attributes: json,
    };
    await db
      .insertInto('code_value')
      .values({ ...values, version: 1 })
      .execute();
    return;
  }
  const { stored } = table;
  const order = stored.sort === undefined ? {} : { [stored.sort]: place + 1 };
  await plain(db)
    .insertInto(stored.table)
    .values({ id, code, name, active, version: 1, ...order, ...ownColumns(stored, attributes) })
    .execute();
}

/** Writes a code as it is now; its version is raised. */
export async function updateCode(db: Db, table: CodeTable, row: CodeRow): Promise<void> {
  const { id, name, active, attributes, version } = row;
  const common = { name, active, version: version + 1 };
  if (table.stored) {
    const columns = ownColumns(table.stored, attributes);
    await plain(db)
      .updateTable(table.stored.table)
      .set({ ...common, ...columns })
      .where('id', '=', id)
      .execute();
    return;
  }
  await db
    .updateTable('code_value')
    .set(table.attributes.length === 0 ? common : { ...common, attributes: attributesJson(table, attributes) })
    .where('id', '=', id)
    .execute();
}

export async function deleteCode(db: Db, table: CodeTable, { id }: CodeRow): Promise<void> {
  await plain(db)
    .deleteFrom(table.stored?.table ?? 'code_value')
    .where('id', '=', id)
    .execute();
}

/** Puts the codes of a table in this order; versions stay, for nothing of what the codes say is changed. */
export async function orderCodes(db: Db, table: CodeTable, rows: readonly CodeRow[]): Promise<void> {
  const sort = table.stored ? table.stored.sort : 'sort';
  if (sort === undefined) return;
  for (const [place, { id }] of rows.entries()) {
    await plain(db)
      .updateTable(table.stored?.table ?? 'code_value')
      .set({ [sort]: table.stored ? place + 1 : place })
      .where('id', '=', id)
      .execute();
  }
}

/** As the audit trail calls a table's codes. */
export const entityOf = (table: CodeTable): string => table.stored?.entity ?? 'CodeValue';
