import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { openAccount } from '#services/accounts/open.ts';
import { getAuditEntry, listAudit } from '#services/audit/list.ts';
import { outboxOf } from '#services/audit/outbox.ts';
import { auditOfRecord } from '#services/audit/record.ts';
import type { AuditFilters } from '#services/audit/filters.ts';
import { systemCheck } from '#services/check/index.ts';
import { addNote, editNote } from '#services/notes/write.ts';
import { setOption } from '#services/options/operations.ts';
import { appendAudit } from '#services/audit.ts';
import { auditFacts, loose, trail } from '#test/support/audit.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

const auditor = actor('audit.read', 'accounts.read', 'notes.read', 'system.check');
const trusted = actor('audit.read', 'accounts.read', 'notes.read', 'customers.private');

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  await utility.add('app_user', { id: 1, username: 'tess', display_name: 'Tess', created_at: 0 });
  // The runner reads the rights of users who are there: tess is the tests' administrator.
  await utility.add('group_member', { user_id: 1, group_id: 1 });
  await utility.add('app_user', { id: 7, username: 'carl', display_name: 'Carl', created_at: 0 });
  const ann = await utility.household('Ames, Ann', '1 Oak St');
  const zoe = await utility.account(
    await utility.customer('Zorba, Zoe', { public: 0, number: 'C900' }),
    await utility.location('2 Oak St', { number: 'L900' }),
    { number: 'A900' },
  );
  return { database, utility, ann, zoe };
}

const listed = async (database: Database, filters: AuditFilters = {}, who = trusted) =>
  (await runnerFor(database, who)(listAudit, { filters, limit: 100 })).entries;

const day = (date: string): number => new Date(`${date}T12:00:00`).getTime();

describe('the list', () => {
  test('pages from the newest to the oldest, each entry once, by time and place', async () => {
    const { database } = await town();
    await trail(database, 7, 1000);
    await trail(database, 7, 990, { operation: 'late.clock' });
    const call = runnerFor(database, trusted);
    const seen: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await call(listAudit, { filters: {}, limit: 3, cursor });
      expect(page.entries.length).toBeLessThanOrEqual(3);
      seen.push(...page.entries.map(({ at }) => at));
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(14);
    expect(seen).toEqual(seen.toSorted((a, b) => b - a));
  });

  test.each<[string, AuditFilters, number[]]>([
    ['nothing', {}, [4, 3, 2, 1]],
    ['first day', { from: '2026-03-02' }, [4, 3, 2]],
    ['both days', { from: '2026-03-02', to: '2026-03-03' }, [3, 2]],
    ['user', { user: 'carl' }, [4, 1]],
    ['nobody', { user: 'nobody' }, []],
    ['operation', { operation: 'note.add' }, [1]],
    ['how operations begin', { operation: 'note.' }, [2, 1]],
    ['user and operation', { user: 'carl', operation: 'n' }, [1]],
    ['outcome', { outcome: 'refused' }, [3]],
    ['way', { source: 'screen' }, [4]],
    ['from where', { origin: '0.0.7' }, [4]],
    ['changes, in any case', { text: 'GATE code' }, [2]],
    ['signs that mean something to a database', { text: '100%_' }, [3]],
    ['kind', { entity: 'CompanyOption' }, [3]],
    ['record', { entity: 'Note', entityId: 41 }, [1]],
    ['all together', { from: '2026-03-04', user: 'carl', source: 'screen', text: 'x' }, [4]],
  ])('is narrowed by %s', async (_, filters, expected) => {
    const { database } = await town();
    await database.transaction((db) =>
      appendAudit(db, [
        auditFacts(1, { at: day('2026-03-01'), userId: 7, operation: 'note.add', entity: 'Note', entityId: 41 }),
        auditFacts(2, {
          at: day('2026-03-02'),
          userId: 1,
          operation: 'note.edit',
          changes: '{"body":["a","Gate Code"]}',
        }),
        auditFacts(3, {
          at: day('2026-03-03'),
          userId: 1,
          operation: 'options.set',
          outcome: 'refused',
          entity: 'CompanyOption',
          entityId: 0,
          changes: '{"x":[null,"100%_"]}',
        }),
        auditFacts(4, {
          at: day('2026-03-04'),
          userId: 7,
          operation: 'user.add',
          source: 'screen',
          origin: '10.0.0.7',
          changes: '{"x":[0,1]}',
        }),
      ]),
    );
    expect((await listed(database, filters)).map(({ id }) => id)).toEqual(expected);
  });

  test('is narrowed by the number of a customer, of one of its accounts, or of a location', async () => {
    const { database, utility, ann } = await town();
    await database.transaction((db) =>
      appendAudit(db, [
        auditFacts(1, { entity: 'Note', entityId: 5, customerId: ann.customerId }),
        auditFacts(2, { entity: 'Location', entityId: ann.locationId }),
        auditFacts(3),
      ]),
    );
    const number = async (table: 'customer' | 'account' | 'location', id: number) =>
      (await utility.db.selectFrom(table).select('number').where('id', '=', id).executeTakeFirstOrThrow()).number;
    const ids = async (of: string) => (await listed(database, { number: of })).map(({ id }) => id);
    expect(await ids(await number('customer', ann.customerId))).toEqual([1]);
    expect(await ids(await number('account', ann.id))).toEqual([1]);
    expect(await ids(await number('location', ann.locationId))).toEqual([2]);
    expect(await ids('no such number')).toEqual([]);
  });

  test('looks through much without an index in steps, and goes on where it stopped', async () => {
    const { database } = await town();
    await trail(database, 1, 1, { origin: 'far away' });
    await loose(database, 60_000, 1000);
    const call = runnerFor(database, trusted);
    let cursor: string | undefined;
    const pages: number[] = [];
    do {
      const page = await call(listAudit, { filters: { origin: 'far' }, limit: 100, cursor });
      pages.push(page.entries.length);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    expect(pages).toEqual([0, 1]);
  }, 60_000);
});

describe('an entry and a record', () => {
  test('tell before and after, the record’s number and the way there', async () => {
    const { database, ann } = await town();
    const call = runnerFor(database);
    const { noteId, version } = await call(
      addNote,
      addNote.input.parse({ accountId: ann.id, level: 'account', body: 'Gate code 1' }),
    );
    await call(editNote, editNote.input.parse({ noteId, version, body: 'Gate code 2' }));
    await call(openAccount, { accountId: ann.id });
    await call(setOption, { name: 'auditReads', value: 'all' });
    await outboxOf(database).flush();
    const record = await runnerFor(database, auditor)(auditOfRecord, { entity: 'Account', id: ann.id, limit: 100 });
    expect(record.entries.map(({ operation }) => operation).toSorted()).toEqual([
      'account.open',
      'note.add',
      'note.edit',
    ]);
    const edit = record.entries.find(({ operation }) => operation === 'note.edit')!;
    expect(edit.jump).toEqual({ accountId: ann.id, noteId });
    expect(edit.record).toMatch(/^on A/);
    const entry = await runnerFor(database, auditor)(getAuditEntry, { id: edit.id });
    expect(entry.changes).toContainEqual({ field: 'body', before: 'Gate code 1', after: 'Gate code 2' });
    expect(entry.hash).toMatch(/^[0-9a-f]{64}$/);
    await expect(runnerFor(database, auditor)(getAuditEntry, { id: 5 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('a customer’s tells everything of the customer; a note’s, a user’s and a group’s theirs', async () => {
    const { database, ann } = await town();
    await database.transaction((db) =>
      appendAudit(db, [
        auditFacts(1, { entity: 'Note', entityId: 5, customerId: ann.customerId }),
        auditFacts(2, { entity: 'Customer', entityId: ann.customerId, customerId: ann.customerId }),
        auditFacts(3, { entity: 'AppUser', entityId: 7 }),
        auditFacts(4, { entity: 'UserGroup', entityId: 2 }),
      ]),
    );
    const call = runnerFor(database, trusted);
    const ids = async (entity: 'Customer' | 'AppUser' | 'UserGroup', id: number) =>
      (await call(auditOfRecord, { entity, id, limit: 100 })).entries.map((entry) => entry.id);
    expect(await ids('Customer', ann.customerId)).toEqual([2, 1]);
    expect(await ids('AppUser', 7)).toEqual([3]);
    expect(await ids('UserGroup', 2)).toEqual([4]);
  });
});

describe('private customers', () => {
  /** Entries about a private customer in every way that entries are about customers. */
  async function told() {
    const at = await town();
    const { database, utility, zoe } = at;
    const noteId = await utility.note({ body: 'Whispered', location_id: zoe.locationId });
    const secret = { changes: '{"body":[null,"whispered"]}', reason: 'whispered' };
    const facts = [
      { entity: 'Note', entityId: 77, customerId: zoe.customerId },
      { entity: 'Customer', entityId: zoe.customerId },
      { entity: 'Account', entityId: zoe.id },
      { entity: 'Location', entityId: zoe.locationId },
      { entity: 'Note', entityId: noteId },
    ];
    await database.transaction((db) =>
      appendAudit(
        db,
        facts.map((one, place) => auditFacts(place + 1, { ...secret, ...one })),
      ),
    );
    return { ...at, noteId };
  }

  test('the auditor sees that something was done, not on whom nor what', async () => {
    const { database, zoe, noteId } = await told();
    expect((await listed(database)).filter(({ masked }) => masked)).toEqual([]);
    const rows = await listed(database, {}, auditor);
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(row).toMatchObject({
        masked: true,
        entityId: null,
        changes: [],
        reason: null,
        jump: null,
        record: '(private)',
      });
      const entry = await runnerFor(database, auditor)(getAuditEntry, { id: row.id });
      expect(entry).toMatchObject({ masked: true, entityId: null, changes: [] });
      const text = JSON.stringify([row, entry]);
      for (const hidden of ['hispered', 'C900', 'A900', 'L900', zoe.customerId, zoe.id, zoe.locationId, noteId]) {
        expect(text).not.toMatch(new RegExp(`\\b${hidden}\\b`));
      }
    }
  });

  test('no question finds them: numbers, identities and words answer as if they were not there', async () => {
    const { database, zoe, noteId } = await told();
    const questions: AuditFilters[] = [
      { number: 'C900' },
      { number: 'A900' },
      { number: 'L900' },
      { text: 'whispered' },
      { entity: 'Customer', entityId: zoe.customerId },
      { entity: 'Account', entityId: zoe.id },
      { entity: 'Location', entityId: zoe.locationId },
      { entity: 'Note', entityId: noteId },
    ];
    for (const filters of questions) {
      expect(await listed(database, filters, auditor), JSON.stringify(filters)).toEqual([]);
      expect(await listed(database, filters), JSON.stringify(filters)).not.toEqual([]);
    }
    const records = [
      ['Customer', zoe.customerId],
      ['Account', zoe.id],
      ['Location', zoe.locationId],
      ['Note', noteId],
    ] as const;
    for (const [entity, id] of records) {
      const asked = runnerFor(database, auditor)(auditOfRecord, { entity, id, limit: 100 });
      await expect(asked, entity).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  test('the check names neither number nor amount', async () => {
    const { database } = await town();
    await database.db.updateTable('account_balance').set({ balance_cents: 987_654 }).execute();
    const findings = async (who: typeof auditor) =>
      (await runnerFor(database, who)(systemCheck, { limit: 20 })).rules.flatMap((rule) => rule.findings);
    const masked = await findings(auditor);
    expect(masked).toHaveLength(2);
    expect(masked.filter(({ account }) => account !== null)).toHaveLength(1);
    expect(JSON.stringify(masked.filter(({ account }) => account === null))).not.toMatch(/A900|9876/);
    const whole = await findings({ ...auditor, permissions: new Set([...auditor.permissions, 'customers.private']) });
    expect(whole.map(({ account }) => account).toSorted()).toEqual(expect.arrayContaining(['A900']));
  });
});
