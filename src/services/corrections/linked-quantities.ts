import type { Db } from '#db/schema.ts';
import { type LineChange, locksOf } from '#domain/bill-adjustment.ts';
import type { Bill, StandingLine } from './bill.ts';
import type { CorrectionContext } from './context.ts';

/**
 * The changes with those that follow from them: what is billed by the reading of another service,
 * as sewer is by water, is billed by the same quantity, and so it follows when that is changed
 * (seed: linked charges). A line that is changed itself, or has a reading of its own, does not; one
 * that is paid stays, and a preview says so.
 */
export async function withLinkedQuantities(
  ctx: CorrectionContext,
  { entry, lines }: Bill,
  changes: readonly LineChange[],
): Promise<readonly LineChange[]> {
  const changed = changes.flatMap(({ lineId, quantityMilli }) => {
    const standing = lines.find(({ id }) => id === lineId);
    return standing === undefined || quantityMilli === undefined ? [] : [{ standing, quantityMilli }];
  });
  if (changed.length === 0 || entry.statementId === null) return changes;
  const read = await servicesRead(ctx.db, entry.statementId);
  const own = new Set(changes.map(({ lineId }) => lineId));
  const followers = changed.flatMap(({ standing, quantityMilli }) =>
    lines
      .filter((one) => !own.has(one.id) && follows(one, standing, read))
      .flatMap((one): LineChange[] => {
        const lock = locksOf(one).quantity;
        if (lock !== null) ctx.warn(`${one.line.description ?? 'A linked line'} stays as it is. ${lock}`);
        return lock === null ? [{ lineId: one.id, quantityMilli }] : [];
      }),
  );
  return [...changes, ...followers];
}

/** Whether a line is billed by the reading that another was billed by. */
function follows(one: StandingLine, read: StandingLine, services: ReadonlySet<number>): boolean {
  const [service, base] = [one.line.serviceTypeId, read.line.serviceTypeId];
  return (
    service !== null &&
    base !== null &&
    services.has(base) &&
    !services.has(service) &&
    !one.reversed &&
    one.quantityMilli !== null &&
    one.quantityMilli === read.quantityMilli &&
    one.line.unit === read.line.unit
  );
}

/** Services that have a reading of their own on a bill. */
async function servicesRead(db: Db, statementId: number): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom('meter_read')
    .select('service_type_id as id')
    .distinct()
    .where('statement_id', '=', statementId)
    .execute();
  return new Set(rows.map(({ id }) => id));
}
