import { expect, test } from 'vitest';
import { generateDemo } from '#db/demo/generate.ts';
import { FINDABLE_KINDS, type SensitiveKind } from '#domain/sensitive.ts';
import { checkDatabase } from '#services/check/check.ts';
import { addDemoNumbers } from '#services/secrets/demo-numbers.ts';
import { findBySensitive } from '#services/secrets/find.ts';
import { vaultOf } from '#services/secrets/vault.ts';
import { clock, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';

test('numbers of a demo utility are found by their index, each without opening the others', async () => {
  const database = await freshDatabase();
  await generateDemo(database, { customers: 120, months: 6, today: TODAY });
  await addDemoNumbers(database, clock.now());
  const rows = await database.db.selectFrom('secret_value').selectAll().orderBy('id').execute();
  const findable = rows.filter(({ kind }) => FINDABLE_KINDS.some((one) => one === kind));
  expect(new Set(findable.map(({ kind }) => kind))).toEqual(new Set(FINDABLE_KINDS));
  // All automatic payments have their number or token, some drafts are found by it.
  const unfound = findable.filter((row) => row.blind_index === null);
  expect(unfound.every(({ kind }) => kind === 'bank-account')).toBe(true);
  const instruments = await database.db.selectFrom('autopay_instruction').select('id').execute();
  const sealed = rows.filter(({ entity }) => entity === 'AutopayInstruction').map((row) => row.entity_id);
  expect(sealed.toSorted()).toEqual(instruments.map(({ id }) => id).toSorted());
  const vault = await vaultOf(database).unlock();
  for (const kind of FINDABLE_KINDS) {
    const row = findable.findLast((one) => one.kind === kind && one.blind_index !== null)!;
    const place = { entity: row.entity, entityId: row.entity_id, kind };
    const found = await runnerFor(database)(findBySensitive, { kind, value: vault.open(row.sealed, place) });
    expect(found.map(({ customerId }) => customerId)).toContain(row.customer_id);
  }
  const others = rows.filter(({ kind }) => (kind as SensitiveKind) === 'birth-date');
  expect(others.length).toBeGreaterThan(0);
  const { clean } = await checkDatabase(database.db, { vault: vaultOf(database) });
  expect(clean).toBe(true);
});
