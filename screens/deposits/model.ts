import type { RefundCandidate } from '#services/deposits/refund-run.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import { noPages, type Pages } from '#ui/table/pages.ts';

export interface DepositsState extends Pages<RefundCandidate> {
  /** Also those that are not given back yet, with the reasons. */
  readonly all: boolean;
  readonly list: ListState;
  readonly loaded: boolean;
}

export type DepositsContext = ScreenContext<undefined, DepositsState>;

export const createDeposits = (): DepositsState => ({ ...noPages, all: true, list: newList(), loaded: false });
