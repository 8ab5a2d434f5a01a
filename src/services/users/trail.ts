import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { IdMaker } from '#domain/ids.ts';
import type { Actor } from '../actor.ts';
import { appendAudit, type AuditFacts } from '../audit.ts';
import { retrying } from '../retry.ts';

const ids = new IdMaker();

/** What happens to sessions, as the audit names it. */
export type SessionEvent =
  | 'session.sign-in'
  | 'session.sign-out'
  | 'session.lock'
  | 'session.unlock'
  | 'session.reauthenticate';

/** Who proves to be themselves, or is gone, and from where. */
export interface Occasion {
  readonly event: SessionEvent;
  /** Epoch ms. */
  readonly now: number;
  readonly source: Actor['source'];
  /** Address of the line or name of the terminal. */
  readonly origin: string | null;
}

/** A name that is nobody's is not kept: it may be a password typed into the wrong field. */
export const UNKNOWN = '(unknown)';

/** The audit row of an occasion; `how` says by what means, or why not. */
export const sessionFacts = (
  { event, now, source, origin }: Occasion,
  user: { readonly id: number; readonly username: string } | null,
  outcome: AuditFacts['outcome'],
  how: string | null,
): AuditFacts => ({
  id: ids.next(),
  at: now,
  userId: user?.id ?? null,
  username: user?.username ?? UNKNOWN,
  operation: event,
  outcome,
  entity: 'AppUser',
  entityId: user?.id ?? null,
  customerId: null,
  changes: how === null ? null : JSON.stringify({ how: [null, how] }),
  source,
  origin,
  reason: null,
  correlation: null,
});

/** A transaction of what happens to sessions, again when others were in its way. */
export const sessionTransaction = <T>(database: Database, work: (db: Db) => Promise<T>): Promise<T> =>
  retrying(ids, () => database.transaction(work));

/** Tells the audit that a session was locked or has ended. */
export async function recordSession(
  database: Database,
  actor: Actor,
  event: 'session.sign-out' | 'session.lock',
  now: number,
): Promise<void> {
  const occasion = { event, now, source: actor.source, origin: actor.origin ?? null };
  const user = { id: actor.userId, username: actor.username };
  await sessionTransaction(database, (db) => appendAudit(db, [sessionFacts(occasion, user, 'done', null)]));
}
