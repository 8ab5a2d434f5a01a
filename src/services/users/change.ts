import { z } from 'zod';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { raiseRights } from '../rights.ts';
import { hashPassword } from './password.ts';
import { assertGoodPassword, FIRST_PASSWORD_MS, password, passwordOwner, username } from './policy.ts';
import { assertAdministratorLeft, assertManageable } from './powers.ts';

/** A user whom the actor may manage. @throws Failure `not_found`; `forbidden` when that user may do more */
export async function userNamed(ctx: CommandContext, name: string) {
  const user = await ctx.em.findOne(ctx.e.AppUser, { username: name });
  if (!user) throw new Failure('not_found', `There is no user ${name}.`);
  await assertManageable(ctx, user.id);
  return user;
}

/** Ends the wait after wrong passwords, or the lock that came of it. */
function forgetWrongTries(user: Awaited<ReturnType<typeof userNamed>>): void {
  user.failedSignIns = 0;
  user.lockedUntil = null;
}

/**
 * Gives a user a new password and ends a lock after wrong ones. Set for another, it lets in once
 * within a day, to choose one that nobody else knows.
 */
export const setPassword = command({
  name: 'user.setPassword',
  summary: 'Give a user a new password, to be changed at the next sign-in',
  permission: 'users.manage',
  secret: true,
  input: z.object({ username, password }),
  prepare: async (input, { database, db }) => {
    const owner = await passwordOwner(db, input);
    if (owner) await assertGoodPassword(db, input.password, owner);
    return hashPassword(input.password, database.hashCost);
  },
  run: async (ctx, input, hash: string) => {
    const user = await userNamed(ctx, input.username);
    const own = user.id === ctx.actor.userId;
    user.passwordHash = hash;
    user.mustChangePassword = own ? 0 : 1;
    user.passwordExpiresAt = own ? null : ctx.now + FIRST_PASSWORD_MS;
    forgetWrongTries(user);
    ctx.audit({ entity: 'AppUser', entityId: user.id, changes: { password: ['•', '•'] } });
    return { username: user.username };
  },
});

/** Ends the wait of a user after wrong passwords. */
export const unlockUser = command({
  name: 'user.unlock',
  summary: 'Let a user who is locked after wrong passwords try again',
  permission: 'users.manage',
  input: z.object({ username }),
  run: async (ctx, input) => {
    const user = await userNamed(ctx, input.username);
    const before = user.failedSignIns;
    forgetWrongTries(user);
    ctx.audit({ entity: 'AppUser', entityId: user.id, changes: { failedSignIns: [before, 0] } });
    return { username: user.username, failures: before };
  },
});

/** Stops a user from signing in, and every token of that user; nothing is removed. */
export const disableUser = command({
  name: 'user.disable',
  summary: 'Stop a user from signing in',
  permission: 'users.manage',
  input: z.object({ username }),
  run: async (ctx, input) => {
    const user = await userNamed(ctx, input.username);
    if (user.id === ctx.actor.userId) throw new Failure('refused', 'You cannot disable yourself.');
    const before = user.active;
    user.active = 0;
    const tokens = await ctx.em.find(ctx.e.AccessToken, { user: user.id, revokedAt: null });
    for (const token of tokens) token.revokedAt = ctx.now;
    await assertAdministratorLeft(ctx);
    await raiseRights(ctx.db);
    ctx.audit({
      entity: 'AppUser',
      entityId: user.id,
      changes: { active: [before, 0], tokensRevoked: [null, tokens.length] },
    });
    return { username: user.username, active: false, tokensRevoked: tokens.length };
  },
});

/** Lets a disabled user sign in again; revoked tokens stay revoked. */
export const enableUser = command({
  name: 'user.enable',
  summary: 'Let a disabled user sign in again',
  permission: 'users.manage',
  input: z.object({ username }),
  run: async (ctx, input) => {
    const user = await userNamed(ctx, input.username);
    const { active: before, lockedUntil = null } = user;
    user.active = 1;
    forgetWrongTries(user);
    await raiseRights(ctx.db);
    ctx.audit({
      entity: 'AppUser',
      entityId: user.id,
      changes: { active: [before, 1], lockedUntil: [lockedUntil, null] },
    });
    return { username: user.username, active: true };
  },
});
