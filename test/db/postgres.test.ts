import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#db/open.ts';
import { databaseTrouble } from '#db/errors.ts';
import type { Db } from '#db/schema.ts';
import { getOptions, setOption } from '#services/options/operations.ts';
import { checkDatabase } from '#services/check/check.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';

const server = process.env.METERDESK_TEST_POSTGRES;

/** More than a process has connections, each of which may be found broken once. */
const TRIES = 8;

const SETTINGS = ['application_name', 'lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout'];

async function settingsOf(db: Db): Promise<string[]> {
  const values: string[] = [];
  for (const name of SETTINGS) {
    const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(db);
    values.push(rows[0]!.value);
  }
  return values;
}

test.skipIf(!server)('every connection has a name and time limits, that of the unit of work too', async () => {
  const database = await freshDatabase();
  const expected = ['meterdesk', '15s', '10min', '1min'];
  expect(await settingsOf(database.db)).toEqual(expected);
  const orm = await database.orm();
  expect(await orm.transaction((_, db) => settingsOf(db))).toEqual(expected);
});

test.skipIf(!server)(
  'a session whose connections the server ends says so, goes on, and does nothing twice',
  async () => {
    const database = await freshDatabase();
    const other = await freshDatabase();
    const call = runnerFor(database);
    await call(setOption, { name: 'companyName', value: 'Before' });
    const ended = async (): Promise<void> => {
      const [, name] = /\/(.*)$/.exec(database.name)!;
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${name}`.execute(other.db);
    };
    await ended();
    const orm = await database.orm();
    const cut = orm.transaction(async (_, db) => {
      await sql`select 1`.execute(db);
      await ended();
      await sql`select 1`.execute(db);
    });
    await expect(cut).rejects.toThrow();
    // As an operator does: again with the same key, until it is answered.
    const save = (): Promise<unknown> =>
      call(setOption, { name: 'companyName', value: 'After' }, { idempotencyKey: 'k' }).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'unavailable', message: expect.stringContaining('cannot be reached') });
        return null;
      });
    let answer: unknown = null;
    for (let tries = 0; answer === null && tries < TRIES; tries++) answer = await save();
    expect(await save()).toEqual(answer);
    expect(await call(getOptions, {})).toMatchObject({ companyName: 'After' });
    expect(await database.db.selectFrom('audit_entry').select('seq').execute()).toHaveLength(2);
    expect((await checkDatabase(database.db)).clean).toBe(true);
  },
);

test.skipIf(!server)('whoever stops in the middle of a transaction is let go, so that others get on', async () => {
  const database = await freshDatabase();
  const address = new URL(server!);
  address.pathname = /\/(.*)$/.exec(database.name)![1]!;
  address.searchParams.set('idle_in_transaction_session_timeout', '300');
  const stopped = await openDatabase({ url: address.href });
  onTestFinished(() => stopped.close());
  await database.db.insertInto('counter').values({ name: 'receipt', value: 1 }).execute();
  const raise = (db: Db, by: number): Promise<unknown> =>
    db
      .updateTable('counter')
      .set((eb) => ({ value: eb('value', '+', by) }))
      .execute();
  const cut = stopped.transaction(async (db) => {
    await raise(db, 100);
    // Gets on only when the server has ended the transaction around it.
    await raise(database.db, 1);
    await raise(db, 100);
  });
  const error: unknown = await cut.catch((reason: unknown) => reason);
  expect(databaseTrouble(error)).toBe('connection');
  expect(await database.db.selectFrom('counter').select('value').execute()).toEqual([{ value: 2 }]);
});
