import { describe, expect, test } from 'vitest';
import { changesText, fieldChanges } from '#services/audit/changes.ts';
import { operations } from '#services/index.ts';
import { addFirstUser } from '#services/users/add.ts';
import { inputsFor } from '#test/support/inputs.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const kept = (entity: string, field: string, before: unknown, after: unknown): unknown =>
  (JSON.parse(changesText(entity, { [field]: [before, after] })!) as Record<string, unknown>)[field];

describe('what the trail keeps of changes', () => {
  test.each([
    ['CompanyOption', 'demoPassword', 'open sesame', 'close sesame', ['•', '•']],
    ['AppUser', 'password', null, 'open sesame', [null, '•']],
    ['AppUser', 'recoveryCodes', null, ['11-22', '33-44'], [null, '•']],
    ['AppUser', 'code', null, '123456', [null, '•']],
    ['AccessToken', 'tokenHash', 'abc', 'def', ['•', '•']],
    ['Customer', 'ssn', null, '123-45-6789', [null, '•']],
    ['UserGroup', 'code', 'billing', 'bills', ['billing', 'bills']],
    ['AppUser', 'mustChangePassword', 0, 1, [0, 1]],
    ['AppUser', 'tokensRevoked', null, 3, [null, 3]],
    ['Note', 'body', 'token mdk_abcdefghijklmnop here', '', ['token • here', '']],
    ['CompanyOption', 'demoUsers', [], [{ username: 'a', password: 'b' }], [[], [{ username: 'a', password: '•' }]]],
  ])('%s %s', (entity, field, before, after, expected) => {
    expect(kept(entity, field, before, after)).toEqual(expected);
  });

  test('long texts are cut and say how long they were', () => {
    const [before, after] = kept('Note', 'body', 'x'.repeat(200), '李'.repeat(5000)) as string[];
    expect(before).toBe('x'.repeat(200));
    expect(after).toBe(`${'李'.repeat(160)}… (5000 characters)`);
  });

  test('reads back as fields with words for nothing', () => {
    expect(fieldChanges(changesText('Note', { graceOn: [null, '2026-12-01'], flag: [0, 1] }))).toEqual([
      { field: 'graceOn', before: null, after: '2026-12-01' },
      { field: 'flag', before: '0', after: '1' },
    ]);
    expect(fieldChanges('not JSON')).toEqual([]);
  });
});

/** Given to fields of inputs that hold credentials; longer than any code that may be kept. */
const CANARY = 'Canary-5f1c-secret-that-nobody-tells';
const SECRET_FIELDS = ['password', 'currentPassword', 'newPassword', 'old', 'token', 'code', 'secret', 'totp', 'value'];

test('whatever command is run, no credential given or answered gets into the trail', async () => {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const home = await utility.household();
  const noteId = await utility.note({ body: 'x', customer_id: home.customerId, account_id: home.id });
  const call = runnerFor(database);
  await call(addFirstUser, { username: 'root', displayName: 'Root', password: 'four words in a row' });
  const candidates = {
    ...Object.fromEntries(SECRET_FIELDS.map((field) => [field, [CANARY]])),
    username: ['root', 'nora'],
    displayName: ['Nora'],
    groups: [['billing']],
    name: ['demoPassword', 'nightly'],
    accountId: [home.id],
    customerId: [home.customerId],
    noteId: [noteId],
    version: [1],
    days: [30],
  };
  const secrets = new Set([CANARY, 'four words in a row']);
  const ran = new Set<string>();
  for (const operation of operations.filter(({ kind }) => kind === 'command')) {
    for (const input of inputsFor(operation, candidates).slice(0, 20)) {
      const answer = await call(operation, input).then(
        (done: unknown) => done,
        () => null,
      );
      if (answer === null) continue;
      ran.add(operation.name);
      if (!operation.secret) continue;
      for (const [field, value] of Object.entries(answer as object)) {
        if (/password|token|secret|code|seed/i.test(field) && typeof value === 'string') secrets.add(value);
      }
    }
  }
  for (const name of ['user.add', 'user.setPassword', 'token.create', 'options.set']) expect(ran).toContain(name);
  expect([...secrets].some((secret) => secret.startsWith('mdk_'))).toBe(true);
  const told = JSON.stringify(await database.db.selectFrom('audit_entry').selectAll().execute());
  for (const secret of secrets) expect(told).not.toContain(secret);
  expect(told).not.toContain('$argon2');
}, 60_000);
