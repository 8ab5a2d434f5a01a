import type { Db } from '#db/schema.ts';

/** What a user is told after signing in, to notice if it was somebody else before. */
export interface LastSignIn {
  /** Epoch ms; null: the first. */
  readonly at: number | null;
  readonly origin: string | null;
  /** Refused tries since then, of any kind. */
  readonly failures: number;
}

const TRIES = ['session.sign-in', 'session.unlock', 'session.reauthenticate'];

/** The sign-in before the one that is being recorded, from the audit. */
export async function lastSignInOf(db: Db, userId: number): Promise<LastSignIn> {
  const before = await db
    .selectFrom('audit_entry')
    .select(['seq', 'at', 'origin'])
    .where('entity', '=', 'AppUser')
    .where('entity_id', '=', userId)
    .where('operation', '=', 'session.sign-in')
    .where('outcome', '=', 'done')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  const { failures } = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number | string>().as('failures'))
    .where('entity', '=', 'AppUser')
    .where('entity_id', '=', userId)
    .where('operation', 'in', TRIES)
    .where('outcome', '=', 'refused')
    .where('seq', '>', before?.seq ?? 0)
    .executeTakeFirstOrThrow();
  return { at: before?.at ?? null, origin: before?.origin ?? null, failures: Number(failures) };
}
