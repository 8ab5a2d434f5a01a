import type { DrawerRow } from '#services/drawers/find.ts';
import type { DrawerRecord } from '#services/drawers/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface DrawersState {
  readonly list: ListState;
  readonly rows: readonly DrawerRow[];
  /** The user's own drawer while it is open. */
  readonly own: DrawerRecord | null;
}

export type DrawersContext = ScreenContext<undefined, DrawersState>;

export const createDrawers = (): DrawersState => ({ list: newList(), rows: [], own: null });
