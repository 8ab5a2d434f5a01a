import { expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { type DefaultGroup, DEFAULT_GROUPS, EVERYTHING } from '#domain/permissions.ts';
import type { Failure } from '#services/failure.ts';
import { operations } from '#services/index.ts';
import type { AnyOperation } from '#services/operation.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { type Candidates, inputsFor } from '#test/support/inputs.ts';
import { contentsOf } from '#test/support/snapshot.ts';
import { Utility } from '#test/support/utility.ts';

/** One of everything that operations ask for by identity, and how to ask for it. */
async function utility(): Promise<{ database: Database; candidates: Candidates }> {
  const database = await freshDatabase();
  const made = new Utility(database);
  const account = await made.household('Rivera, Ana M', '118 Alder St');
  const water = await made.serviceType('WAT', { unit: 'kgal' });
  const service = await made.service(account, water);
  const transaction = await made.charge(account, 5_000, { service: water });
  await made.payment(account, 1_000);
  const note = await made.note({ body: 'Knock twice', customer_id: account.customerId, account_id: account.id });
  const document = await made.document({
    description: 'Lease',
    level: 'customer',
    customer_id: account.customerId,
  });
  const user = { id: 900_001, username: 'ben', display_name: 'Ben', created_at: 0 };
  await database.db.insertInto('app_user').values(user).execute();
  await rebuildIndex(database);
  const candidates: Candidates = {
    accountId: [account.id],
    customerId: [account.customerId],
    locationId: [account.locationId],
    noteId: [note],
    documentId: [document],
    transactionId: [transaction],
    serviceId: [service],
    serviceTypeId: [water],
    version: [1],
    username: ['ben'],
    password: ['four words in a row'],
    groups: [['cashier']],
    code: ['cashier'],
    newCode: ['till'],
    permissions: [['usage.read']],
    customers: ['all'],
    level: [1, 'account'],
    number: ['1'],
    text: ['rivera'],
    body: ['Hello'],
    accessLevel: [1],
    asOf: [TODAY],
    from: [null],
    cursor: [],
    filters: [{}],
  };
  return { database, candidates };
}

/** Valid inputs: with nothing that may be left out, and with everything. An operation that takes none is asked anyway. */
function inputsOf(operation: AnyOperation, candidates: Candidates): unknown[] {
  const valid = inputsFor(operation, candidates).filter((input) => operation.input.safeParse(input).success);
  return valid.length === 0 ? [{}] : [...new Set([valid[0], valid.at(-1)])];
}

const grants = ({ permissions }: DefaultGroup, { permission }: AnyOperation): boolean =>
  permission === null || permissions.some((held) => held === permission || held === EVERYTHING);

const OUTRIGHT = /^You may not do this \(/;

test('inputs of nearly every operation can be made', async () => {
  const { candidates } = await utility();
  const without = operations.filter(
    (operation) => !inputsFor(operation, candidates).some((input) => operation.input.safeParse(input).success),
  );
  expect(without.map(({ name }) => name).length, without.map(({ name }) => name).join(', ')).toBeLessThan(
    operations.length / 4,
  );
});

test.each(DEFAULT_GROUPS)(
  '$code: what is refused does nothing, what is granted passes the right',
  async (group) => {
    const { database, candidates } = await utility();
    const call = runnerFor(database, { ...actor('none'), permissions: new Set(group.permissions) });
    const before = await contentsOf(database);
    for (const operation of operations.filter((one) => !grants(group, one))) {
      for (const input of inputsOf(operation, candidates)) {
        await expect(call(operation, input), operation.name).rejects.toMatchObject({
          code: 'forbidden',
          message: expect.stringMatching(OUTRIGHT),
        });
      }
    }
    expect(await contentsOf(database)).toEqual(before);
    for (const operation of operations.filter((one) => grants(group, one))) {
      for (const input of inputsOf(operation, candidates)) {
        const failure = await call(operation, input).then(
          () => null,
          (error: Failure) => error,
        );
        expect(failure?.message ?? '', operation.name).not.toMatch(OUTRIGHT);
        expect(failure?.code, operation.name).not.toBe('unexpected');
      }
    }
  },
  240_000,
);
