import type { Db } from './schema.ts';

/** When and by whom what is written is known to be so. */
interface Knowing {
  readonly newId: () => number;
  /** Business date. */
  readonly today: string;
  readonly now: number;
  readonly username: string;
}

const CHUNK = 500;

/**
 * Brings the history of owners up to what the locations say, after they were written otherwise than by
 * the operations on owners: a period that is open under another owner ends today, and one begins.
 */
export async function recordOwners(db: Db, { newId, today, now, username }: Knowing): Promise<void> {
  await db
    .updateTable('location_owner')
    .set((eb) => ({ to_on: today, changed_at: now, changed_by: username, version: eb('version', '+', 1) }))
    .where('to_on', 'is', null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('location as l')
            .select('l.id')
            .whereRef('l.id', '=', 'location_owner.location_id')
            .whereRef('l.owner_id', '=', 'location_owner.customer_id'),
        ),
      ),
    )
    .execute();
  const missing = await db
    .selectFrom('location as l')
    .leftJoin('location_owner as o', (on) => on.onRef('o.location_id', '=', 'l.id').on('o.to_on', 'is', null))
    .select(['l.id as locationId', 'l.owner_id as ownerId'])
    .where('l.owner_id', 'is not', null)
    .where('o.id', 'is', null)
    .execute();
  for (let at = 0; at < missing.length; at += CHUNK) {
    const rows = missing.slice(at, at + CHUNK).map(({ locationId, ownerId }) => ({
      id: newId(),
      location_id: locationId,
      customer_id: ownerId!,
      from_on: today,
      to_on: null,
      changed_at: now,
      changed_by: username,
      version: 1,
    }));
    await db.insertInto('location_owner').values(rows).execute();
  }
}
