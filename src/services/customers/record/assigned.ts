import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';

/** Edits looked through for the one that is taken back: it is one of the last. */
const MOST = 50;

/**
 * The day on which an account status had been assigned before an edit turned it into another, by
 * the audit trail; null where that tells nothing.
 */
export async function assignedBefore(
  db: Db,
  customerId: number,
  status: string,
  became: string,
): Promise<CivilDate | null> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('changes')
    .where('entity', '=', 'Customer')
    .where('entity_id', '=', customerId)
    .where('operation', '=', 'customer.edit')
    .where('outcome', '=', 'done')
    .orderBy('seq', 'desc')
    .limit(MOST)
    .execute();
  for (const { changes } of rows) {
    const told = JSON.parse(changes ?? '{}') as Partial<Record<string, readonly [unknown, unknown]>>;
    const [before, after] = told['accountStatus'] ?? [];
    const [day] = told['statusAssignedOn'] ?? [];
    if (before === status && after === became && typeof day === 'string') return day;
  }
  return null;
}
