import type { Db } from '#db/schema.ts';
import { EVERYTHING } from '#domain/permissions.ts';

/** Which administrators are asked about. */
interface Asked {
  readonly userId?: number;
  readonly exceptUserId?: number;
  /** Epoch ms: leaves out who is locked at that time; null: locked or not. */
  readonly now: number | null;
}

/** Whether there is an active administrator who could sign in with a password. */
export async function administratorWhoCouldSignIn(db: Db, { userId, exceptUserId, now }: Asked): Promise<boolean> {
  let asked = db
    .selectFrom('app_user as u')
    .innerJoin('group_member as m', 'm.user_id', 'u.id')
    .innerJoin('group_permission as p', 'p.group_id', 'm.group_id')
    .select('u.id')
    .where('u.active', '=', 1)
    .where('u.password_hash', 'is not', null)
    .where('p.permission', '=', EVERYTHING);
  if (userId !== undefined) asked = asked.where('u.id', '=', userId);
  if (exceptUserId !== undefined) asked = asked.where('u.id', '<>', exceptUserId);
  if (now !== null) {
    asked = asked
      .where((eb) => eb.or([eb('u.locked_until', 'is', null), eb('u.locked_until', '<=', now)]))
      .where((eb) => eb.or([eb('u.password_expires_at', 'is', null), eb('u.password_expires_at', '>', now)]));
  }
  return (await asked.limit(1).executeTakeFirst()) !== undefined;
}
