import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { beginTrustedSignIn, SIGN_IN_COLUMNS } from './begin-sign-in.ts';
import { userNamed } from './change.ts';
import { username } from './policy.ts';
import type { SignInContext, SignInStep } from './sign-in-steps.ts';

/** The user of the operating system who works here, by the means that the company trusts; null: nobody for sure. */
export type OsUserSource = (mode: 'user' | 'sudo') => Promise<string | null>;

/** How to begin to sign in whom the operating system vouches for; null when that is no active user of this database. */
export async function trustedUser(
  context: SignInContext,
  mode: 'user' | 'sudo',
  source: OsUserSource,
): Promise<(() => Promise<SignInStep>) | null> {
  const osUser = await source(mode);
  if (osUser === null) return null;
  const user = await context.database.db
    .selectFrom('app_user')
    .select(SIGN_IN_COLUMNS)
    .where('os_user', '=', osUser)
    .where('active', '=', 1)
    .executeTakeFirst();
  return user ? () => beginTrustedSignIn(context, user, `operating system user ${osUser}`) : null;
}

/** Lets a user in without a password where the operating system has signed in that user of its own; null ends it. */
export const setOsUser = command({
  name: 'user.setOsUser',
  summary: 'Let the operating system sign a user in, where the company allows it',
  permission: 'users.manage',
  input: z.object({
    username,
    osUser: shortText(32)
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/, 'Enter a user name of the operating system')
      .nullable(),
  }),
  run: async (ctx, input) => {
    const user = await userNamed(ctx, input.username);
    const other = input.osUser === null ? null : await ctx.em.findOne(ctx.e.AppUser, { osUser: input.osUser });
    if (other && other.id !== user.id) {
      throw new Failure('refused', `${input.osUser} signs in as ${other.username} already.`, { osUser: 'Taken' });
    }
    const before = user.osUser;
    user.osUser = input.osUser;
    ctx.audit({ entity: 'AppUser', entityId: user.id, changes: { osUser: [before, input.osUser] } });
    return { username: user.username, osUser: input.osUser };
  },
});
