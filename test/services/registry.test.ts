import { describe, expect, test } from 'vitest';
import { DEFAULT_GROUPS, EVERYTHING, PERMISSIONS } from '#domain/permissions.ts';
import { byUniqueName, operations } from '#services/index.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';

describe('the registry of operations', () => {
  test('refuses two operations of one name, and names that are not noun.verb', () => {
    expect(() => byUniqueName([operations[0]!, operations[0]!])).toThrow('two operations');
    expect(() => byUniqueName([{ ...operations[0]!, name: 'lookup' }])).toThrow('operation name');
  });

  test('every operation asks for a permission that exists and says what it does', () => {
    for (const one of operations) {
      if (one.permission !== null) expect(Object.keys(PERMISSIONS), one.name).toContain(one.permission);
      expect(one.summary, one.name).toMatch(/^[A-Z].*[^.]$/);
    }
  });
});

/** What an operation answers to empty input shows whether the right was granted: it is asked for first. */
test('every operation × every group: exactly as configured', async () => {
  const database = await freshDatabase();
  for (const group of DEFAULT_GROUPS) {
    const call = runnerFor(database, { ...actor('none'), permissions: new Set(group.permissions) });
    for (const operation of operations) {
      const allowed =
        operation.permission === null ||
        group.permissions.some((held) => held === operation.permission || held === EVERYTHING);
      const answer = await call(operation, {}).then(
        () => 'granted',
        (error: { code: string }) => (error.code === 'forbidden' ? 'forbidden' : 'granted'),
      );
      expect(answer, `${operation.name} for ${group.code}`).toBe(allowed ? 'granted' : 'forbidden');
    }
  }
});
