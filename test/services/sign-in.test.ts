import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { hashPassword } from '#services/users/password.ts';
import { signIn, signInWithToken, tokenDigest } from '#services/users/sign-in.ts';
import { CHEAP, freshDatabase } from '#test/support/database.ts';

const NOW = 1_800_000_000_000;
const PASSWORD = 'correct horse battery';
const hash = await hashPassword(PASSWORD, CHEAP);

async function withAlice(): Promise<Database> {
  const database = await freshDatabase();
  await database.transaction(async (db) => {
    await db
      .insertInto('app_user')
      .values({
        id: 7,
        username: 'alice',
        display_name: 'Alice Ames',
        password_hash: hash,
        created_at: NOW,
        locked_until: null,
        last_sign_in_at: null,
      })
      .execute();
    const groups = await db
      .selectFrom('user_group')
      .select(['id', 'code'])
      .where('code', 'in', ['billing', 'callcenter'])
      .execute();
    await db
      .insertInto('group_member')
      .values(groups.map((g, i) => ({ id: i + 1, user_id: 7, group_id: g.id })))
      .execute();
  });
  return database;
}

describe('signing in', () => {
  test('the right password gives the union of the groups rights, and the audit tells', async () => {
    const database = await withAlice();
    const alice = await signIn(database, { username: ' Alice ', password: PASSWORD }, NOW, 'screen');
    expect(alice).toMatchObject({ userId: 7, username: 'alice', groups: ['billing', 'callcenter'], level: 2 });
    expect([...alice.permissions]).toEqual(expect.arrayContaining(['import.run', 'notes.edit']));
    const audit = await database.db.selectFrom('audit_entry').select(['operation', 'outcome', 'username']).execute();
    expect(audit).toEqual([{ operation: 'session.sign-in', outcome: 'done', username: 'alice' }]);
  });

  test('a wrong password and an unknown user get the same answer', async () => {
    const database = await withAlice();
    const wrong = signIn(database, { username: 'alice', password: 'x' }, NOW, 'call');
    await expect(wrong).rejects.toMatchObject({ code: 'forbidden', message: 'User or password is not right.' });
    const nobody = signIn(database, { username: 'nobody', password: 'x' }, NOW, 'call');
    await expect(nobody).rejects.toMatchObject({ code: 'forbidden', message: 'User or password is not right.' });
  });

  test('many at the same moment: all get in, each in the audit', { timeout: 60_000 }, async () => {
    const database = await withAlice();
    const all = Array.from({ length: 12 }, () =>
      signIn(database, { username: 'alice', password: PASSWORD }, NOW, 'screen'),
    );
    expect((await Promise.all(all)).map(({ username }) => username)).toEqual(all.map(() => 'alice'));
    const { seq } = await database.db
      .selectFrom('audit_entry')
      .select((eb) => eb.fn.max<number>('seq').as('seq'))
      .executeTakeFirstOrThrow();
    expect(seq).toBe(12);
  });

  test('tokens end by date and by revocation', async () => {
    const database = await withAlice();
    const token = (
      id: number,
      text: string,
      ends: Partial<{ expires_at: number; revoked_at: number }>,
    ): Promise<unknown> =>
      database.transaction((db) =>
        db
          .insertInto('access_token')
          .values({
            id,
            user_id: 7,
            name: 'job',
            token_hash: tokenDigest(text),
            created_at: NOW,
            expires_at: null,
            revoked_at: null,
            ...ends,
          })
          .execute(),
      );
    await token(1, 'good', { expires_at: NOW + 1 });
    await token(2, 'gone', { revoked_at: NOW });
    expect(await signInWithToken(database, 'good', NOW)).toMatchObject({ username: 'alice', source: 'call' });
    await expect(signInWithToken(database, 'good', NOW + 2)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(signInWithToken(database, 'gone', NOW)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(signInWithToken(database, 'guess', NOW)).rejects.toMatchObject({ code: 'forbidden' });
  });
});
