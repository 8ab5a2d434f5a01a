import type { CustomerDetails } from '#services/customers/customer-details.ts';
import type { Call } from '#services/operation.ts';
import type { DocLens } from '../../../document/commands.ts';
import type { DocLine, DocState } from '../../../document/model.ts';
import type { PanelSubject, TabContext } from '../../../tab.ts';
import type { CustomerTabId } from '../parts/part.ts';

/** A deletion that can be taken back. */
export interface Removed {
  readonly part: string;
  readonly customerId: number;
  readonly kept: unknown;
  /** Its number among the changes that can be taken back. */
  readonly undo: number;
}

export interface CustomerTabState {
  readonly customerId: number | null;
  readonly details: CustomerDetails | null;
  /** What each part has read, by its id; one that is still being read is not there. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly removed: readonly Removed[];
  readonly doc: DocState;
}

/** What a tab shows beside its customer, also when there is none. */
export interface Beside {
  readonly id: string;
  readonly load: (ctx: TabContext<CustomerTabState>) => Promise<unknown>;
  readonly lines: (data: unknown) => readonly DocLine[];
  /** Enter on one of its lines, whose ids begin with its own; the reason where it does nothing there. */
  readonly enter: NonNullable<DocLens<CustomerTabState>['enter']>;
}

/** Which of a location's people the tab is about. */
export interface CustomerTabKind {
  readonly id: CustomerTabId;
  readonly title: string;
  readonly exists: (subject: PanelSubject) => boolean;
  readonly permission: string;
  /** The customer whom it is about. */
  readonly whose: (subject: PanelSubject) => number | null;
  readonly beside?: Beside;
  /** Whose information it shows; null where there is nobody. */
  readonly fetch: (call: Call, subject: PanelSubject) => Promise<CustomerDetails> | null;
}
