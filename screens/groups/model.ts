import { EVERYTHING } from '#domain/permissions.ts';
import type { GroupRow } from '#services/users/list-groups.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface GroupsState {
  readonly list: ListState;
  readonly rows: readonly GroupRow[];
}

export type GroupsContext = ScreenContext<undefined, GroupsState>;

export const createGroups = (): GroupsState => ({ list: newList(), rows: [] });

/** Customers that members see, in words. */
export function customersOf({ customers }: GroupRow): string {
  if (customers === 'all') return 'all';
  if (customers.length === 0) return 'none';
  return customers.map(({ group, readOnly }) => (readOnly ? `${group} (read only)` : group)).join(', ');
}

/** Rights in words: all of them, or their names. */
export const rightsOf = ({ permissions }: GroupRow): string => {
  if (permissions.includes(EVERYTHING)) return 'every right';
  return permissions.length === 0 ? 'none' : permissions.join(', ');
};
