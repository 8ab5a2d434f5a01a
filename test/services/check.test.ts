import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { generateDemo } from '#db/demo/generate.ts';
import type { Db } from '#db/schema.ts';
import { EVERYTHING } from '#domain/permissions.ts';
import { type CheckReport, systemCheck } from '#services/check/index.ts';
import { setOption } from '#services/options/operations.ts';
import { findSealed, putSecret } from '#services/secrets/store.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { trail } from '#test/support/audit.ts';
import { actor, freshDatabase, runnerFor, testKeys, TODAY } from '#test/support/database.ts';

async function town(): Promise<Database> {
  const database = await freshDatabase();
  await generateDemo(database, { customers: 40, months: 12, today: TODAY });
  return database;
}

const check = (database: Database): Promise<CheckReport> => runnerFor(database)(systemCheck, { limit: 20 });

/** Names of the rules that do not hold, with what they say. */
async function broken(database: Database): Promise<Record<string, readonly string[]>> {
  const { rules } = await check(database);
  return Object.fromEntries(
    rules.filter((rule) => !rule.holds).map((rule) => [rule.rule, rule.findings.map((f) => f.message)]),
  );
}

const tampered = (database: Database, work: (db: Db) => Promise<unknown>): Promise<unknown> =>
  database.transaction(work);

describe('the check', () => {
  test('finds nothing in a new database, nor in a demo with an audit trail', async () => {
    expect(await broken(await freshDatabase())).toEqual({});
    const database = await town();
    const call = runnerFor(database);
    await call(setOption, { name: 'companyName', value: 'Somewhere Water' });
    await call(setOption, { name: 'idleMinutes', value: 5 });
    expect((await check(database)).clean).toBe(true);
  });

  test('names sealed numbers that were moved, whose key is gone, and a key file that is another', async () => {
    const database = await freshDatabase();
    const vault = await vaultOf(database).unlock();
    const place = (entityId: number) => ({ entity: 'Customer', entityId, kind: 'ssn' });
    await tampered(database, async (db) => {
      for (const id of [1, 2, 3]) await putSecret(db, vault, place(id), `52134000${id}`, {}, { id, now: 0 });
    });
    expect(await broken(database)).toEqual({});
    expect(Object.keys(await broken({ ...database, keys: undefined }))).toEqual([]);
    const other = await broken({ ...database, keys: testKeys(9) });
    expect(other['sealed-values']).toEqual([expect.stringContaining('not the key file')]);
    await tampered(database, async (db) => {
      const { sealed } = (await findSealed(db, place(1)))!;
      await db.updateTable('secret_value').set({ sealed }).where('id', '=', 2).execute();
      await db.updateTable('secret_value').set({ key_id: 77 }).where('id', '=', 3).execute();
    });
    expect((await broken(database))['sealed-values']).toEqual([
      'ssn of Customer 2: does not open: changed or moved',
      'ssn of Customer 3: its key 77 is not there',
    ]);
  });

  test('names the account whose stored balance is not its ledger', async () => {
    const database = await town();
    const { number, id } = await database.db
      .selectFrom('account')
      .select(['number', 'id'])
      .limit(1)
      .executeTakeFirstOrThrow();
    await tampered(database, (db) =>
      db
        .updateTable('account_balance')
        .set((eb) => ({ balance_cents: eb('balance_cents', '+', 1) }))
        .where('account_id', '=', id)
        .execute(),
    );
    const { rules, clean } = await check(database);
    expect(clean).toBe(false);
    expect(rules.find((rule) => rule.rule === 'balances')!.findings).toMatchObject([{ account: number }]);
  });

  test('sees an open amount that its allocations do not leave', async () => {
    const database = await town();
    const line = await database.db
      .selectFrom('ledger_line')
      .select('id')
      .where('effect', '=', 1)
      .where('open_cents', '=', 0)
      .limit(1)
      .executeTakeFirstOrThrow();
    await tampered(database, (db) =>
      db.updateTable('ledger_line').set({ open_cents: 1 }).where('id', '=', line.id).execute(),
    );
    expect(await broken(database)).toEqual({
      'open-debits': [`line ${line.id} says 0.01 is open, its allocations leave 0.00`],
    });
  });

  test('sees a code that is not in the general ledger', async () => {
    const database = await town();
    await tampered(database, (db) => db.deleteFrom('gl_account').where('code', '=', '4010').execute());
    expect(Object.keys(await broken(database))).toEqual(['ledger-codes']);
  });

  test('sees a reference that leads nowhere', async () => {
    const database = await town();
    await tampered(database, (db) =>
      db.updateTable('meter_read').set({ statement_id: 9_999_999 }).where('id', '=', 1).execute(),
    );
    expect(await broken(database)).toEqual({
      'references-of-meter-read': ['meter_read 1: statement 9999999 does not exist'],
    });
  });

  test('sees money that its receipt, its batch or its deposit does not tell', async () => {
    const database = await town();
    const first = (table: 'tender' | 'batch' | 'deposit') =>
      database.db.selectFrom(table).select('id').orderBy('id').limit(1).executeTakeFirstOrThrow();
    const { id: tender } = await first('tender');
    const { number } = await database.db
      .selectFrom('tender as t')
      .innerJoin('payment as p', 'p.id', 't.payment_id')
      .select('p.number')
      .where('t.id', '=', tender)
      .executeTakeFirstOrThrow();
    const payment = await database.db
      .selectFrom('ledger_transaction')
      .selectAll()
      .where('tender_id', '=', tender)
      .executeTakeFirstOrThrow();
    await tampered(database, async (db) => {
      // Entered beside what is posted, as no operation would.
      const more = { ...payment, id: 9_000_001, status: 'unposted' as const, amount_cents: -1, batch_id: null };
      await db.insertInto('ledger_transaction').values(more).execute();
      await db
        .updateTable('deposit')
        .set({ held_cents: 999_999 })
        .where('id', '=', (await first('deposit')).id)
        .execute();
      const plan = {
        id: 1,
        transaction_id: payment.id,
        customer_id: payment.customer_id,
        debit_line_id: 1,
        amount_cents: 1,
      };
      await db.insertInto('planned_allocation').values(plan).execute();
    });
    const found = await broken(database);
    expect(found.payments).toEqual([expect.stringContaining(`of payment ${number} gave accounts`)]);
    expect(found['deposit-amounts']).toEqual([expect.stringContaining('held 9999.99')]);
    expect(found.plans).toEqual(['plan 1 is of no unposted transaction']);
    expect(found.tenders).toBeUndefined();
  });

  test('names the first audit entry that does not fit the chain', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    for (const value of [3, 4, 5]) await call(setOption, { name: 'idleMinutes', value });
    const last = await database.db
      .selectFrom('audit_entry')
      .selectAll()
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    await tampered(database, (db) =>
      db
        .insertInto('audit_entry')
        .values({ ...last, id: last.id + 1, seq: last.seq + 1 })
        .execute(),
    );
    expect(await broken(database)).toEqual({
      'audit-chain': [`audit entry ${last.seq + 1}: does not follow the entry before`],
    });
  });

  test('sees a changed and a missing audit entry', async () => {
    const database = await freshDatabase();
    if (!database.file) return;
    await trail(database, 4);
    database.file.exec('drop trigger audit_entry_no_update; drop trigger audit_entry_no_delete');
    database.file.exec("update audit_entry set username = 'eve' where seq = 3");
    expect(await broken(database)).toMatchObject({
      'audit-chain': ['audit entry 3: was changed'],
      guards: ['the guard audit_entry_no_update is missing', 'the guard audit_entry_no_delete is missing'],
    });
    database.file.exec('delete from audit_entry where seq = 2');
    expect(await broken(database)).toMatchObject({ 'audit-chain': ['audit entry 2: is missing'] });
  });

  test('is for who may, and says nothing personal', async () => {
    const database = await town();
    await expect(runnerFor(database, actor('accounts.read'))(systemCheck, { limit: 20 })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await tampered(database, (db) => db.updateTable('account_balance').set({ unposted_cents: 7 }).execute());
    const told = JSON.stringify(
      await runnerFor(database, { ...actor(), permissions: new Set([EVERYTHING]) })(systemCheck, { limit: 20 }),
    );
    const people = await database.db.selectFrom('customer').select(['display_name']).execute();
    for (const { display_name } of people) expect(told).not.toContain(display_name);
  });
});
