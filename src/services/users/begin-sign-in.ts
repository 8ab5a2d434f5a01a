import type { Db } from '#db/schema.ts';
import { attempt } from './attempt.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';
import type { SignInContext, SignInStep, SignInUser } from './sign-in-steps.ts';
import { Way } from './way.ts';

/** The same words whether user or password is wrong, so that neither can be guessed apart. */
const WRONG = 'User or password is not right.';

/** What is read of a user who signs in. */
export const SIGN_IN_COLUMNS = [
  'id',
  'username',
  'password_hash',
  'active',
  'must_change_password',
  'password_expires_at',
  'totp_since',
] as const;

const findUser = (db: Db, username: string): Promise<SignInUser | undefined> =>
  db.selectFrom('app_user').select(SIGN_IN_COLUMNS).where('username', '=', username).executeTakeFirst();

/**
 * Begins to sign in by password. Every try is in the audit; failures slow down.
 * @throws Failure `forbidden`
 */
export async function beginSignIn(
  context: SignInContext,
  credentials: { readonly username: string; readonly password: string },
): Promise<SignInStep> {
  const { database, source, origin } = context;
  const { hashCost } = database;
  const now = context.now();
  const name = credentials.username.trim().toLowerCase();
  const user = (await findUser(database.db, name)) ?? null;
  const occasion = { event: 'session.sign-in', now, source, origin } as const;
  const way = new Way(context, user, { how: 'password', trusted: false });
  const more = user !== null && (await way.asksMore());
  await attempt({ database, user, name, occasion, words: WRONG }, async () => {
    const right = await verifyPassword(credentials.password, user?.password_hash ?? null, hashCost);
    if (!right || user!.active !== 1) {
      return { right: false, how: right ? 'user is disabled' : 'wrong password', complete: true };
    }
    const outdated = isOutdated(user!.password_hash!, hashCost);
    const better = outdated ? await hashPassword(credentials.password, hashCost) : null;
    return {
      right: true,
      how: 'password',
      complete: !more,
      settle: async (db) => {
        if (better !== null) await rehash(db, user!, better);
        if (!more) await way.arrive(db);
        return true;
      },
    };
  });
  return way.after('password');
}

/** Unless it was changed meanwhile. */
async function rehash(db: Db, user: SignInUser, better: string): Promise<void> {
  await db
    .updateTable('app_user')
    .set({ password_hash: better })
    .where('id', '=', user.id)
    .where('password_hash', '=', user.password_hash)
    .execute();
}

/**
 * Begins to sign in somebody whom the operating system has signed in: without a password, but not
 * without the second factor where there is to be one.
 * @param how by what means, for the audit
 */
export const beginTrustedSignIn = (context: SignInContext, user: SignInUser, how: string): Promise<SignInStep> =>
  new Way(context, user, { how, trusted: true }).after('password');
