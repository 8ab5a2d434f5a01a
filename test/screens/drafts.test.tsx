import { describe, expect, test } from 'vitest';
import { deleteNote } from '#services/notes/write.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import { atAccount, tabText } from '#test/support/panel.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { accountPanel } from '#screens/account-panel/screen.ts';
import { createHome } from '#screens/home/screen.ts';
import { Utility } from '#test/support/utility.ts';

async function town() {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const account = await utility.household();
  const noteId = await utility.note({ body: 'Gate code 4471', customer_id: account.customerId, created_at: 1 });
  const again = () => signedInApp({ database, screens: [createHome([accountPanel]), accountPanel] });
  return { database, account, noteId, again };
}

const drafts = (op: Operator) => op.press('d');

describe('what was typed and not saved', () => {
  test('is kept while typing goes on, and is offered at the next sign-in where it was', async () => {
    const { database, account, again } = await town();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('n');
    for (const word of ['Called ', 'about ', 'the ', 'leak']) {
      await op.type(word);
      await op.wait(1000);
    }
    // The line drops: nothing more is heard of this session.
    op.unmount();
    const next = await again();
    expect(next.text()).toContain('One form was left with something typed: d goes on with it.');
    await drafts(next);
    expect(next.text()).toMatch(/Add note: .*typed at \d\d:\d\d/);
    await next.press('enter', 'enter');
    expect(next.text()).toContain('Taken up from the draft.');
    expect(next.text()).toMatch(/Called about the/);
    await next.press('f9');
    expect(tabText(next)).toContain('Called about the');
    expect(await database.db.selectFrom('draft').select('id').execute()).toEqual([]);
    expect(next.unexpected).toEqual([]);
  });

  test('is kept when the screen is locked out of a form, and a colleague signs in there', async () => {
    const { database, account, again } = await town();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('n');
    await op.type('Called about the leak');
    await op.press('f2');
    await op.type('>lock');
    await op.press('enter');
    expect(op.text()).toContain('Locked');
    expect(op.text()).toContain('Ctrl+C Sign out, for somebody else');
    expect(op.text()).not.toContain('leak');
    await op.press('ctrl+c');
    expect(op.text()).toContain('Sign in');
    const next = await again();
    await drafts(next);
    await next.press('enter', 'enter');
    expect(next.text()).toMatch(/Called about the/);
  });

  test('is kept at once when it must be, and the edited record is found again', async () => {
    const { database, account, again } = await town();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('e');
    await op.type('!');
    await op.shell.keepDrafts();
    const next = await again();
    await drafts(next);
    await next.press('enter', 'enter');
    expect(next.text()).toContain('Edit note');
    expect(next.text()).toContain('Gate code 4471!');
    await op.shell.keepDrafts();
    op.shell.signOut();
    await op.shell.keepDrafts();
  });

  test('can be read when its record is gone, and forgotten', async () => {
    const { database, account, noteId, again } = await town();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('e');
    await op.type('!');
    await op.shell.keepDrafts();
    await runnerFor(database, { ...actor(), userId: 2 })(deleteNote, { noteId, version: 1 });
    const next = await again();
    await drafts(next);
    await next.press('enter', 'enter');
    expect(next.message()).toContain('It cannot be opened where it was');
    await next.press('escape');
    await drafts(next);
    await next.press('enter', 'down', 'enter');
    expect(next.text()).toContain('body: Gate code 4471!');
    await next.press('escape');
    await drafts(next);
    await next.press('enter', 'down', 'down', 'enter');
    expect(next.text()).not.toContain('left with something typed');
    expect(await database.db.selectFrom('draft').select('id').execute()).toEqual([]);
  });

  test('leaves no trace in the audit trail', async () => {
    const { database, account } = await town();
    const op = await atAccount(database, account.id, 'notes');
    await op.press('n');
    await op.type('x');
    await op.shell.keepDrafts();
    expect(await database.db.selectFrom('draft').select('id').execute()).toHaveLength(1);
    expect(await database.db.selectFrom('audit_entry').select('operation').execute()).toEqual([]);
  });
});
