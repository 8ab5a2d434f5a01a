import { describe, expect, test } from 'vitest';
import { rebuildIndex } from '#db/search/build.ts';
import { PERMISSIONS } from '#domain/permissions.ts';
import { operationNamed, operations } from '#services/index.ts';
import { find } from '#services/lookup/find.ts';
import type { Actor } from '#services/actor.ts';
import { actor, freshDatabase, runnerFor, TODAY } from '#test/support/database.ts';
import { type Candidates, inputsFor } from '#test/support/inputs.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

/** Texts that belong to hidden customers only, and amounts far above those of anybody else. */
const SECRETS = ['zorbalotte', 'quillfeather', 'c777001', 'c777002', 'a888001', 'a888002', 'a888003', '5550199'];
const MORE_SECRETS = ['zed@hidden.example', 'hidden ln', 'whispered', 'b99900', 'so666', 'd555'];
const LARGE = 1_000_000;

/** Why customers are hidden, how those are marked who are and who are not, and from whom. */
interface Hiding {
  readonly why: string;
  readonly hidden: { readonly public?: 0; readonly customer_group?: string };
  readonly alone: Hiding['hidden'];
  readonly shown: Hiding['hidden'];
  readonly seer: (...permissions: string[]) => Actor;
}

const everythingElse = Object.keys(PERMISSIONS).filter((permission) => permission !== 'customers.private');

const HIDINGS: readonly Hiding[] = [
  { why: 'private', hidden: { public: 0 }, alone: { public: 0 }, shown: {}, seer: actor },
  {
    why: 'of another customer group, or of none',
    hidden: { customer_group: 'works' },
    alone: {},
    shown: { customer_group: 'homes' },
    seer: (...permissions) => ({
      ...actor('customers.private', ...permissions),
      // A code is no pattern: neither `%` nor capitals stand for anything else.
      customers: new Map([
        ['homes', 'change'],
        ['%', 'change'],
        ['WORKS', 'read'],
      ]),
    }),
  },
];

/** A hidden customer in house 1, formerly in house 2, who owns house 2; a hidden one without any account. */
async function town(hiding: Hiding) {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const zorba = await utility.customer('Zorbalotte, Xan', { ...hiding.hidden, number: 'C777001', spouse_name: 'Yan' });
  const lonely = await utility.customer('Quillfeather, Q', { ...hiding.alone, number: 'C777002' });
  await utility.address(zorba, '77 Hidden Ln');
  await utility.phone(zorba, '217-555-0199');
  await utility.email(zorba, 'zed@hidden.example');
  const first = await utility.location('1 Alder St', { number: 'L1' });
  const second = await utility.location('2 Alder St', { number: 'L2', owner_id: zorba, rental: 1 });
  const here = await utility.account(zorba, first, { number: 'A888001' });
  const formerly = await utility.account(zorba, second, { number: 'A888002', activity: 'final' });
  const waiting = await utility.account(zorba, second, { number: 'A888003', activity: 'waiting' });
  const ann = await utility.account(await utility.customer('Ames, Ann', hiding.shown), first, { activity: 'final' });
  const bob = await utility.account(await utility.customer('Bell, Bob', hiding.shown), second);
  return { database, utility, zorba, lonely, first, second, hidden: [here, formerly, waiting], shown: [ann, bob] };
}

type Town = Awaited<ReturnType<typeof town>>;

/** Money, reads, notes, work and deposits of each account; answers what can be asked for by identity. */
async function furnish({ utility, hidden, shown, ...rest }: Town) {
  const water = await utility.serviceType('WAT', { unit: 'kgal' });
  const meter = await utility.add('meter', { number: 'M444', unit: 'kgal' });
  const ids = {
    transactions: [] as number[],
    notes: [] as number[],
    services: [] as number[],
    statements: [] as number[],
    documents: [] as number[],
    communications: [] as number[],
  };
  const each = async (account: AccountRef, secret: boolean, index: number): Promise<void> => {
    const size = secret ? LARGE * (index + 1) : 10 * (index + 1);
    const word = secret ? 'whispered' : 'said';
    const { id: account_id, customerId: customer_id, locationId: location_id } = account;
    ids.services.push(await utility.service(account, water));
    const bill = await utility.add('statement', {
      number: `B${secret ? 99900 : 1}${index}`,
      customer_id,
      account_id,
      billed_on: TODAY,
      due_on: TODAY,
      previous_cents: 0,
      payments_cents: 0,
      charges_cents: size,
      balance_cents: size,
    });
    ids.statements.push(bill);
    ids.transactions.push(
      await utility.charge(account, size * 3, { service: water, on: '2026-01-01', statementId: bill }),
      await utility.payment(account, size),
      await utility.payment(account, size, { status: 'unposted' }),
    );
    ids.notes.push(
      await utility.note({ body: `${word} account`, customer_id, account_id, message_center: 1 }),
      await utility.note({ body: `${word} customer`, customer_id, message_center: 1 }),
    );
    ids.documents.push(
      await utility.document({ description: `${word} lease`, level: 'account', customer_id, account_id, location_id }),
    );
    const usage = { usage_milli: size, billed_milli: size, charge_cents: size };
    await utility.add('meter_read', {
      customer_id,
      account_id,
      location_id,
      meter_id: meter,
      service_type_id: water,
      kind: 'regular',
      read_on: TODAY,
      ...usage,
    });
    const document = await utility.add('stored_document', {
      kind: 'statement',
      customer_id,
      account_id,
      name: `${word}.pdf`,
      media_type: 'text/plain',
      content: word,
      digest: word,
      created_at: 0,
      created_by: 'somebody',
    });
    ids.communications.push(
      await utility.add('communication', {
        customer_id,
        account_id,
        channel: 'email',
        kind: 'statement',
        status: 'sent',
        recipient: `${word}@home.example`,
        document_id: document,
        created_at: 0,
        created_by: 'somebody',
      }),
    );
    await utility.add('service_order', {
      customer_id,
      account_id,
      location_id,
      number: secret ? `SO666${index}` : `SO1${index}`,
      category: 'repair',
      description: `${word} order`,
      opened_on: TODAY,
      status: 'open',
    });
    await utility.add('deposit', {
      holder: 'location',
      customer_id,
      account_id,
      location_id,
      code: secret ? 'D555' : 'D1',
      charged_on: TODAY,
      charged_cents: size,
      collected_cents: size,
      held_cents: size,
    });
  };
  for (const [index, account] of hidden.entries()) await each(account, true, index);
  for (const [index, account] of shown.entries()) await each(account, false, index);
  ids.notes.push(await utility.note({ body: 'whispered at the gate', location_id: rest.first }));
  ids.documents.push(
    await utility.document({ description: 'whispered plan', level: 'location', location_id: rest.first }),
  );
  await rebuildIndex(rest.database);
  return { ...ids, water };
}

const asked = (at: Town, ids: Awaited<ReturnType<typeof furnish>>): Candidates => ({
  accountId: [...at.hidden, ...at.shown].map(({ id }) => id),
  customerId: [at.zorba, at.lonely, ...at.shown.map(({ customerId }) => customerId)],
  locationId: [at.first, at.second],
  noteId: ids.notes,
  documentId: ids.documents,
  transactionId: ids.transactions,
  serviceId: ids.services,
  statementId: ids.statements.slice(0, 1),
  communicationId: ids.communications,
  serviceTypeId: [ids.water],
  number: ['A888001', 'C777001'],
  text: ['zorbalot', 'quillfeather', 'C77', 'A888', '2175550199', 'zed@hidden', '77 hidden', 'M444', 'alder', 'whisp'],
  asOf: [TODAY],
  from: [null],
  cursor: [],
  filters: [{}, { money: 'owing' }],
});

/** Texts that the answer tells, and large amounts and quantities in it. */
function told(answer: unknown, hiddenIds: ReadonlySet<number>): string[] {
  const found: string[] = [];
  const look = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const text = value.toLowerCase();
      found.push(...[...SECRETS, ...MORE_SECRETS].filter((secret) => text.includes(secret)));
    } else if (typeof value === 'number') {
      if (/(cents|milli)$/i.test(key) && Math.abs(value) >= LARGE / 2) found.push(`${key} ${value}`);
      if (/id$/i.test(key) && hiddenIds.has(value)) found.push(`${key} of a hidden customer`);
    } else if (value && typeof value === 'object') {
      for (const [name, part] of Object.entries(value)) look(part, Array.isArray(value) ? key : name);
    }
  };
  look(answer, '');
  return found;
}

/** As a headless call asks for it: what is left out takes its default. */
const addNote = operationNamed('note.add')!;

describe.each(HIDINGS)('customers who are $why', (hiding) => {
  test('no query tells anything of them to who lacks the right, whatever is asked', async () => {
    const at = await town(hiding);
    const candidates = asked(at, await furnish(at));
    const clerk = runnerFor(at.database, hiding.seer(...everythingElse));
    const administrator = runnerFor(at.database);
    const hiddenIds = new Set([at.zorba, at.lonely, ...at.hidden.map(({ id }) => id)]);
    const leaks = new Map<string, unknown>();
    const toAdministrator = new Set<string>();
    for (const operation of operations.filter(({ kind }) => kind === 'query')) {
      for (const input of inputsFor(operation, candidates)) {
        const answer = await clerk(operation, input).catch(({ message, fields }) => ({ message, fields }));
        for (const leak of told(answer, hiddenIds)) leaks.set(`${operation.name}: ${leak}`, input);
        const whole = await administrator(operation, input).catch(() => null);
        for (const secret of told(whole, hiddenIds)) toAdministrator.add(secret);
      }
    }
    expect([...leaks]).toEqual([]);
    expect([...SECRETS, ...MORE_SECRETS].filter((secret) => !toAdministrator.has(secret))).toEqual([]);
  }, 240_000);

  test('they are not counted among the accounts of a place that is found', async () => {
    const at = await town(hiding);
    await furnish(at);
    const found = { text: 'L2', limit: 20 };
    expect((await runnerFor(at.database)(find, found)).rows[0]!.accounts).toBe(3);
    expect((await runnerFor(at.database, hiding.seer('lookup.use'))(find, found)).rows[0]!.accounts).toBe(1);
  });

  test('nobody writes about their home from the account of who moved out', async () => {
    const at = await town(hiding);
    const clerk = runnerFor(at.database, hiding.seer('notes.edit'));
    const note = { level: 'location', body: 'Knock twice.', accountId: at.shown[0]!.id };
    await expect(clerk(addNote, note)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('what a command answered is not answered again to who may not see its customer', async () => {
    const at = await town(hiding);
    const note = { level: 'account', body: 'Knock twice.', accountId: at.hidden[0]!.id };
    const key = { idempotencyKey: 'once' };
    await runnerFor(at.database)(addNote, note, key);
    const clerk = runnerFor(at.database, hiding.seer('notes.edit'));
    await expect(clerk(addNote, note, key)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('who is confined to customer groups', () => {
  const seer = (access: 'change' | 'read'): Actor => ({ ...actor(), customers: new Map([['homes', access]]) });

  test('changes nothing of a customer who may only be read, and hears why', async () => {
    const at = await town(HIDINGS[1]!);
    const [ann, bob] = at.shown;
    const reader = runnerFor(at.database, seer('read'));
    for (const note of [
      { level: 'account', body: 'Knock twice.', accountId: ann!.id },
      { level: 'location', body: 'Knock twice.', locationId: bob!.locationId },
    ]) {
      const words = /You may only read customers of group homes/;
      await expect(reader(addNote, note)).rejects.toMatchObject({
        code: 'forbidden',
        message: expect.stringMatching(words),
      });
    }
    expect(await at.database.db.selectFrom('note').select('id').execute()).toEqual([]);
    const writer = runnerFor(at.database, seer('change'));
    await expect(writer(addNote, { level: 'account', body: 'Hello.', accountId: ann!.id })).resolves.toBeTruthy();
  });

  test('sees nobody when given no group at all', async () => {
    const at = await town(HIDINGS[1]!);
    await rebuildIndex(at.database);
    const call = runnerFor(at.database, { ...actor(), customers: new Map() });
    expect((await call(find, { text: 'A888', limit: 20 })).rows).toEqual([]);
    const openCustomer = operationNamed('customer.open')!;
    for (const customerId of [at.zorba, at.lonely, at.shown[0]!.customerId]) {
      await expect(call(openCustomer, { customerId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('finds their own among many others of the same name', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const house = await utility.location('1 Alder St');
    for (let other = 0; other < 60; other++) {
      await utility.account(await utility.customer(`Smith, A${other}`, { customer_group: 'works' }), house, {
        activity: 'final',
      });
    }
    await utility.account(await utility.customer('Smith, Zoe', { customer_group: 'homes' }), house);
    await rebuildIndex(database);
    const { rows } = await runnerFor(database, seer('change'))(find, { text: 'smith', limit: 5 });
    expect(rows.map(({ customerName }) => customerName)).toEqual(['Smith, Zoe']);
  });
});
