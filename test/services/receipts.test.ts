import { expect, test } from 'vitest';
import { saveDraft } from '#services/drafts/drafts.ts';
import { setOption } from '#services/options/operations.ts';
import { findReceipt } from '#services/receipts/find.ts';
import { actor, clock, freshDatabase, runnerFor } from '#test/support/database.ts';

test('a command was saved when its audit row is there: of this user, this name, from this instant on', async () => {
  const database = await freshDatabase();
  const call = runnerFor(database);
  const since = clock.now();
  const asked = { operation: 'options.set', since };
  expect(await call(findReceipt, asked)).toEqual({ saved: false });
  await call(setOption, { name: 'idleMinutes', value: 5 });
  expect(await call(findReceipt, asked)).toEqual({ saved: true });
  expect(await call(findReceipt, { ...asked, since: since + 1 })).toEqual({ saved: false });
  expect(await call(findReceipt, { ...asked, operation: saveDraft.name })).toEqual({ saved: false });
  const other = runnerFor(database, { ...actor(), userId: 2 });
  expect(await other(findReceipt, asked)).toEqual({ saved: false });
});
