import { may, type Actor } from '#services/actor.ts';
import type { Panel } from '#services/accounts/panel.ts';
import type { ScreenContext } from '#ui/screen.ts';
import type { AnyTab, PanelSubject } from './tab.ts';
import { tabs } from './tabs/index.ts';

/** What opens the panel: a record, or an account number as typed; nothing opens it empty. */
export interface PanelParams {
  readonly accountId?: number;
  readonly customerId?: number;
  readonly locationId?: number;
  readonly accountNumber?: string;
  /** Tab to begin with, and the record there. */
  readonly tab?: string;
  readonly record?: number;
}

/** Which part of the screen the keys go to. */
export type Focus = 'tab' | 'customer' | 'location';

/** What a tab keeps while others are open. */
export interface TabSlot {
  readonly state: unknown;
  /** Whom it was loaded for. */
  readonly subject: PanelSubject;
  /** Why it could not be loaded. */
  readonly problem: string | null;
  /** Something may have changed since: fetched anew when it is opened. */
  readonly stale: boolean;
}

export interface PanelState {
  /** Whom to show; what is shown may still be the one before. */
  readonly wanted: PanelParams;
  readonly panel: Panel | null;
  readonly problem: string | null;
  readonly loading: boolean;
  readonly focus: Focus;
  readonly tab: string;
  readonly slots: Readonly<Record<string, TabSlot>>;
  /** How far the audit trail of the open customer was seen; what comes behind it is told. */
  readonly trail: { readonly customerId: number; readonly newest: number } | null;
}

/** What commands and loaders of the panel can do. */
export type PanelContext = ScreenContext<PanelParams, PanelState>;

export const createPanel = (params: PanelParams): PanelState => ({
  wanted: params,
  panel: null,
  problem: null,
  loading: false,
  focus: 'tab',
  tab: params.tab ?? '',
  slots: {},
  trail: null,
});

/** Whether there is anything to show at all. */
export const isAimless = ({ accountId, customerId, locationId, accountNumber }: PanelParams): boolean =>
  accountId === undefined && customerId === undefined && locationId === undefined && accountNumber === undefined;

/** Whom the tabs are about. */
export const subjectOf = ({ customer, account, location, counts }: Panel): PanelSubject => ({
  customerId: customer?.id ?? null,
  accountId: account?.id ?? null,
  locationId: location?.id ?? null,
  rental: location?.rental ?? false,
  ownerId: location?.rental ? location.ownerId : null,
  counts,
});

export const sameSubject = (a: PanelSubject, b: PanelSubject): boolean =>
  a.customerId === b.customerId && a.accountId === b.accountId && a.locationId === b.locationId;

/** The tabs that exist for whom the panel shows and whom it is shown to. */
export function tabsOf(panel: Panel | null, actor: Actor): readonly AnyTab[] {
  if (!panel) return [];
  const subject = subjectOf(panel);
  return tabs.filter((tab) => may(actor, tab.permission) && (tab.exists?.(subject) ?? true));
}

/** The open tab: the one chosen where it exists, else the first. */
export function activeTab(state: PanelState, actor: Actor): AnyTab | null {
  const open = tabsOf(state.panel, actor);
  return open.find((tab) => tab.id === state.tab) ?? open[0] ?? null;
}
