import type { PenaltyRunRow } from '#services/penalties/review.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface PenaltiesState {
  readonly list: ListState;
  readonly rows: readonly PenaltyRunRow[];
  readonly loaded: boolean;
  /** How far a calculation is; null while none is at work. */
  readonly working: string | null;
}

export type PenaltiesContext = ScreenContext<undefined, PenaltiesState>;

export const createPenalties = (): PenaltiesState => ({ list: newList(), rows: [], loaded: false, working: null });

/** Whom a run looks at, in a few words. */
export function scopeOf({ filters: { cycles, routes, classes } }: PenaltyRunRow): string {
  const parts = [
    ['cycle', cycles],
    ['route', routes],
    ['class', classes],
  ] as const;
  const said = parts.filter(([, codes]) => codes.length > 0).map(([name, codes]) => `${name} ${codes.join(' ')}`);
  return said.length === 0 ? 'everybody' : said.join(', ');
}
