import type { RecentRecord } from '#ui/screen.ts';

export interface HomeState {
  /** Place in the menu, and behind it in the records opened lately. */
  readonly cursor: number;
  readonly entries: readonly HomeEntry[];
  readonly recent: readonly RecentRecord[];
  /** Forms that were left with something typed. */
  readonly drafts: number;
  /** The company has no customer yet, and the operator may set it up. */
  readonly beginning: boolean;
}

/** A line of the menu. */
export interface HomeEntry {
  readonly screenId: string;
  readonly code: string;
  readonly title: string;
}
