import { describe, expect, test } from 'vitest';
import { outboxOf } from '#services/audit/outbox.ts';
import { addNote } from '#services/notes/write.ts';
import { setOption } from '#services/options/operations.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { trail } from '#test/support/audit.ts';
import { SIZES } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  await utility.add('app_user', { id: 9001, username: 'tess', display_name: 'Tess', created_at: 0 });
  const customer = await utility.customer('Rivera, Ana M', { number: 'C10023' });
  const location = await utility.location('118 Alder St', { number: '204-1180' });
  const home = await utility.account(customer, location, { number: '10023' });
  const call = runnerFor(database);
  await call(setOption, { name: 'idleMinutes', value: 5 });
  await call(addNote, addNote.input.parse({ accountId: home.id, level: 'account', body: 'Gate code 4471' }));
  await runnerFor(database, actor('accounts.read'))(setOption, { name: 'idleMinutes', value: 5 }).catch(() => {});
  return { database, home };
}

async function atAudit(op: Operator, params?: unknown): Promise<void> {
  op.shell.desktop.open('audit', params);
  await op.settled();
}

describe('the audit screen', () => {
  test.each(SIZES)('at %d×%d lists entries, with before and after of the one at the cursor', async (...size) => {
    const { database } = await town();
    const op = await signedInApp({ database, size });
    await atAudit(op);
    expect(op.text()).toContain('All entries, newest first');
    expect(op.text()).toMatch(/> 2026-11-21 \d\d:\d\d:\d\d +tess +options\.set/);
    expect(op.text()).toMatch(/entry 3 · refused · call/);
    expect(op.text()).toMatch(/refusal +forbidden/);
    await op.press('down');
    expect(op.text()).toMatch(/note\.add .*Note on 10023/);
    await op.press('down');
    expect(op.text()).toMatch(/idleMinutes +15 → 5/);
    expect(op.text()).toContain('3/3');
    await op.press('enter');
    expect(op.text()).toMatch(/options\.set by tess/);
    expect(op.text()).toMatch(/Record +Company option/);
    expect(op.unexpected).toEqual([]);
  });

  test('is narrowed by a form that keeps what was typed, and widened again', async () => {
    const { database } = await town();
    const op = await signedInApp({ database });
    await atAudit(op);
    await op.press('f4', 'tab', 'tab', 'tab');
    await op.type('note.');
    await op.press('f9');
    expect(op.text()).toContain('operation note.');
    expect(op.text()).toContain('1/1');
    await op.press('f4');
    expect(op.footer()).toContain('F9 Show');
    expect(op.text()).toMatch(/Operation +note\./);
    await op.press('escape', 'U');
    expect(op.text()).toContain('1/3');
  });

  test('goes to the record, and to all that was done to it', async () => {
    const { database } = await town();
    const op = await signedInApp({ database });
    await atAudit(op);
    await op.press('down', 'o');
    expect(op.header()).toContain('Rivera, Ana M');
    expect(op.text()).toContain('Gate code 4471');
    await op.press('escape', 'W');
    expect(op.text()).toContain('who saw or changed Note on 10023');
    expect(op.text()).toContain('1/1');
  });

  test('pages on while the cursor goes down, and proves the chain', async () => {
    const { database } = await town();
    await trail(database, 250, 10_000);
    const op = await signedInApp({ database });
    await atAudit(op);
    expect(op.text()).toContain('older ones follow');
    for (let pages = 0; pages < 6; pages += 1) await op.press('end');
    expect(op.text()).toContain('253/253');
    await op.press('P');
    expect(op.message()).toContain('253 entries follow each other unchanged.');
  });

  test('exports everything that it is narrowed to, and that is an entry too', async () => {
    const { database } = await town();
    await trail(database, 150, 10_000);
    const op = await signedInApp({ database });
    await atAudit(op);
    await op.press('x', 'f9');
    expect(op.written).toHaveLength(1);
    expect(op.written[0]!.rows).toHaveLength(153);
    const last = await database.db.selectFrom('audit_entry').selectAll().orderBy('seq', 'desc').executeTakeFirst();
    expect(last).toMatchObject({ operation: 'list.export', entity: 'List' });
    expect(JSON.parse(last!.changes!)).toMatchObject({ list: [null, 'audit-trail'], rows: [null, 153] });
  });

  test('the account panel asks who saw what it shows; a view of it is there', async () => {
    const { database, home } = await town();
    await runnerFor(database)(setOption, { name: 'auditReads', value: 'all' });
    const op = await signedInApp({ database });
    op.shell.desktop.open('account', { accountId: home.id });
    await op.settled();
    await outboxOf(database).flush();
    await op.press('W');
    expect(op.text()).toMatch(/account 10023/);
    expect(op.text()).toMatch(/customer C10023/);
    await op.press('enter');
    expect(op.text()).toContain('who saw or changed account 10023');
    expect(op.text()).toMatch(/account\.open +done +Account 10023/);
    expect(op.text()).toMatch(/note\.add/);
  });

  test('is not there for who may not read it, nor is its command', async () => {
    const { database, home } = await town();
    const op = await signedInApp({ database, actor: actor('accounts.read', 'notes.read') });
    await atAudit(op);
    expect(op.text()).toContain('You may not open Audit trail.');
    op.shell.desktop.open('account', { accountId: home.id });
    await op.settled();
    await op.press('W');
    expect(op.text()).not.toContain('Who saw or changed');
  });

  test('an auditor sees of private customers that there was something', async () => {
    const { database, home } = await town();
    await database.db.updateTable('customer').set({ public: 0 }).where('id', '=', home.customerId).execute();
    const op = await signedInApp({ database, actor: actor('audit.read', 'accounts.read') });
    await atAudit(op);
    await op.press('down');
    expect(op.text()).toContain('Note (private)');
    expect(op.text()).toContain('record and changes are left out');
    expect(op.text()).not.toMatch(/4471|10023/);
    await op.press('o');
    expect(op.message()).toContain('no record that can be opened');
  });
});
