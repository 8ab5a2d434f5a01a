import { describe, expect, test } from 'vitest';
import { CompiledQuery } from 'kysely';
import type { Database } from '#db/database.ts';
import { databaseRules } from '#db/check.ts';
import { freshDatabase } from '#test/support/database.ts';
import { trail } from '#test/support/audit.ts';
import { Utility } from '#test/support/utility.ts';

const KEPT = ['audit_entry', 'allocation', 'note_version', 'import_run', 'ledger_transaction', 'ledger_line'];

/** A database with a row in every table of which none may go. */
async function books(): Promise<Database> {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const home = await utility.household();
  await utility.charge(home, 5000);
  await utility.payment(home, 3000);
  const noteId = await utility.note({ body: 'As it was', customer_id: home.customerId, account_id: home.id });
  await utility.add('note_version', { note_id: noteId, replaced_at: 1, replaced_by: 'tess', values: '{}' });
  const counts = { started_at: 1, finished_at: 2, rows_read: 0, rows_rejected: 0 };
  await utility.add('import_run', { profile: 'p', files: '[]', username: 'tess', summary: '{}', ...counts });
  await trail(database, 2);
  return database;
}

const run = (database: Database, text: string): Promise<unknown> =>
  database.transaction((db) => db.executeQuery(CompiledQuery.raw(text)));

const contents = async (database: Database): Promise<string> => {
  const tables = [];
  for (const table of KEPT)
    tables.push(
      await database.db
        .selectFrom(table as 'note')
        .selectAll()
        .execute(),
    );
  return JSON.stringify(tables);
};

describe('what is logged or posted', () => {
  test.each(KEPT)('%s: no row is changed, removed, replaced or emptied away, whoever writes', async (table) => {
    const database = await books();
    const before = await contents(database);
    const column =
      { audit_entry: 'username', note_version: 'replaced_by', import_run: 'profile' }[table] ?? 'customer_id';
    const attempts = [
      `update ${table} set ${column} = ${column}`,
      `update ${table} set id = id + 1`,
      `delete from ${table}`,
    ];
    if (table === 'ledger_line') attempts[0] = `update ${table} set amount_cents = amount_cents + 1`;
    if (database.engine === 'sqlite') {
      attempts.push(
        `insert or replace into ${table} select * from ${table}`,
        `replace into ${table} select * from ${table}`,
        `update or replace ${table} set id = (select max(id) from ${table}) where id = (select min(id) from ${table})`,
      );
    } else attempts.push(`truncate ${table}`, `truncate ${table} cascade`);
    for (const attempt of attempts) {
      const failure = await run(database, attempt).then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure, attempt).toBeInstanceOf(Error);
    }
    expect(await contents(database)).toBe(before);
  });

  test('an entry cannot take the place of another in the chain', async () => {
    const database = await books();
    const first = await database.db
      .selectFrom('audit_entry')
      .selectAll()
      .where('seq', '=', 1)
      .executeTakeFirstOrThrow();
    const forged = { ...first, id: 99, username: 'eve' };
    const insert = database.db.insertInto('audit_entry').values(forged).compile();
    const text = database.engine === 'sqlite' ? insert.sql.replace('insert', 'insert or replace') : insert.sql;
    const attempt = database.transaction((db) => db.executeQuery(CompiledQuery.raw(text, [...insert.parameters])));
    await expect(attempt).rejects.toThrow();
    const names = await database.db.selectFrom('audit_entry').select('username').orderBy('seq').execute();
    expect(names.map(({ username }) => username)).toEqual(['tess', 'tess']);
  });

  test('a guard that is gone or turned off is named', async () => {
    const database = await books();
    const guard = database.engine === 'sqlite' ? 'audit_entry_no_replace' : 'audit_entry_no_truncate';
    const text =
      database.engine === 'sqlite' ? `drop trigger ${guard}` : `alter table audit_entry disable trigger ${guard}`;
    await run(database, text);
    const rule = databaseRules.find(({ name }) => name === 'guards')!;
    expect(await rule.find(database.db, 9)).toEqual([{ account: null, message: `the guard ${guard} is missing` }]);
  });
});
