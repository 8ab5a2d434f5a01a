import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { saveDraft } from '#services/drafts/drafts.ts';
import { setOption } from '#services/options/operations.ts';
import { opened, server, sharedAddress, until } from '#test/support/address.ts';
import { runnerFor } from '#test/support/database.ts';

async function two() {
  const address = await sharedAddress();
  const [here, there] = [await opened(address), await opened(address)];
  const call = runnerFor(there);
  const change = (minutes: number) => call(setOption, { name: 'idleMinutes', value: minutes });
  return { here, there, call, change };
}

describe('the change counter', () => {
  test('moves with others’ commits, and not with their drafts', async () => {
    const { here, call, change } = await two();
    // From here on the server, where there is one, is listened to.
    let before = await here.changeCounter();
    await change(4);
    await until(async () => (await here.changeCounter()) !== before);
    await until(async () => {
      const last = before;
      before = await here.changeCounter();
      return last === before;
    });
    for (const word of ['half', 'half a', 'half a sentence']) {
      await call(saveDraft, { form: 'note.add', subjectId: 1, values: { body: word } });
      expect(await here.changeCounter()).toBe(before);
    }
    await change(5);
    await until(async () => (await here.changeCounter()) !== before);
  });

  test('stands still while nothing happens', async () => {
    const { here } = await two();
    await here.changeCounter();
    let before = -1;
    await until(async () => before === (before = await here.changeCounter()));
    for (let n = 0; n < 20; n += 1) expect(await here.changeCounter()).toBe(before);
  });

  test.runIf(server)('goes on when the connection that listens is lost', async () => {
    const { here, there, change } = await two();
    await here.changeCounter();
    const listening = sql<{ pid: number }>`select pid from pg_stat_activity
      where datname = current_database() and query like 'listen%'`;
    await until(async () => (await listening.execute(there.db)).rows.length > 0);
    const [{ pid }] = (await listening.execute(there.db)).rows as [{ pid: number }];
    await sql`select pg_terminate_backend(${pid})`.execute(there.db);
    for (const minutes of [4, 5, 6]) {
      const before = await here.changeCounter();
      await change(minutes);
      await until(async () => (await here.changeCounter()) !== before);
    }
    await until(async () => {
      await here.changeCounter();
      return (await listening.execute(there.db)).rows.some((row) => row.pid !== pid);
    });
  });
});

describe.runIf(server)('many writers on a server', () => {
  test('queue before their snapshot: none is run twice, none fails', async () => {
    const address = await sharedAddress();
    const offices = [];
    for (let n = 0; n < 8; n += 1) offices.push(await opened(address));
    let tries = 0;
    const calls = offices.map((database) =>
      runnerFor({
        ...database,
        orm: async () => {
          const orm = await database.orm();
          return {
            ...orm,
            transaction: (work) => {
              tries += 1;
              return orm.transaction(work);
            },
          };
        },
      }),
    );
    await calls[0]!(setOption, { name: 'idleMinutes', value: 5 });
    tries = 0;
    await Promise.all(
      calls.map(async (call) => {
        for (let n = 1; n <= 10; n += 1) await call(setOption, { name: 'idleMinutes', value: n });
      }),
    );
    expect(tries).toBe(80);
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry`.execute(offices[0]!.db);
    expect(rows).toEqual([{ n: 81 }]);
  });

  test('wait fifteen seconds at most, in sign-ins as in commands', async () => {
    const database = await opened(await sharedAddress());
    const limit = sql<{ lock_timeout: string }>`show lock_timeout`;
    const orm = await database.orm();
    expect((await orm.transaction((_, db) => limit.execute(db))).rows).toEqual([{ lock_timeout: '15s' }]);
    expect((await database.transaction((db) => limit.execute(db))).rows).toEqual([{ lock_timeout: '15s' }]);
  });
});
