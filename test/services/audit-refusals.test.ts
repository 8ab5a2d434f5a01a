import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Database } from '#db/database.ts';
import { openReady } from '#db/ready.ts';
import { openAccount, openLocation } from '#services/accounts/open.ts';
import type { Actor } from '#services/actor.ts';
import { outboxOf } from '#services/audit/outbox.ts';
import { Failure } from '#services/failure.ts';
import { listNotes } from '#services/notes/read.ts';
import { command, query } from '#services/operation.ts';
import { setOption } from '#services/options/operations.ts';
import { createRunner } from '#services/runner.ts';
import { disableUser } from '#services/users/change.ts';
import { fileWith } from '../import/support.ts';
import { actor, clock, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const clerk = actor('accounts.read', 'notes.read');
const trusted = { ...actor('accounts.read', 'notes.read', 'customers.private'), origin: '10.0.0.7' };

const told = async (database: Database) =>
  (await database.db.selectFrom('audit_entry').selectAll().orderBy('seq').execute()).map((row) => ({
    what: `${row.operation} ${row.outcome}`,
    entity: row.entity,
    entityId: row.entity_id,
    customerId: row.customer_id,
    changes: row.changes === null ? null : (JSON.parse(row.changes) as unknown),
  }));

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const ann = await utility.household('Ames, Ann', '1 Oak St');
  const zoe = await utility.account(
    await utility.customer('Zorba, Zoe', { public: 0 }),
    await utility.location('2 Oak St'),
  );
  return { database, utility, ann, zoe };
}

/** A runner whose time is said by the test. */
function timed(database: Database, who: Actor) {
  let now = clock.now();
  const call = createRunner({ database, actor: who, clock: { today: () => TODAY, now: () => now } });
  return { call, pass: (ms: number) => (now += ms) };
}

describe('what was refused', () => {
  test('is in the trail before the refusal is told, and once however often it comes', async () => {
    const { database } = await town();
    const { call, pass } = timed(database, clerk);
    const option = { name: 'idleMinutes', value: 5 } as const;
    for (let times = 0; times < 500; times++) {
      await expect(call(setOption, option)).rejects.toMatchObject({ code: 'forbidden' });
      if (times === 0) expect(await told(database)).toHaveLength(1);
    }
    expect(await told(database)).toMatchObject([
      { what: 'options.set refused', changes: { refusal: [null, 'forbidden'] } },
    ]);
    pass(6000);
    await expect(call(setOption, option)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await told(database)).toMatchObject([{}, { changes: { times: [null, 500] } }]);
    await expect(call(setOption, option)).rejects.toMatchObject({ code: 'forbidden' });
    await outboxOf(database).flush();
    expect(await told(database)).toMatchObject([{}, {}, { changes: { refusal: [null, 'forbidden'] } }]);
    await outboxOf(database).flush();
    expect(await told(database)).toHaveLength(3);
  });

  test('a private record asked for is told with whose it is; one that is not there is nobody’s', async () => {
    const { database, zoe } = await town();
    await expect(runnerFor(database, clerk)(openAccount, { accountId: zoe.id })).rejects.toThrow('or it is private');
    await expect(runnerFor(database, clerk)(listNotes, { accountId: 4, text: '' })).rejects.toThrow();
    expect(await told(database)).toMatchObject([
      { what: 'account.open refused', entity: 'Account', entityId: zoe.id, customerId: zoe.customerId },
    ]);
  });

  test('a command that failed is there, what it did is not; mistyped ones are no event', async () => {
    const { database, ann } = await town();
    const failing = (code: 'conflict' | 'refused' | 'invalid') =>
      command({
        name: 'money.move',
        summary: 'Moves money',
        permission: null,
        input: z.object({ accountId: z.int() }),
        subject: ({ accountId }) => ({ accountId }),
        run: async (ctx) => {
          await ctx.db.updateTable('account').set({ number: 'moved' }).where('id', '=', ann.id).execute();
          throw new Failure(code, 'No.');
        },
      });
    const call = runnerFor(database);
    for (const code of ['conflict', 'refused', 'invalid'] as const) {
      await expect(call(failing(code), { accountId: ann.id })).rejects.toMatchObject({ code });
    }
    const record = { entity: 'Account', entityId: ann.id, customerId: ann.customerId };
    expect(await told(database)).toMatchObject([
      { what: 'money.move failed', ...record, changes: { refusal: [null, 'conflict'] } },
      { what: 'money.move refused', ...record, changes: { refusal: [null, 'refused'] } },
    ]);
    expect(await database.db.selectFrom('account').select('id').where('number', '=', 'moved').execute()).toEqual([]);
  });

  test('by a rule is there once however often it comes, apart from lacking rights; a query and a draft never are', async () => {
    const { database, utility } = await town();
    // Whoever is disabled here, no administrator would be left.
    await utility.add('app_user', { username: 'ben', display_name: 'Ben', created_at: 0 });
    const call = runnerFor(database);
    for (let times = 0; times < 50; times++) {
      await expect(call(disableUser, { username: 'ben' })).rejects.toMatchObject({ code: 'refused' });
    }
    const forbidden = { name: 'thing.ask', summary: 'Asks', permission: null, input: z.object({}) } as const;
    const run = (): never => {
      throw new Failure('refused', 'A rule.');
    };
    const asked = call(query({ ...forbidden, run: async () => run() }), {});
    await expect(asked).rejects.toMatchObject({ code: 'refused' });
    const kept = call(command({ ...forbidden, unaudited: true, run: async () => run() }), {});
    await expect(kept).rejects.toMatchObject({ code: 'refused' });
    const clerkCall = runnerFor(database, clerk);
    await expect(clerkCall(disableUser, { username: 'ben' })).rejects.toMatchObject({ code: 'forbidden' });
    await outboxOf(database).flush();
    expect(await told(database)).toMatchObject([
      { what: 'user.disable refused', changes: { refusal: [null, 'refused'] } },
      { what: 'user.disable refused', changes: { refusal: [null, 'forbidden'] } },
      { what: 'user.disable refused', changes: { refusal: [null, 'refused'], times: [null, 49] } },
    ]);
  });

  test('waits for no lock: the answer comes, the row when the lock is gone', async () => {
    const file = `${fileWith('x', '')}.db`;
    const [database, other] = [await openReady({ file }), await openReady({ file })];
    const { promise: release, resolve } = Promise.withResolvers<void>();
    const { promise: locked, resolve: hold } = Promise.withResolvers<void>();
    const holding = other.transaction(async () => {
      hold();
      await release;
    });
    await locked;
    const refused = runnerFor(database, clerk)(setOption, { name: 'idleMinutes', value: 5 });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(await told(other)).toEqual([]);
    resolve();
    await holding;
    await database.close();
    expect(await told(other)).toMatchObject([{ what: 'options.set refused' }]);
    await other.close();
  });
});

describe('what was looked at', () => {
  test.each([
    ['off', []],
    ['private', ['account.open 2', 'note.list 2', 'location.open 2']],
    ['all', ['account.open 1', 'account.open 2', 'note.list 2', 'location.open 2']],
  ] as const)('with auditReads %s: %j', async (value, expected) => {
    const { database, ann, zoe } = await town();
    await runnerFor(database)(setOption, { name: 'auditReads', value });
    const call = runnerFor(database, trusted);
    await call(openAccount, { accountId: ann.id });
    await call(openAccount, { accountId: zoe.id });
    await call(openAccount, { accountId: zoe.id });
    await call(listNotes, { accountId: zoe.id, text: '' });
    await call(openLocation, { locationId: zoe.locationId });
    expect(await told(database)).toHaveLength(1);
    await outboxOf(database).flush();
    const rows = await database.db.selectFrom('audit_entry').selectAll().where('seq', '>', 1).orderBy('seq').execute();
    expect(rows.map((row) => `${row.operation} ${row.entity_id === ann.id ? 1 : 2}`)).toEqual(expected);
    for (const row of rows) expect(row).toMatchObject({ origin: '10.0.0.7', outcome: 'done', entity: 'Account' });
  });

  test('the same again after minutes is a view again', async () => {
    const { database, zoe } = await town();
    const { call, pass } = timed(database, trusted);
    for (const minutes of [0, 4, 2]) {
      pass(minutes * 60_000);
      await call(openAccount, { accountId: zoe.id });
    }
    await outboxOf(database).flush();
    expect(await told(database)).toHaveLength(2);
  });

  test('nothing is lost on a clean exit', async () => {
    const file = `${fileWith('x', '')}.db`;
    const database = await openReady({ file });
    const call = runnerFor(database, trusted);
    const { zoe } = await database.transaction(async (db) => {
      const town = new Utility({ ...database, db });
      return { zoe: await town.account(await town.customer('Z', { public: 0 }), await town.location('2 Oak St')) };
    });
    await call(openAccount, { accountId: zoe.id });
    await database.close();
    const again = await openReady({ file });
    expect(await told(again)).toMatchObject([{ what: 'account.open done', customerId: zoe.customerId }]);
    await again.close();
  });
});
