import { sql } from 'kysely';
import { DEFAULT_GROUPS } from '#domain/permissions.ts';
import type { Database } from './database.ts';
import type { Db } from './schema.ts';
import { addCodes, CODE_TABLES, missingTables } from './system-codes.ts';

const GL: readonly (readonly [
  code: string,
  name: string,
  kind: 'receivable' | 'cash' | 'revenue' | 'liability' | 'expense',
])[] = [
  ['1010', 'Cash', 'cash'],
  ['1200', 'Accounts receivable', 'receivable'],
  ['1290', 'Transfers between accounts', 'receivable'],
  ['2100', 'Customer deposits', 'liability'],
  ['2300', 'Taxes collected', 'liability'],
  ['4000', 'Service revenue', 'revenue'],
  ['4900', 'Other revenue', 'revenue'],
  ['4910', 'Penalties', 'revenue'],
  ['4920', 'Returned-item fees', 'revenue'],
  ['4950', 'Adjustments', 'revenue'],
  ['6100', 'Bad debt', 'expense'],
  ['6200', 'Interest on deposits', 'expense'],
  ['6900', 'Cash over and short', 'expense'],
];

/** Adds what a utility cannot do without and lacks yet; changes nothing that is there. */
export async function ensureSystemRows(database: Database): Promise<void> {
  if (await complete(database.db)) return;
  await database.transaction(async (db) => {
    if (await isNew(db)) await addGroups(db);
    await addCodes(db, await missingTables(db));
    // Loaded when they are missing only: at every other start nobody needs them.
    const { addFormats } = await import('./system-formats.ts');
    await addFormats(db);
    await db
      .insertInto('gl_account')
      .values(GL.map(([code, name, kind]) => ({ code, name, kind })))
      .onConflict((at) => at.column('code').doNothing())
      .execute();
  });
}

async function isNew(db: Db): Promise<boolean> {
  const groups = await db.selectFrom('user_group').select('id').limit(1).execute();
  return groups.length === 0;
}

/** Code of the format of paper that was added last. */
export const NEWEST_FORMAT = 'report-a4';

/** Groups are there, and of the code tables and formats the ones that were added last: asked at every start. */
async function complete(db: Db): Promise<boolean> {
  const newest = Object.keys(CODE_TABLES).at(-1)!;
  const { rows } = await sql<{ complete: number }>`select count(*) as complete from (
    select 1 where exists (select 1 from user_group)
      and exists (select 1 from code_value where table_name = ${newest})
      and exists (select 1 from paper_format where code = ${NEWEST_FORMAT})) as found`.execute(db);
  return rows[0]!.complete > 0;
}

async function addGroups(db: Db): Promise<void> {
  let id = 1;
  for (const [index, group] of DEFAULT_GROUPS.entries()) {
    const groupId = index + 1;
    await db
      .insertInto('user_group')
      .values({
        id: groupId,
        code: group.code,
        name: group.name,
        level: group.level,
        document_level: group.level,
        credit_limit_cents: group.creditLimitCents,
      })
      .execute();
    const rows = group.permissions.map((permission) => ({ id: id++, group_id: groupId, permission }));
    await db.insertInto('group_permission').values(rows).execute();
  }
}
