import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { command, query } from '#services/operation.ts';
import { chainHash } from '#services/audit.ts';
import { createRunner } from '#services/runner.ts';
import { actor, clock, freshDatabase, runnerFor } from '#test/support/database.ts';

const addCycle = command({
  name: 'cycle.add',
  summary: 'Add a cycle',
  permission: 'options.edit',
  input: z.object({ code: z.string().min(1, 'Enter a code') }),
  run: async ({ em, e, newId, audit, today }, { code }) => {
    const cycle = em.create(e.Cycle, {
      id: newId(),
      code,
      name: `Cycle ${code}`,
      billPeriod: 'monthly',
      billDay: 1,
      dueDays: 20,
    });
    audit({ entity: 'Cycle', entityId: cycle.id, changes: { code: [null, code] } });
    return { id: cycle.id, today };
  },
});

const countCycles = query({
  name: 'cycle.count',
  summary: 'Count cycles',
  permission: 'options.read',
  input: z.object({}),
  run: async ({ db }) => (await db.selectFrom('cycle').select('id').execute()).length,
});

const broken = query({
  name: 'cycle.broken',
  summary: 'Count cycles that are not there',
  permission: null,
  input: z.object({}),
  run: async () => (undefined as unknown as { cycles: number }).cycles,
});

describe('the operation runner', () => {
  test('an error that nobody expected goes to the log; the operator reads that there was one, not what it said', async () => {
    const told: [string, unknown][] = [];
    const call = createRunner({
      database: await freshDatabase(),
      actor: actor(),
      clock,
      fault: (operation, error) => told.push([operation, error]),
    });
    await expect(call(broken, {})).rejects.toThrow(/^Something went wrong inside the program; the log has it\./);
    expect(told).toEqual([['cycle.broken', expect.any(TypeError)]]);
  });

  test('a command changes, audits in the chain and answers plain data', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    const first = await call(addCycle, { code: '01' });
    await call(addCycle, { code: '02' });
    expect(first.today).toBe(clock.today());
    expect(await call(countCycles, {})).toBe(2);
    const rows = await database.db.selectFrom('audit_entry').selectAll().orderBy('seq').execute();
    expect(rows.map((row) => [row.seq, row.operation, row.entity_id])).toEqual([
      [1, 'cycle.add', first.id],
      [2, 'cycle.add', rows[1]!.entity_id],
    ]);
    expect(rows[1]!.previous_hash).toBe(rows[0]!.hash);
    const { seq, previous_hash, ...row } = rows[1]!;
    const again = chainHash(
      {
        id: row.id,
        at: row.at,
        userId: row.user_id,
        username: row.username,
        operation: row.operation,
        outcome: 'done',
        entity: row.entity,
        entityId: row.entity_id,
        customerId: row.customer_id,
        changes: row.changes,
        source: row.source,
        origin: row.origin,
        reason: row.reason,
        correlation: row.correlation,
      },
      seq,
      previous_hash,
      2,
    );
    expect(again).toBe(row.hash);
  });

  test('who lacks the right is refused, and nothing happens', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database, actor('options.read'));
    await expect(call(addCycle, { code: '01' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await call(countCycles, {})).toBe(0);
  });

  test('bad input names its field in the words of the schema', async () => {
    const call = runnerFor(await freshDatabase());
    await expect(call(addCycle, { code: '' })).rejects.toMatchObject({
      code: 'invalid',
      fields: { code: 'Enter a code' },
    });
  });

  test('a duplicate is refused in operators words and leaves no audit row', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    await call(addCycle, { code: '01' });
    await expect(call(addCycle, { code: '01' })).rejects.toMatchObject({ code: 'refused' });
    expect(await database.db.selectFrom('audit_entry').select('id').execute()).toHaveLength(1);
  });

  test('the same idempotency key answers again and does nothing', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    const first = await call(addCycle, { code: '01' }, { idempotencyKey: 'k1' });
    expect(await call(addCycle, { code: '01' }, { idempotencyKey: 'k1' })).toEqual(first);
    expect(await call(countCycles, {})).toBe(1);
    await expect(call(addCycle, { code: '02' }, { idempotencyKey: 'k1' })).rejects.toMatchObject({ code: 'refused' });
  });

  test('posted rows and audit rows cannot be changed by any statement', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    await call(addCycle, { code: '01' });
    const change = database.transaction((db) => db.updateTable('audit_entry').set({ username: 'x' }).execute());
    await expect(change).rejects.toThrow('append-only');
  });
});
