import { inspect } from 'node:util';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { DEFAULT_GROUPS } from '#domain/permissions.ts';
import type { SensitiveKind } from '#domain/sensitive.ts';
import type { Actor } from '#services/actor.ts';
import type { Call } from '#services/operation.ts';
import { contactNumbers } from '#services/contacts/numbers.ts';
import { listContacts } from '#services/contacts/read.ts';
import { saveContacts } from '#services/contacts/save.ts';
import { outboxOf } from '#services/audit/outbox.ts';
import { createRunner } from '#services/runner.ts';
import { clearSensitive, setSensitive, setSensitiveDetail } from '#services/secrets/change.ts';
import { findBySensitive } from '#services/secrets/find.ts';
import { listSensitive, readSensitive } from '#services/secrets/list.ts';
import { revealSensitive } from '#services/secrets/reveal.ts';
import { actor, clock as testClock, TODAY } from '#test/support/database.ts';
import { databaseWith, PASSWORD } from '#test/support/people.ts';
import { addResidents } from '#test/support/lookup-data.ts';

const PUBLIC = 11;
const PRIVATE = 12;
const DRAFT = 900;
const SSN = '521-34-8876';
const ROUTING = '021000021';

interface Office {
  readonly database: Database;
  readonly at: { now: number };
  /** The operations as a member of that group. */
  readonly as: (group: string, permissions?: readonly string[]) => Call;
}

const groups = Object.fromEntries(DEFAULT_GROUPS.map(({ code, permissions }) => [code, permissions]));

/** Two customers, one of them private, and a user of every group. */
async function office(): Promise<Office> {
  const database = await databaseWith(Object.fromEntries(Object.keys(groups).map((code) => [`${code}.one`, code])));
  await addResidents(database, [{ id: PUBLIC }, { id: PRIVATE, public: 0 }]);
  await database.transaction((db) =>
    db
      .insertInto('autopay_instruction')
      .values({
        id: DRAFT,
        customer_id: PUBLIC,
        method: 'draft',
        bank_or_brand: 'First',
        last4: '0000',
        started_on: TODAY,
      })
      .execute(),
  );
  const at = { now: testClock.now() };
  const clock = { now: () => at.now, today: () => TODAY };
  const as = (group: string, permissions: readonly string[] = groups[group]!): Call => {
    const userId = Object.keys(groups).indexOf(group) + 1;
    const who: Actor = { ...actor(), userId, username: `${group}.one`, permissions: new Set(permissions) };
    return createRunner({ database, actor: who, clock });
  };
  return { database, at, as };
}

const enter = (call: Call, value = SSN, customerId = PUBLIC, version: number | null = null) =>
  call(setSensitive, { customerId, kind: 'ssn', autopayId: null, value, detail: '', version });

const reveal = (call: Call, more: Partial<{ customerId: number; kind: SensitiveKind; password: string }> = {}) =>
  call(revealSensitive, {
    customerId: PUBLIC,
    kind: 'ssn',
    autopayId: null,
    reason: 'identity',
    explanation: 'at the counter with a passport',
    password: PASSWORD,
    code: '',
    ...more,
  });

const trail = (database: Database, operation: string) =>
  database.db.selectFrom('audit_entry').selectAll().where('operation', '=', operation).orderBy('seq').execute();

describe('entering', () => {
  test('seals the number; lists show dots, and the last four to who may see them', async () => {
    const { database, as } = await office();
    await enter(as('billing'));
    const row = await database.db.selectFrom('secret_value').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({ entity: 'Customer', entity_id: PUBLIC, kind: 'ssn', last4: '8876' });
    const [ssn, licence] = await as('billing')(listSensitive, { customerId: PUBLIC });
    expect([ssn!.masked, licence!.masked]).toEqual(['•••-••-8876', null]);
    const [hidden] = await as('auditor')(listSensitive, { customerId: PUBLIC });
    expect(hidden!.masked).toBe('•••-••-••••');
    const [entry] = await trail(database, 'sensitive.set');
    expect(entry).toMatchObject({ customer_id: PUBLIC, changes: '{"ssn":[null,"•"]}' });
  });

  test('keeps a licence with its state and a bank account with its bank', async () => {
    const { database, as } = await office();
    const call = as('billing');
    const licence = { customerId: PUBLIC, kind: 'licence' as const, autopayId: null, version: null };
    await call(setSensitive, { ...licence, value: 'd400-7836-0001', detail: 'il' });
    const bank = { customerId: PUBLIC, kind: 'bank-account' as const, autopayId: DRAFT, version: null };
    await call(setSensitive, { ...bank, value: '000 123 456 789', detail: ROUTING });
    const lines = await call(listSensitive, { customerId: PUBLIC });
    expect(lines.map(({ kind, masked, detail }) => [kind, masked, detail])).toEqual([
      ['ssn', null, null],
      ['licence', '•••••0001', 'IL'],
      ['birth-date', null, null],
      ['bank-account', '••••••6789', ROUTING],
    ]);
    const draft = await database.db.selectFrom('autopay_instruction').select('last4').executeTakeFirstOrThrow();
    expect(draft.last4).toBe('6789');
  });

  test.each<[string, SensitiveKind, string, string, string]>([
    ['an area never given out', 'ssn', '666-12-3456', '', 'value'],
    ['a number of the tax office', 'ssn', '912-70-1234', '', 'value'],
    ['eight digits', 'ssn', '52134887', '', 'value'],
    ['a licence without its state', 'licence', 'D4007836', '', 'detail'],
    ['a long licence', 'licence', 'D'.repeat(21), 'IL', 'value'],
    ['a wrong routing number', 'bank-account', '123456789', '021000022', 'detail'],
    ['a card number for an account', 'bank-account', '4111111111111111', ROUTING, 'value'],
    ['no date', 'birth-date', '2/30/1960', '', 'value'],
  ])('%s is refused at its field', async (_, kind, value, detail, field) => {
    const { as } = await office();
    const input = { customerId: PUBLIC, kind, autopayId: kind === 'bank-account' ? DRAFT : null, value, detail };
    const failure = await as('billing')(setSensitive, { ...input, version: null }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } });
  });

  test('over what somebody else has entered meanwhile is refused', async () => {
    const { as } = await office();
    await enter(as('billing'));
    await expect(enter(as('manager'), '521-34-8877')).rejects.toMatchObject({ code: 'conflict' });
    await enter(as('manager'), '521-34-8877', PUBLIC, 1);
    const clear = { customerId: PUBLIC, kind: 'ssn' as const, autopayId: null };
    await expect(as('billing')(clearSensitive, { ...clear, version: 1 })).rejects.toMatchObject({ code: 'conflict' });
    await as('billing')(clearSensitive, { ...clear, version: 2 });
    expect((await as('billing')(listSensitive, { customerId: PUBLIC }))[0]!.masked).toBeNull();
  });

  test('tells who was faster, with dots for who may see no more, and nobody who only looked', async () => {
    const { as } = await office();
    const which = { customerId: PUBLIC, kind: 'ssn' as const, autopayId: null };
    expect(await as('billing')(readSensitive, which)).toMatchObject({ masked: null, version: null });
    await enter(as('manager'));
    await reveal(as('administrator'));
    const present = await as('billing')(readSensitive, which);
    expect(present).toEqual({
      masked: '•••-••-8876',
      detail: null,
      version: 1,
      changedBy: 'manager.one',
      changedAt: testClock.now(),
    });
    const blind = as('billing', ['sensitive.edit']);
    expect(await blind(readSensitive, which)).toMatchObject({ masked: '•••-••-••••' });
    await expect(as('callcenter')(readSensitive, which)).rejects.toMatchObject({ code: 'forbidden' });
    const others = as('billing')(readSensitive, { ...which, customerId: PRIVATE });
    await expect(others).rejects.toMatchObject({ code: 'not_found' });
  });

  test('the state of a licence alone leaves the number as it is', async () => {
    const { database, as } = await office();
    const call = as('billing');
    const which = { customerId: PUBLIC, kind: 'licence' as const, autopayId: null };
    await call(setSensitive, { ...which, value: 'D40078360001', detail: 'IL', version: null });
    const sealed = () => database.db.selectFrom('secret_value').select(['sealed', 'detail', 'version']).execute();
    const [before] = await sealed();
    await call(setSensitiveDetail, { ...which, detail: 'wi', version: 1 });
    expect(await sealed()).toEqual([{ ...before, detail: 'WI', version: 2 }]);
    const wrong = call(setSensitiveDetail, { ...which, detail: 'XX', version: 2 });
    await expect(wrong).rejects.toMatchObject({ code: 'invalid', fields: { detail: expect.any(String) } });
    const late = call(setSensitiveDetail, { ...which, detail: 'IL', version: 1 });
    await expect(late).rejects.toMatchObject({ code: 'conflict' });
    const told = { customer_id: PUBLIC, changes: '{"licence":["•","•"],"detail":["IL","WI"]}' };
    expect(await trail(database, 'sensitive.setDetail')).toMatchObject([told, { outcome: 'failed' }]);
  });

  test('for an automatic draft of another customer is refused', async () => {
    const { as } = await office();
    const input = { customerId: PRIVATE, kind: 'bank-account' as const, autopayId: DRAFT, version: null };
    const entered = as('administrator')(setSensitive, { ...input, value: '12345678', detail: ROUTING });
    await expect(entered).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('showing', () => {
  test('gives the number to who proves themselves and says why; the trail tells it', async () => {
    const { database, as } = await office();
    await enter(as('billing'));
    expect(await reveal(as('manager'))).toEqual({ name: 'Social security no.', value: SSN, detail: null });
    expect(await trail(database, 'sensitive.reveal')).toMatchObject([
      {
        username: 'manager.one',
        outcome: 'done',
        customer_id: PUBLIC,
        changes: '{"shown":[null,"ssn"]}',
        reason: 'identity: at the counter with a passport',
      },
    ]);
  });

  test('is refused with a wrong password, which the trail tells too', async () => {
    const { database, as } = await office();
    await enter(as('billing'));
    await expect(reveal(as('manager'), { password: 'not the password' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await trail(database, 'sensitive.reveal')).toMatchObject([{ outcome: 'refused', customer_id: PUBLIC }]);
    expect(await trail(database, 'session.reauthenticate')).toMatchObject([{ outcome: 'refused' }]);
  });

  test('wants a reason that tells something, and no number of a person in it', async () => {
    const { as } = await office();
    const call = as('manager');
    const input = { customerId: PUBLIC, kind: 'ssn' as const, autopayId: null, password: PASSWORD, code: '' };
    for (const explanation of ['', 'x', 'is 521 34 8876']) {
      const shown = call(revealSensitive, { ...input, reason: 'identity', explanation });
      await expect(shown).rejects.toMatchObject({ code: 'invalid', fields: { explanation: expect.any(String) } });
    }
  });

  test('does not open the number when the trail cannot be written', async () => {
    const { database, as } = await office();
    await enter(as('billing'));
    await database.transaction(async (db) => {
      const refusal =
        database.engine === 'sqlite'
          ? sql`create trigger no_reveal before insert on audit_entry when new.operation = 'sensitive.reveal'
              begin select raise(abort, 'no'); end`
          : sql`alter table audit_entry add constraint no_reveal check (operation <> 'sensitive.reveal')`;
      await refusal.execute(db);
    });
    const failure = await reveal(as('manager')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(inspect(failure, { depth: null })).not.toContain('8876');
    // The trail takes the refusal as soon as it can be written again.
    const again = sql.raw(
      database.engine === 'sqlite' ? 'drop trigger no_reveal' : 'alter table audit_entry drop constraint no_reveal',
    );
    await database.transaction((db) => again.execute(db));
    await outboxOf(database).flush();
    expect(await trail(database, 'sensitive.reveal')).toMatchObject([{ outcome: 'refused' }]);
  });

  test('is done ten times an hour at most; more is flagged', async () => {
    const { database, at, as } = await office();
    await enter(as('billing'));
    for (let times = 0; times < 10; times++) await reveal(as('manager'));
    await expect(reveal(as('manager'))).rejects.toMatchObject({ code: 'refused' });
    expect(await trail(database, 'sensitive.alarm')).toMatchObject([
      { username: 'manager.one', reason: 'sensitive.reveal: more than 10 in 60 minutes' },
    ]);
    await reveal(as('administrator'));
    at.now += 3_600_001;
    expect((await reveal(as('manager'))).value).toBe(SSN);
  });

  test('keeps no answer for a repeat', async () => {
    const { as } = await office();
    const input = { customerId: PUBLIC, kind: 'ssn' as const, autopayId: null, reason: 'identity' as const };
    const typed = { ...input, explanation: 'at the counter', password: PASSWORD, code: '' };
    const shown = as('manager')(revealSensitive, typed, { idempotencyKey: 'k' });
    await expect(shown).rejects.toThrow('never kept');
  });
});

describe('finding', () => {
  const find = (call: Call, value: string) => call(findBySensitive, { kind: 'ssn' as const, value });

  test('finds who has the whole number, however it is written, and does not tell the trail which', async () => {
    const { database, as } = await office();
    await enter(as('billing'));
    await enter(as('administrator'), '521-34-8877', PRIVATE);
    const [found, ...others] = await find(as('collector'), '521 34 8876');
    expect([found, others]).toMatchObject([{ customerId: PUBLIC, masked: '•••-••-8876' }, []]);
    expect(await find(as('collector'), '521-34-8875')).toEqual([]);
    const entries = await trail(database, 'sensitive.find');
    expect(entries.map(({ changes }) => changes)).toEqual([
      '{"kind":[null,"ssn"],"found":[null,1]}',
      '{"kind":[null,"ssn"],"found":[null,0]}',
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/521.?34/);
  });

  test('finds private customers only for who may see them', async () => {
    const { as } = await office();
    await enter(as('administrator'), SSN, PRIVATE);
    expect(await find(as('collector'), SSN)).toEqual([]);
    expect(await find(as('administrator'), SSN)).toHaveLength(1);
  });

  test('finds numbers that have no index yet', async () => {
    const { database, as } = await office();
    await enter(as('billing'));
    await database.transaction((db) => db.updateTable('secret_value').set({ blind_index: null }).execute());
    expect(await find(as('collector'), SSN)).toHaveLength(1);
  });

  test('is done twenty times in ten minutes at most; more is flagged', async () => {
    const { database, at, as } = await office();
    const call = as('collector');
    for (let times = 0; times < 20; times++) await find(call, '521-34-0001');
    await expect(find(call, '521-34-0001')).rejects.toMatchObject({ code: 'refused' });
    expect(await trail(database, 'sensitive.alarm')).toHaveLength(1);
    at.now += 600_001;
    expect(await find(call, '521-34-0001')).toEqual([]);
  });
});

describe('rights', () => {
  const RIGHTS: Readonly<Record<string, string>> = {
    'sensitive.set': 'sensitive.edit',
    'sensitive.clear': 'sensitive.edit',
    'sensitive.reveal': 'sensitive.reveal',
    'sensitive.find': 'sensitive.search',
  };
  const attempts: Readonly<Record<string, (call: Call, customerId: number) => Promise<unknown>>> = {
    'sensitive.set': (call, customerId) => enter(call, SSN, customerId, 1),
    'sensitive.clear': (call, customerId) =>
      call(clearSensitive, { customerId, kind: 'ssn', autopayId: null, version: 1 }),
    'sensitive.reveal': (call, customerId) => reveal(call, { customerId }),
    'sensitive.find': (call) => call(findBySensitive, { kind: 'ssn' as const, value: SSN }),
  };
  const codeOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );

  test.each(Object.keys(groups))('of %s, on an open, a private and an unknown customer', async (group) => {
    for (const [name, attempt] of Object.entries(attempts)) {
      const { as } = await office();
      await enter(as('administrator'), SSN, PUBLIC);
      await enter(as('administrator'), SSN, PRIVATE);
      const held = groups[group]!.some((permission) => permission === '*' || permission === RIGHTS[name]);
      const seesAll = groups[group]!.some((permission) => permission === '*' || permission === 'customers.private');
      expect(await codeOf(attempt(as(group), PUBLIC)), name).toBe(held ? 'done' : 'forbidden');
      const ofPrivate = seesAll || name === 'sensitive.find' ? 'done' : 'not_found';
      expect(await codeOf(attempt(as(group), PRIVATE)), name).toBe(held ? ofPrivate : 'forbidden');
      if (name === 'sensitive.find') continue;
      expect(await codeOf(attempt(as(group), 777)), name).toBe(held ? 'not_found' : 'forbidden');
    }
  });
});

describe('numbers of contacts', () => {
  const bob = { type: 'emergency', firstName: 'Bob', lastName: 'Rivera' };

  /** A contact of the customer, and its number entered. */
  async function withContact() {
    const at = await office();
    const call = at.as('manager');
    await call(saveContacts, saveContacts.input.parse({ customerId: PUBLIC, contacts: [bob] }));
    const [contact] = await call(listContacts, { customerId: PUBLIC, locationId: null });
    const which = { customerId: PUBLIC, contactId: contact!.id, kind: 'ssn', autopayId: null } as const;
    await call(setSensitive, { ...which, value: SSN, detail: '', version: null });
    return { ...at, call, contact: contact!, which };
  }

  test('are kept sealed, told masked, and shown to who proves who they are', async () => {
    const { database, call, contact, which } = await withContact();
    const [numbers] = await call(contactNumbers, { customerId: PUBLIC, locationId: null });
    expect(numbers).toMatchObject({ contactId: contact.id, lines: [{ kind: 'ssn', masked: '•••-••-8876' }, {}, {}] });
    expect(await call(listSensitive, { customerId: PUBLIC })).toMatchObject([
      { kind: 'ssn', masked: null },
      {},
      {},
      {},
    ]);
    const proof = { reason: 'identity', explanation: 'at the counter with a passport', password: PASSWORD, code: '' };
    expect(await call(revealSensitive, { ...which, ...proof, reason: 'identity' })).toMatchObject({ value: SSN });
    const [row] = await trail(database, 'sensitive.reveal');
    expect(row).toMatchObject({ entity: 'Contact', entity_id: contact.id, customer_id: PUBLIC });
    expect(await call(findBySensitive, { kind: 'ssn' as const, value: SSN })).toMatchObject([
      { customerId: PUBLIC, name: expect.stringContaining('(a contact)') },
    ]);
  });

  test('of another customer cannot be reached, and go with the contact', async () => {
    const { database, call, contact, which } = await withContact();
    const other = call(readSensitive, { ...which, customerId: PRIVATE });
    await expect(other).rejects.toMatchObject({ code: 'not_found' });
    await expect(call(readSensitive, { contactId: contact.id, kind: 'ssn', autopayId: null })).rejects.toMatchObject({
      code: 'not_found',
    });
    const deleted = [{ id: contact.id, version: contact.version }];
    await call(saveContacts, saveContacts.input.parse({ customerId: PUBLIC, deleted }));
    expect(await database.db.selectFrom('secret_value').select('id').where('entity', '=', 'Contact').execute()).toEqual(
      [],
    );
  });
});
