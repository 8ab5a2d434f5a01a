import { describe, expect, test } from 'vitest';
import { listContacts } from '#services/contacts/read.ts';
import { saveContacts } from '#services/contacts/save.ts';
import { setSensitive } from '#services/secrets/change.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount } from '#test/support/panel.ts';
import { Utility } from '#test/support/utility.ts';

const BOB = {
  type: 'emergency',
  firstName: 'Bob',
  lastName: 'Rivera',
  notices: 'email',
  phones: [{ type: 'mobile', number: '2175550142' }],
  emails: [{ type: 'home', address: 'bob@home.example' }],
};
const CY = { type: 'employer', firstName: 'Cy', lastName: 'Zorn' };

async function desk() {
  const database = await freshDatabase();
  const account = await new Utility(database).household();
  const { customerId, locationId } = account;
  const call = runnerFor(database, { ...actor(), username: 'bob' });
  const bob = (set: object) => call(saveContacts, saveContacts.input.parse({ customerId, locationId, ...set }));
  await bob({ contacts: [BOB, CY] });
  const stored = async () => call(listContacts, { customerId, locationId });
  /** What the contacts say, whatever their numbers. */
  const said = async () =>
    (await stored()).map(({ name, typeName, notices, email, phone, phones }) =>
      [name, typeName, notices, email, phone, phones.map((one) => one.description)].join('|'),
    );
  const reasons = async () =>
    (
      await database.db
        .selectFrom('audit_entry')
        .select(['operation', 'reason', 'username'])
        .where('operation', 'like', 'contact.%')
        .orderBy('seq')
        .execute()
    ).filter(({ username }) => username !== 'bob');
  const op = await atAccount(database, account.id, 'contacts');
  return { database, customerId, op, call, bob, stored, said, reasons };
}

describe('the contacts that were saved', () => {
  test('are as before as a whole: edited, added and deleted, through several savings', async () => {
    const { op, said, reasons } = await desk();
    const states = [await said()];
    await op.press('enter', 'down', 'down', 'ctrl+u');
    await op.type('Riverside');
    await op.press('f9');
    expect(op.message()).toContain('Contacts saved: 1 changed. U undoes it.');
    states.push(await said());
    await op.press('d', 'enter', 'ctrl+u');
    await op.type('Cyrus');
    await op.press('escape', 'a');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('enter', 'enter');
    await op.type('Lee');
    await op.press('f9');
    expect(op.message()).toContain('Contacts saved: 1 added, 1 changed, 1 deleted. U undoes it.');
    expect(await said()).toEqual([expect.stringContaining('Lee, Ann'), expect.stringContaining('Zorn, Cyrus')]);
    await op.press('U');
    expect(op.message()).toBe('Undone: Contacts: 1 added, 1 changed, 1 deleted.');
    expect(await said()).toEqual(states[1]);
    expect(op.text()).toContain('Riverside, Bob');
    await op.press('U');
    expect(op.message()).toBe('Undone: Contacts: 1 changed.');
    expect(await said()).toEqual(states[0]);
    expect((await reasons()).map(({ operation, reason }) => [operation, reason])).toEqual([
      ['contact.save', null],
      ...Array.from({ length: 3 }, () => ['contact.save', null]),
      ...Array.from({ length: 4 }, () => ['contact.save', 'undone']),
    ]);
  });

  test('stay when somebody has changed one of them since', async () => {
    const { op, said, stored, bob } = await desk();
    await op.press('enter', 'ctrl+u');
    await op.type('Robert');
    await op.press('f9');
    const [one] = await stored();
    await bob({ contacts: [{ ...one, suffix: 'Jr' }] });
    const now = await said();
    await op.press('U');
    expect(op.message()).toContain('Not undone: Contacts: 1 changed. It has been changed again since then.');
    expect(await said()).toEqual(now);
  });

  test('wait for what is typed and not saved; the key is not lost', async () => {
    const { op, said } = await desk();
    const first = await said();
    await op.press('d', 'f9', 'd', 'U');
    expect(op.message()).toContain('Not undone: Contacts: 1 deleted. Contacts were changed and not saved');
    await op.press('u', 'U');
    expect(await said()).toEqual(first);
  });

  test('that were added stay when somebody has entered their numbers since', async () => {
    const { op, call, customerId, stored } = await desk();
    await op.press('a');
    await op.type('emer');
    await op.press('enter', 'down');
    await op.type('Ann');
    await op.press('enter', 'enter');
    await op.type('Ames');
    await op.press('f9');
    expect(op.message()).toContain('1 added');
    const { id: contactId } = (await stored()).find(({ name }) => name.includes('Ames'))!;
    const which = { customerId, contactId, kind: 'ssn', autopayId: null } as const;
    await call(setSensitive, { ...which, value: '521-34-8876', detail: '', version: null });
    await op.press('U');
    expect(op.message()).toContain('It has been changed again since then.');
    expect((await stored()).map(({ id }) => id)).toContain(contactId);
  });

  test('come back without their sealed numbers, which is said', async () => {
    const { op, call, customerId, stored, said } = await desk();
    const first = await said();
    const contactId = (await stored())[0]!.id;
    const which = { customerId, contactId, kind: 'ssn', autopayId: null } as const;
    await call(setSensitive, { ...which, value: '521-34-8876', detail: '', version: null });
    await op.press('f5', 'd', 'f9', 'U');
    expect(op.message()).toContain('Sealed numbers do not come back: Rivera, Bob.');
    expect(await said()).toEqual(first);
  });
});
