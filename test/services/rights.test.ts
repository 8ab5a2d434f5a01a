import { expect, test } from 'vitest';
import { IdMaker } from '#domain/ids.ts';
import type { Actor } from '#services/actor.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { createRunner } from '#services/runner.ts';
import { changeUser } from '#services/users/change-user.ts';
import { disableUser, enableUser } from '#services/users/change.ts';
import { addGroup, changeGroup } from '#services/users/groups.ts';
import { listGroups } from '#services/users/list-groups.ts';
import { listUsers } from '#services/users/list.ts';
import { loadActor } from '#services/users/sign-in.ts';
import { saveDraft } from '#services/drafts/drafts.ts';
import { clock, freshDatabase, runnerFor } from '#test/support/database.ts';
import { recordingDb } from '#test/support/statements.ts';

const ids = new IdMaker();
const rights = { code: 'watch', name: 'Watch', permissions: ['users.read' as const] };

/** A user of a group of their own, signed in, and an administrator who manages them from another session. */
async function session(source: Actor['source'] = 'screen') {
  const base = await freshDatabase();
  const administrator = runnerFor(base);
  await administrator(addGroup, rights);
  const groups = await base.db.selectFrom('user_group').select(['id', 'code']).execute();
  const add = async (username: string, code: string): Promise<number> => {
    const user = { id: ids.next(), username, display_name: username, created_at: 0 };
    const { id: group } = groups.find((one) => one.code === code)!;
    await base.db.insertInto('app_user').values(user).execute();
    await base.db.insertInto('group_member').values({ id: ids.next(), user_id: user.id, group_id: group }).execute();
    return user.id;
  };
  await add('root', 'administrator');
  const userId = await add('ben', 'watch');
  const heard: Actor[] = [];
  const signedIn = await loadActor(base.db, userId, source);
  const open = (who: Actor = signedIn) =>
    createRunner({ database: base, actor: who, clock, changed: (fresh) => void heard.push(fresh) });
  return { database: base, administrator, userId, heard, signedIn, call: open(), open };
}

const draft = { form: 'note', subjectId: null, values: {} };

test('a right that is taken away is refused on the next call, one that is given is there', async () => {
  const { administrator, call, heard } = await session();
  await call(listUsers, {});
  await administrator(changeGroup, { code: 'watch', version: 1, permissions: [], level: 2 });
  await expect(call(listUsers, {})).rejects.toMatchObject({ code: 'forbidden' });
  expect(heard).toMatchObject([{ username: 'ben', level: 2, permissions: new Set() }]);
  await administrator(addGroup, { code: 'other', name: 'No business of ben' });
  await expect(call(listUsers, {})).rejects.toMatchObject({ code: 'forbidden' });
  expect(heard).toHaveLength(1);
  await administrator(changeUser, { username: 'ben', version: 1, groups: ['watch', 'manager'] });
  expect((await call(listUsers, {})).length).toBe(2);
  expect(heard[1]!.groups).toEqual(['manager', 'watch']);
});

test('a disabled user’s open session is refused, for reads and for changes, until enabled again', async () => {
  const { administrator, call } = await session();
  await call(listGroups, {});
  await administrator(disableUser, { username: 'ben' });
  const words = { code: 'forbidden', message: expect.stringContaining('disabled') };
  for (let again = 0; again < 2; again++) {
    await expect(call(listGroups, {})).rejects.toMatchObject(words);
    // Needs no right, and still somebody who may be here.
    await expect(call(listCodeValues, { table: 'note_type', all: false })).rejects.toMatchObject(words);
    await expect(call(saveDraft, draft)).rejects.toMatchObject(words);
  }
  await administrator(enableUser, { username: 'ben' });
  await expect(call(listGroups, {})).resolves.toBeTruthy();
});

test('a locked user’s open session is refused until the lock is over', async () => {
  const { database, call, userId } = await session();
  const lock = (until: number | null) =>
    database.transaction((db) =>
      db
        .updateTable('app_user')
        .set({ locked_until: until })
        .where('id', '=', userId)
        .execute()
        .then(() => undefined),
    );
  await lock(clock.now() + 60_000);
  await expect(call(saveDraft, draft)).rejects.toMatchObject({ message: expect.stringContaining('locked') });
  await lock(clock.now() - 1);
  await expect(call(saveDraft, draft)).resolves.toBeTruthy();
});

test('a command sees in its own transaction what was committed after its call began', async () => {
  const { database, signedIn, administrator } = await session();
  // The rights looked right when the call began; they are taken away before its transaction.
  let meanwhile: (() => Promise<unknown>) | null = () =>
    administrator(changeUser, { username: 'ben', version: 1, groups: ['cashier'] });
  const orm = async () => {
    const now = meanwhile;
    meanwhile = null;
    await now?.();
    return database.orm();
  };
  const late = createRunner({
    database: { ...database, orm },
    actor: { ...signedIn, permissions: new Set(['groups.manage', 'users.read']) },
    clock,
  });
  await expect(late(addGroup, { code: 'mine', name: 'Mine' })).rejects.toMatchObject({ code: 'forbidden' });
  expect((await administrator(listGroups, {})).map(({ code }) => code)).not.toContain('mine');
});

test('a headless call that was given fewer rights than its user never has more', async () => {
  const { administrator, open, signedIn } = await session('call');
  const narrow = open({ ...signedIn, permissions: new Set<string>() });
  await administrator(changeUser, { username: 'ben', version: 1, groups: ['administrator'] });
  await expect(narrow(listUsers, {})).rejects.toMatchObject({ code: 'forbidden' });
});

test.skipIf(process.env.METERDESK_TEST_POSTGRES)(
  'reads look for changed rights only when something was committed',
  async () => {
    const at = await session();
    const { db, taken } = recordingDb(at.database.file!);
    // The change counter of another connection's file moves with every commit; here by hand.
    let commits = 1;
    const database = { ...at.database, db, changeCounter: async () => commits };
    const call = createRunner({ database, actor: at.signedIn, clock });
    const statementsOf = async () => {
      const before = taken.length;
      await call(listCodeValues, { table: 'note_type', all: false });
      return taken.length - before;
    };
    expect(await statementsOf()).toBeGreaterThan(1);
    expect(await statementsOf()).toBe(1);
    commits += 1;
    expect(await statementsOf()).toBe(2);
    expect(await statementsOf()).toBe(1);
  },
);
