import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';

/**
 * Says that somebody has changed a record since it was read, and who.
 * @param what the record in words: `group billing`
 */
export async function changedMeanwhile(
  ctx: CommandContext,
  entity: 'AppUser' | 'UserGroup',
  id: number,
  what: string,
): Promise<Failure> {
  const last = await ctx.db
    .selectFrom('audit_entry')
    .select('username')
    .where('entity', '=', entity)
    .where('entity_id', '=', id)
    .where('outcome', '=', 'done')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return new Failure('conflict', `${last?.username ?? 'Somebody'} has changed ${what} meanwhile. Nothing was saved.`);
}

/** The fields that differ, as an audit row tells them: [before, after]. */
export function changesOf(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, readonly [unknown, unknown]> {
  const changed: Record<string, readonly [unknown, unknown]> = {};
  for (const [field, value] of Object.entries(after)) {
    if (JSON.stringify(before[field]) !== JSON.stringify(value)) changed[field] = [before[field] ?? null, value];
  }
  return changed;
}
