import { expect, test } from 'vitest';
import type { NoteFacts } from '#domain/note.ts';
import { customerDetails } from '#services/customers/details.ts';
import { locationDetails } from '#services/locations/details.ts';
import { listNotes } from '#services/notes/read.ts';
import { addNote } from '#services/notes/write.ts';
import { statementNotes } from '#services/paper/statement-notes.ts';
import { payableAccount } from '#services/payments/account.ts';
import { addDays } from '#domain/civil-date.ts';
import { freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

const PLAIN: NoteFacts = {
  level: 'account',
  type: 'general',
  subject: '',
  body: '',
  messageCenter: 0,
  paymentCenter: 0,
  graceOn: null,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
};

/** One customer in two places; somebody else lived in the first before. */
async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const home = await utility.household('Rivera, Ana M', '118 Alder St');
  const shop = await utility.account(home.customerId, await utility.location('9 Birch Rd'));
  const before = await utility.account(await utility.customer('Earlier, Ed'), home.locationId, { activity: 'final' });
  const call = runnerFor(database);
  const write = (body: string, more: Partial<NoteFacts>, account: AccountRef = home) =>
    call(addNote, { ...PLAIN, body, ...more, accountId: account.id });
  const bodies = (notes: readonly { readonly body: string }[]): string[] => notes.map(({ body }) => body).sort();
  /** Customer message center, location message center, payment entry and Notes tab of an account. */
  const places = async ({ id, customerId, locationId }: AccountRef) => ({
    customer: bodies((await call(customerDetails, { customerId, accountId: id })).notes),
    location: bodies((await call(locationDetails, { locationId, accountId: null })).notes),
    payment: bodies((await call(payableAccount, { accountId: id })).notes),
    tab: bodies(await call(listNotes, { accountId: id, text: '' })),
    statement: (await statementNotes(database.db, { id, customerId, locationId }, TODAY)).sort(),
  });
  return { home, shop, before, write, places };
}

test('each note appears where its level says, for a customer with several locations', async () => {
  const { home, shop, before, write, places } = await town();
  const flags = { messageCenter: 1, paymentCenter: 1 } as const;
  await write('of the customer', { level: 'customer', ...flags });
  await write('of the home account', flags);
  await write('of the place', { level: 'location' });
  await write('quiet', { level: 'customer' });
  expect(await places(home)).toEqual({
    customer: ['of the customer', 'of the home account'],
    location: ['of the place'],
    payment: ['of the customer', 'of the home account'],
    tab: ['of the customer', 'of the home account', 'of the place', 'quiet'],
    statement: [],
  });
  expect(await places(shop)).toEqual({
    customer: ['of the customer'],
    location: [],
    payment: ['of the customer'],
    tab: ['of the customer', 'quiet'],
    statement: [],
  });
  // The place keeps its notes whoever is there; the customer's do not stay with it.
  expect(await places(before)).toEqual({
    customer: [],
    location: ['of the place'],
    payment: [],
    tab: ['of the place'],
    statement: [],
  });
});

test('a note used for statements prints until it expires', async () => {
  const { home, shop, write, places } = await town();
  await write('until today', { usedFor: 'statement', expiresOn: TODAY });
  await write('for good', { usedFor: 'statement', level: 'customer' });
  await write('of the place', { usedFor: 'statement', level: 'location' });
  await write('for penalties', { usedFor: 'penalty', expiresOn: addDays(TODAY, 9) });
  expect((await places(home)).statement).toEqual(['for good', 'of the place', 'until today']);
  expect((await places(shop)).statement).toEqual(['for good']);
});

test('flags and a grace date of a location note are refused with words at their fields', async () => {
  const { write } = await town();
  const location = { level: 'location' } as const;
  for (const [field, value, words] of [
    ['messageCenter', 1, 'always show in the Location message center'],
    ['paymentCenter', 1, 'Only for customer and account notes'],
    ['graceOn', TODAY, 'Only customer and account notes'],
  ] as const) {
    await expect(write('x', { ...location, [field]: value })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.stringContaining(words) },
    });
  }
  await expect(write('x', { expiresOn: TODAY })).rejects.toMatchObject({
    fields: { expiresOn: 'Choose first what the note is used for.' },
  });
});
