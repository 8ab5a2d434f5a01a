import type { Database } from '#db/database.ts';
import { type Actor, may } from '../actor.ts';
import { loadOptions } from '../options/operations.ts';

/** How long somebody may be away and at work, and whether anything they know opens a lock. */
export interface SessionRules {
  readonly idleMinutes: number;
  readonly sessionHours: number;
  /** Neither password nor second factor: a lock could never be opened. */
  readonly endsInstead: boolean;
}

/** The company's options as they hold for this user: shorter away for who may reveal sensitive numbers. */
export async function sessionRules({ db }: Pick<Database, 'db'>, actor: Actor): Promise<SessionRules> {
  const { idleMinutes, revealIdleMinutes, sessionHours } = await loadOptions(db);
  const user = await db
    .selectFrom('app_user')
    .select(['password_hash', 'totp_since'])
    .where('id', '=', actor.userId)
    .executeTakeFirst();
  return {
    idleMinutes: may(actor, 'sensitive.reveal') ? Math.min(idleMinutes, revealIdleMinutes) : idleMinutes,
    sessionHours,
    endsInstead: user !== undefined && user.password_hash === null && user.totp_since === null,
  };
}

/** Whether nobody can sign in to this database yet. */
export const hasNoUsers = async ({ db }: Pick<Database, 'db'>): Promise<boolean> =>
  (await db.selectFrom('app_user').select('id').limit(1).executeTakeFirst()) === undefined;
