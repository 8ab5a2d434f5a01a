import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { assertGoodPassword, givenPassword, password, passwordOwner } from './policy.ts';
import { confirmIdentity } from './reauthenticate.ts';

/** The actor's own new password, after the one in force. */
export const changeOwnPassword = command({
  name: 'user.changeOwnPassword',
  summary: 'Change your own password',
  permission: null,
  secret: true,
  input: z.object({ current: givenPassword, code: shortText(40).optional(), password }),
  prepare: async (input, { actor, database, db, now }) => {
    await assertNewPassword(db, actor.userId, input.password);
    const credentials = { password: input.current, code: input.code };
    await confirmIdentity(database, actor, credentials, now, 'session.reauthenticate', 'current');
    return hashPassword(input.password, database.hashCost);
  },
  run: (ctx, _, hash: string) => storeOwnPassword(ctx, hash),
});

/**
 * The password that a user chooses in place of one that somebody else has set. Part of signing in, which
 * has just checked the old one and the code: no operation that could be called by itself.
 */
export const chooseFirstPassword = command({
  name: 'user.chooseFirstPassword',
  summary: 'Choose your own password',
  permission: null,
  secret: true,
  input: z.object({ password }),
  prepare: async (input, { actor, database, db }) => {
    await assertNewPassword(db, actor.userId, input.password);
    return hashPassword(input.password, database.hashCost);
  },
  run: (ctx, _, hash: string) => storeOwnPassword(ctx, hash),
});

/** @throws Failure `invalid` when it is weak, or the one in force */
async function assertNewPassword(db: Db, userId: number, text: string): Promise<void> {
  const owner = await passwordOwner(db, { id: userId });
  if (!owner) throw new Failure('not_found', 'There is no such user.');
  await assertGoodPassword(db, text, owner);
  const { password_hash } = await db
    .selectFrom('app_user')
    .select('password_hash')
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  if (password_hash !== null && (await verifyPassword(text, password_hash))) {
    const words = 'Choose another than the one in force';
    throw new Failure('invalid', `password: ${words}`, { password: words });
  }
}

async function storeOwnPassword(ctx: CommandContext, hash: string) {
  const { userId } = ctx.actor;
  await ctx.db
    .updateTable('app_user')
    .set({ password_hash: hash, must_change_password: 0, password_expires_at: null })
    .where('id', '=', userId)
    .execute();
  ctx.audit({ entity: 'AppUser', entityId: userId, changes: { password: ['•', '•'] } });
  return { changed: true };
}
