import { describe, expect, test } from 'vitest';
import { getOptions, setOption } from '#services/options/operations.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

describe('company options', () => {
  test('hold their defaults until somebody chooses, and every change is audited', async () => {
    const database = await freshDatabase();
    const call = runnerFor(database);
    expect(await call(getOptions, {})).toMatchObject({ idleMinutes: 15, demo: false });
    await call(setOption, { name: 'idleMinutes', value: 5 });
    await call(setOption, { name: 'idleMinutes', value: 6 });
    expect(await call(getOptions, {})).toMatchObject({ idleMinutes: 6 });
    const audit = await database.db.selectFrom('audit_entry').select('changes').orderBy('seq').execute();
    expect(audit.map((row) => row.changes)).toEqual(['{"idleMinutes":[15,5]}', '{"idleMinutes":[5,6]}']);
  });

  test('a value that the rules forbid is refused at its field', async () => {
    const call = runnerFor(await freshDatabase());
    const tooLong = call(setOption, { name: 'idleMinutes', value: 60 });
    await expect(tooLong).rejects.toMatchObject({ code: 'invalid', fields: { value: 'At most 15 minutes' } });
  });

  test('a stored value that no longer fits falls back to the default', async () => {
    const database = await freshDatabase();
    await database.transaction((db) =>
      db.insertInto('company_option').values({ name: 'idleMinutes', value: '{broken' }).execute(),
    );
    expect(await runnerFor(database)(getOptions, {})).toMatchObject({ idleMinutes: 15 });
  });

  test('everybody may read them, few may change them', async () => {
    const call = runnerFor(await freshDatabase(), actor('lookup.use'));
    await expect(call(getOptions, {})).resolves.toBeDefined();
    await expect(call(setOption, { name: 'companyName', value: 'X' })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
