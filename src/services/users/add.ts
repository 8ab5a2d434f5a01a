import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { displayName, groupCodes, groupIdsOf } from './change-user.ts';
import { assertHeld } from './powers.ts';
import { hashPassword } from './password.ts';
import { NAME_RULE, password, revealsName, username } from './policy.ts';

const person = z.object({
  username,
  displayName,
  password,
});

const newUser = person.extend({ groups: groupCodes }).refine((input) => !revealsName(input), NAME_RULE);

interface NewUser {
  readonly username: string;
  readonly displayName: string;
  readonly groups: readonly string[];
}

/** Adds a user who can sign in with that password. */
export const addUser = command({
  name: 'user.add',
  summary: 'Add a user to one or more groups',
  permission: 'users.manage',
  secret: true,
  input: newUser,
  prepare: (input) => hashPassword(input.password),
  run: async (ctx, input, hash: string) => {
    await assertHeld(ctx, [...(await groupIdsOf(ctx, input.groups)).values()]);
    return create(ctx, input, hash);
  },
});

/** The installer's way in: an administrator, as long as the database has no user at all. */
export const addFirstUser = command({
  name: 'user.addFirst',
  summary: 'Add the first administrator to a database without users',
  permission: null,
  secret: true,
  input: person.refine((input) => !revealsName(input), NAME_RULE),
  prepare: (input) => hashPassword(input.password),
  run: async (ctx, input, hash: string) => {
    const somebody = await ctx.db.selectFrom('app_user').select('id').limit(1).executeTakeFirst();
    if (somebody) throw new Failure('refused', 'This database has users already: sign in as an administrator.');
    return create(ctx, { ...input, groups: ['administrator'] }, hash);
  },
});

async function create(ctx: CommandContext, input: NewUser, passwordHash: string) {
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
    passwordHash,
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
