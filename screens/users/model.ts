import type { UserRow } from '#services/users/list.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface UsersState {
  readonly list: ListState;
  readonly rows: readonly UserRow[];
}

export type UsersContext = ScreenContext<undefined, UsersState>;

export const createUsers = (): UsersState => ({ list: newList(), rows: [] });

/** What keeps a user out, or that nothing does. */
export const stateOf = (user: UserRow): string => (!user.active ? 'disabled' : user.locked ? 'locked' : 'active');

/** Whether a second factor is there where it must be. */
export function secondFactorOf({ secondFactor, needsSecondFactor }: UserRow): string {
  if (secondFactor) return 'yes';
  return needsSecondFactor ? 'missing' : '';
}
