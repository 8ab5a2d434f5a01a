import { Failure } from '../../failure.ts';
import type { CommandContext } from '../../operation.ts';
import type { Kept, ReachKind, ReachTable, Typed } from './kind.ts';

/** The three tables are alike in what is asked of them here. */
const alike = (table: ReachTable) => table as 'customer_address';

/** Ticks one of several, or takes the tick away, and tells the trail; answers its version then. */
export async function setPrimary<T extends Typed>(
  ctx: CommandContext,
  { table, entity }: ReachKind<T>,
  customerId: number,
  { id, version }: Kept,
  primary: 0 | 1,
): Promise<Kept> {
  await ctx.db
    .updateTable(alike(table))
    .set((eb) => ({ is_primary: primary, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute();
  ctx.audit({ entity, entityId: id, customerId, changes: { primary: [1 - primary, primary] } });
  return { id, version: version + 1 };
}

/** The one that is primary gives it up to another; null where none was. */
export async function takePrimary<T extends Typed>(
  ctx: CommandContext,
  kind: ReachKind<T>,
  customerId: number,
  others: readonly (T & Kept)[],
): Promise<Kept | null> {
  const one = others.find(({ primary }) => primary);
  return one ? setPrimary(ctx, kind, customerId, one, 0) : null;
}

/**
 * Whether one that is saved is primary: the only one always is, a ticked one is, and the tick is
 * taken away only by ticking another.
 * @throws Failure `invalid` at the tick
 */
export function primaryOf<T extends Typed>(
  { word }: ReachKind<T>,
  typed: T,
  was: boolean,
  others: readonly (T & Kept)[],
): boolean {
  if (typed.primary || !others.some((one) => one.primary)) {
    if (!typed.primary && was) {
      const words =
        others.length === 0
          ? `The only ${word} is always the primary one.`
          : `Tick another ${word} as primary instead; then this one is no longer.`;
      throw new Failure('invalid', words, { primary: words });
    }
    return true;
  }
  return false;
}
