import type { Db } from '#db/schema.ts';

/** Who changed a record last, and when. */
export interface LastChange {
  readonly changedBy: string;
  /** Epoch ms; null when nobody knows. */
  readonly changedAt: number | null;
}

/**
 * Who changed a record last, by the audit trail: for the read that a form asks after a conflict.
 * Tells no value, and is to be called only after the record itself was read under the actor's
 * rights. Records that came with an import have nobody in the trail.
 * @param operations those that count, where others on the same record do not change what was edited
 */
export async function lastChange(
  db: Db,
  entity: string,
  entityId: number,
  operations?: readonly string[],
): Promise<LastChange> {
  const row = await db
    .selectFrom('audit_entry')
    .select(['username', 'at'])
    .where('entity', '=', entity)
    .where('entity_id', '=', entityId)
    .where('outcome', '=', 'done')
    .$if(operations !== undefined, (q) => q.where('operation', 'in', operations!))
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { changedBy: row?.username ?? 'somebody', changedAt: row?.at ?? null };
}
