import type { Database } from '#db/database.ts';
import type { Db } from '#db/schema.ts';
import { IdMaker, lowestIdAt } from '#domain/ids.ts';
import type { Actor } from '../actor.ts';
import { appendAudit } from '../audit.ts';
import { Failure } from '../failure.ts';
import { retrying } from '../retry.ts';

/** How often somebody may do something sensitive (guide: reliability §5.3, §5.4). */
export interface Allowance {
  readonly operation: string;
  readonly times: number;
  readonly withinMs: number;
  /** Said when it is used up. */
  readonly words: string;
}

/** Machines that share a database do not have quite the same time. */
const CLOCKS_APART_MS = 3_600_000;

const ids = new IdMaker();

/** The audit trail is the memory: it counts over all sessions, and nobody can set it back. */
async function timesUsed(db: Db, { userId }: Actor, { operation, withinMs }: Allowance, now: number): Promise<number> {
  const { n } = await db
    .selectFrom('audit_entry')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('id', '>=', lowestIdAt(now - withinMs - CLOCKS_APART_MS))
    .where('at', '>', now - withinMs)
    .where('user_id', '=', userId)
    .where('operation', '=', operation)
    .where('outcome', '=', 'done')
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** @throws Failure `refused` when the actor has done it as often as may be */
export async function assertAllowance(db: Db, actor: Actor, allowance: Allowance, now: number): Promise<void> {
  if ((await timesUsed(db, actor, allowance, now)) >= allowance.times) throw new Failure('refused', allowance.words);
}

/**
 * The same before the command's own transaction; being refused is flagged in the audit as `sensitive.alarm`.
 * @throws Failure `refused`
 */
export async function assertAllowanceFlagged(
  database: Database,
  actor: Actor,
  allowance: Allowance,
  now: number,
): Promise<void> {
  if ((await timesUsed(database.db, actor, allowance, now)) < allowance.times) return;
  await retrying(ids, () =>
    database.transaction((db) =>
      appendAudit(db, [
        {
          id: ids.next(),
          at: now,
          userId: actor.userId,
          username: actor.username,
          operation: 'sensitive.alarm',
          outcome: 'refused',
          entity: 'AppUser',
          entityId: actor.userId,
          customerId: null,
          changes: null,
          source: actor.source,
          origin: actor.origin ?? null,
          reason: `${allowance.operation}: more than ${allowance.times} in ${allowance.withinMs / 60_000} minutes`,
          correlation: null,
        },
      ]),
    ),
  );
  throw new Failure('refused', allowance.words);
}
