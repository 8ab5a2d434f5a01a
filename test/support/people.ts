import type { Database } from '#db/database.ts';
import { hashPassword } from '#services/users/password.ts';
import { CHEAP, freshDatabase } from './database.ts';

/** When people in tests were added and sign in, epoch ms. */
export const NOW = 1_800_000_000_000;
/** The password of all people in tests. */
export const PASSWORD = 'correct horse battery';

const hash = await hashPassword(PASSWORD, CHEAP);

/** A new database with one user a name, each in one group: `{ alice: 'billing' }`; ids from 1 in that order. */
export async function databaseWith(people: Readonly<Record<string, string>>): Promise<Database> {
  const database = await freshDatabase();
  await addPeople(database, people);
  return database;
}

/** Adds such users to a database without any. */
export async function addPeople(database: Database, people: Readonly<Record<string, string>>): Promise<void> {
  const groups = await database.db.selectFrom('user_group').select(['id', 'code']).execute();
  await database.transaction(async (db) => {
    for (const [index, [username, code]] of Object.entries(people).entries()) {
      const id = index + 1;
      await db
        .insertInto('app_user')
        .values({
          id,
          username,
          display_name: `${username} of ${code}`,
          password_hash: hash,
          created_at: NOW,
          locked_until: null,
          last_sign_in_at: null,
        })
        .execute();
      const group = groups.find((one) => one.code === code)!;
      await db.insertInto('group_member').values({ id, user_id: id, group_id: group.id }).execute();
    }
  });
}
