import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { displayName, groupCodes, groupIdsOf } from './change-user.ts';
import { assertHeld } from './powers.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword, FIRST_PASSWORD_MS, password, username } from './policy.ts';

const person = z.object({
  username,
  displayName,
  password,
});

const newUser = person.extend({ groups: groupCodes });

interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly groups: readonly string[];
}

/** Adds a user who signs in with that password once, within a day, and then chooses another. */
export const addUser = command({
  name: 'user.add',
  summary: 'Add a user to one or more groups',
  permission: 'users.manage',
  secret: true,
  input: newUser,
  prepare: async (input, { database, db }) => {
    const codes = await db
      .selectFrom('user_group')
      .select('code')
      .where('code', 'in', input.groups)
      .where('needs_totp', '=', 1)
      .execute();
    await assertGoodPassword(db, input.password, { ...input, withCode: codes.length > 0 });
    return hashPassword(input.password, database.hashCost);
  },
  run: async (ctx, input, hash: string) => {
    await assertHeld(ctx, [...(await groupIdsOf(ctx, input.groups)).values()]);
    const expires = ctx.now + FIRST_PASSWORD_MS;
    return create(ctx, input, { passwordHash: hash, mustChangePassword: 1, passwordExpiresAt: expires });
  },
});

/** The installer's way in: an administrator, as long as the database has no user at all. */
export const addFirstUser = command({
  name: 'user.addFirst',
  summary: 'Add the first administrator to a database without users',
  permission: null,
  secret: true,
  input: person,
  prepare: async (input, { database, db }) => {
    await assertGoodPassword(db, input.password, { ...input, withCode: false });
    return hashPassword(input.password, database.hashCost);
  },
  run: async (ctx, input, hash: string) => {
    const somebody = await ctx.db.selectFrom('app_user').select('id').limit(1).executeTakeFirst();
    if (somebody) throw new Failure('refused', 'This database has users already: sign in as an administrator.');
    return create(ctx, { ...input, groups: ['administrator'] }, { passwordHash: hash });
  },
});

/** The password, and what follows from who has chosen it. */
interface NewPassword {
  readonly passwordHash: string;
  readonly mustChangePassword?: 0 | 1;
  readonly passwordExpiresAt?: number;
}

async function create(ctx: CommandContext, input: NewUser, newPassword: NewPassword) {
  const codes = [...new Set(input.groups)];
  const groups = await groupIdsOf(ctx, codes);
  const taken = await ctx.db
    .selectFrom('app_user')
    .select('id')
    .where('username', '=', input.username)
    .executeTakeFirst();
  if (taken) throw new Failure('refused', `There is a user ${input.username} already.`, { username: 'Taken' });
  const id = ctx.newId();
  const user = ctx.em.create(ctx.e.AppUser, {
    id,
    username: input.username,
    displayName: input.displayName,
    ...newPassword,
    createdAt: ctx.now,
  });
  for (const group of groups.values()) ctx.em.create(ctx.e.GroupMember, { id: ctx.newId(), user, group });
  ctx.audit({
    entity: 'AppUser',
    entityId: id,
    changes: { username: [null, input.username], groups: [null, codes], password: [null, '•'] },
  });
  return { id, username: input.username, groups: codes };
}
