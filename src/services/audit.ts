import { createHash } from 'node:crypto';
import type { Db } from '#db/schema.ts';
import type { Actor } from './actor.ts';
import { changesText } from './audit/changes.ts';
import type { AuditChange } from './operation.ts';

/** What the first row of the chain names as the one before it. */
export const CHAIN_START = '0'.repeat(64);

/** An audit row without its place in the chain. */
export interface AuditFacts {
  readonly id: number;
  readonly at: number;
  readonly userId: number | null;
  readonly username: string;
  readonly operation: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly entity: string | null;
  readonly entityId: number | null;
  readonly customerId: number | null;
  readonly changes: string | null;
  readonly source: string;
  /** From where; null when nobody knows. */
  readonly origin: string | null;
  /** Why, where the operator was asked. */
  readonly reason: string | null;
  /** The same for all rows of one command. */
  readonly correlation: number | null;
}

/** Facts that the hash covers: the first rows of older databases had no origin, reason and correlation. */
export type ChainForm = 1 | 2;
const CURRENT_FORM = 2;

/** SHA-256 over the row's facts, its place and the hash before, in a fixed order. */
export function chainHash(facts: AuditFacts, seq: number, previousHash: string, form: ChainForm): string {
  const { id, at, userId, username, operation, outcome, entity, entityId, customerId, changes, source } = facts;
  const first = [seq, id, at, userId, username, operation, outcome, entity, entityId, customerId, changes, source];
  const added = form === 1 ? [] : [form, facts.origin, facts.reason, facts.correlation];
  return createHash('sha256')
    .update(JSON.stringify([...first, ...added, previousHash]))
    .digest('hex');
}

/** Appends rows to the chain; must run in the transaction of what they tell. */
export async function appendAudit(db: Db, rows: readonly AuditFacts[]): Promise<void> {
  if (rows.length === 0) return;
  const last = await db
    .selectFrom('audit_entry')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  let seq = last?.seq ?? 0;
  let hash = last?.hash ?? CHAIN_START;
  for (const facts of rows) {
    const previousHash = hash;
    seq += 1;
    hash = chainHash(facts, seq, previousHash, CURRENT_FORM);
    await db
      .insertInto('audit_entry')
      .values({
        id: facts.id,
        seq,
        at: facts.at,
        user_id: facts.userId,
        username: facts.username,
        operation: facts.operation,
        outcome: facts.outcome,
        entity: facts.entity,
        entity_id: facts.entityId,
        customer_id: facts.customerId,
        changes: facts.changes,
        source: facts.source,
        origin: facts.origin,
        reason: facts.reason,
        correlation: facts.correlation,
        form: CURRENT_FORM,
        previous_hash: previousHash,
        hash,
      })
      .execute();
  }
}

/** The facts of a command's row, one for each record that it touched; one bare row when it named none. */
export function commandFacts(
  base: { at: number; operation: string; newId: () => number; actor: Actor; reason?: string },
  changes: readonly AuditChange[],
): AuditFacts[] {
  const correlation = base.newId();
  const touched: readonly (AuditChange | null)[] = changes.length > 0 ? changes : [null];
  return touched.map((change) => ({
    id: base.newId(),
    at: base.at,
    userId: base.actor.userId,
    username: base.actor.username,
    operation: base.operation,
    outcome: 'done',
    entity: change?.entity ?? null,
    entityId: change?.entityId ?? null,
    customerId: change?.customerId ?? null,
    changes: change ? changesText(change.entity, change.changes) : null,
    source: base.actor.source,
    origin: base.actor.origin ?? null,
    reason: change?.reason ?? base.reason ?? null,
    correlation,
  }));
}
