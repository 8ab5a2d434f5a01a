import type { RefundCandidate } from '#services/deposits/refund-run.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';

export interface DepositsState {
  /** Also those that are not given back yet, with the reasons. */
  readonly all: boolean;
  readonly list: ListState;
  readonly rows: readonly RefundCandidate[];
  /** Where further rows begin; null when all are here. */
  readonly next: number | null;
  readonly loaded: boolean;
  readonly fetching: boolean;
}

export type DepositsContext = ScreenContext<undefined, DepositsState>;

export const createDeposits = (): DepositsState => ({
  all: true,
  list: newList(),
  rows: [],
  next: null,
  loaded: false,
  fetching: false,
});
