import { createHash } from 'node:crypto';
import type { Db } from '#db/schema.ts';
import { delayAfter, FAILURES_ALLOWED, nextTryAt, type Tries } from '#domain/sign-in-delay.ts';
import { administratorWhoCouldSignIn } from './administrators.ts';

/** A name that is nobody's is slowed like one that is, so that the two cannot be told apart. */
export type Candidate = { readonly userId: number } | { readonly unknownName: string };

/** Largest instant that a screen or a log can still write as a date; stands for a lock without an end. */
const NEVER = 8_640_000_000_000_000;

/** From when on the next try of this user is looked at, epoch ms. */
export async function blockedUntil(db: Db, who: Candidate, now: number): Promise<number> {
  if (!('userId' in who)) return nextTryAt(await triesOfName(db, who.unknownName), false);
  const user = await db
    .selectFrom('app_user')
    .select(['failed_sign_ins as failures', 'last_failed_at as lastFailedAt', 'locked_until'])
    .where('id', '=', who.userId)
    .executeTakeFirstOrThrow();
  const until = Math.max(nextTryAt(user, false), user.locked_until ?? 0);
  if (until <= now) return until;
  return (await isLastAdministrator(db, who.userId, now)) ? nextTryAt(user, true) : until;
}

async function isLastAdministrator(db: Db, userId: number, now: number): Promise<boolean> {
  if (!(await administratorWhoCouldSignIn(db, { userId, now: null }))) return false;
  return !(await administratorWhoCouldSignIn(db, { exceptUserId: userId, now }));
}

/** Counts a failure; must run in a transaction of its own, so that nothing undoes it. */
export async function countFailure(db: Db, who: Candidate, now: number): Promise<void> {
  if (!('userId' in who)) return countName(db, who.unknownName, now);
  const { failures } = await db
    .updateTable('app_user')
    .set((eb) => ({ failed_sign_ins: eb('failed_sign_ins', '+', 1), last_failed_at: now }))
    .where('id', '=', who.userId)
    .returning('failed_sign_ins as failures')
    .executeTakeFirstOrThrow();
  if (delayAfter(failures) < delayAfter(FAILURES_ALLOWED)) return;
  // A lock ends the sessions of the user, too.
  if (await isLastAdministrator(db, who.userId, now)) return;
  await db
    .updateTable('app_user')
    .set({ locked_until: Math.min(now + delayAfter(failures), NEVER) })
    .where('id', '=', who.userId)
    .execute();
}

/** A right try: the count begins anew. */
export async function forgetFailures(db: Db, userId: number): Promise<void> {
  await db.updateTable('app_user').set({ failed_sign_ins: 0, locked_until: null }).where('id', '=', userId).execute();
}

/** Names of the two counters of a name: what was typed may be a password, so only a digest is kept. */
function countersOf(name: string) {
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 32);
  return { failures: `unknown-user.${digest}.failures`, at: `unknown-user.${digest}.at` };
}

async function triesOfName(db: Db, name: string): Promise<Tries> {
  const counters = countersOf(name);
  const rows = await db
    .selectFrom('counter')
    .select(['name', 'value'])
    .where('name', 'in', [counters.failures, counters.at])
    .execute();
  const value = (counter: string) => rows.find((row) => row.name === counter)?.value;
  return { failures: value(counters.failures) ?? 0, lastFailedAt: value(counters.at) ?? null };
}

async function countName(db: Db, name: string, now: number): Promise<void> {
  const counters = countersOf(name);
  const { failures } = await triesOfName(db, name);
  for (const [counter, value] of [
    [counters.failures, failures + 1],
    [counters.at, now],
  ] as const) {
    await db
      .insertInto('counter')
      .values({ name: counter, value })
      .onConflict((at) => at.column('name').doUpdateSet({ value }))
      .execute();
  }
}
