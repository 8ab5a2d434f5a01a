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
  expect(findable.filter((row) => row.blind_index === null)).toEqual([]);
  const vault = await vaultOf(database).unlock();
  for (const kind of FINDABLE_KINDS) {
    const row = findable.findLast((one) => one.kind === kind)!;
    const place = { entity: row.entity, entityId: row.entity_id, kind };
    const found = await runnerFor(database)(findBySensitive, { kind, value: vault.open(row.sealed, place) });
    expect(found.map(({ customerId }) => customerId)).toContain(row.customer_id);
  }
  const others = rows.filter(({ kind }) => (kind as SensitiveKind) === 'birth-date');
  expect(others.length).toBeGreaterThan(0);
  const { clean } = await checkDatabase(database.db, { vault: vaultOf(database) });
  expect(clean).toBe(true);
});
