import { expect, test } from 'vitest';
import { discardOldAnswers } from '#services/kept-answers.ts';
import { setOption } from '#services/options/operations.ts';
import { clock, freshDatabase, runnerFor } from '#test/support/database.ts';

const DAY_MS = 86_400_000;
const named = (value: string, idempotencyKey: string) =>
  [setOption, { name: 'companyName', value }, { idempotencyKey }] as const;

test('answers are kept as long as the company says, and then their key is free again', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  await call(...named('First', 'month-1'));
  await call(...named('Second', 'month-2'));
  await call(setOption, { name: 'keptAnswerDays', value: 40 });
  await database.transaction((db) =>
    db
      .updateTable('idempotent_answer')
      .set({ at: clock.now() - 40 * DAY_MS - 1 })
      .where('key', '=', 'month-1')
      .execute(),
  );
  await expect(call(...named('Other', 'month-1'))).rejects.toMatchObject({ code: 'refused' });
  expect(await discardOldAnswers(database, clock.now())).toEqual({ answers: 1, days: 40 });
  expect(await discardOldAnswers(database, clock.now())).toEqual({ answers: 0, days: 40 });
  expect(await call(...named('Other', 'month-1'))).toMatchObject({ companyName: 'Other' });
  expect(await call(...named('Second', 'month-2'))).toMatchObject({ companyName: 'Second' });
});

test('however many there are', async () => {
  const database = await freshDatabase();
  const old = { operation: 'options.set', input_hash: '', answer: 'null', at: 0 };
  await database.transaction(async (db) => {
    for (let n = 0; n < 450; n++)
      await db
        .insertInto('idempotent_answer')
        .values({ key: `k${n}`, ...old })
        .execute();
  });
  expect(await discardOldAnswers(database, clock.now())).toEqual({ answers: 450, days: 35 });
});
