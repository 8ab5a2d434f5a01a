import type { ReactNode } from 'react';
import type { Place } from '#ui/field/field.tsx';
import type { Command } from '#keymap/command.ts';
import type { InputEvent, Taken } from '#keymap/keys.ts';
import type { ScreenContext, ViewProps } from '#ui/screen.ts';

/** Whom the panel shows. Without an account it is a customer alone, or an empty location. */
export interface PanelSubject {
  readonly customerId: number | null;
  readonly accountId: number | null;
  readonly locationId: number | null;
  /** The Owner tab exists. */
  readonly rental: boolean;
  /** Who owns the rental, where that is known and may be seen. */
  readonly ownerId: number | null;
  /** Things there are of each kind, where the dashboard knows them; a tab with alerts turns on them. */
  readonly counts: PanelCounts;
}

/** Counts that the dashboard reads anyway. */
export interface PanelCounts {
  readonly contacts: number;
  readonly openOrders: number;
  readonly liens: number;
}

/**
 * What commands and loaders of a tab can do: a screen's context whose state is the tab's own,
 * whose params are the subject and whose size is the content area below the tab bar. So lenses
 * and `listCommands` of `#ui/table` work in a tab as they do in a screen.
 */
export interface TabContext<S> extends ScreenContext<PanelSubject, S> {
  /** Goes to another tab of the same panel, to one record there when given. */
  readonly openTab: (tabId: string, record?: number) => Promise<void>;
}

/**
 * A tab of the account panel: one folder and one line in `tabs/index.ts`. Its state lives in
 * the panel's state, so it is remembered while other tabs are open.
 */
export interface TabDefinition<S> {
  readonly id: string;
  /** In the tab bar; its digit comes from its place among the tabs that exist. */
  readonly title: string;
  /** Who lacks it does not see the tab. */
  readonly permission: string | null;
  /** False where the tab has nothing to be about (an Owner tab of an owned house). */
  readonly exists?: (subject: PanelSubject) => boolean;
  /** How many there are of what it is about, behind the title; none is not said. */
  readonly count?: (subject: PanelSubject) => number;
  /** True draws the title in the alert style with a mark: there is something to see to. */
  readonly alert?: (subject: PanelSubject) => boolean;
  readonly create: () => S;
  /**
   * Fetches for `ctx.params`. Runs when the tab is first shown for a subject, on F5 and when
   * somebody else changed something. The state still holds what was shown before, perhaps of
   * another subject: replace it in one `set`. What is set after the subject changed is dropped.
   */
  readonly load: (ctx: TabContext<S>) => Promise<void>;
  /**
   * Fetches what may come once the tab is shown, such as sums over more than is in sight. Runs
   * after `load`, on the tab as it is then; nobody waits for it.
   */
  readonly follow?: (ctx: TabContext<S>) => Promise<void>;
  /** Only while the tab is open; ids must not clash with other tabs', keys may. */
  readonly commands: readonly Command<TabContext<S>>[];
  readonly typing?: (state: S) => boolean;
  readonly onInput?: (ctx: TabContext<S>, event: InputEvent) => Taken;
  readonly unsaved?: (state: S) => string | null;
  /** Asked before another tab or another record is opened: false keeps the operator here. */
  readonly leave?: (ctx: TabContext<S>) => Promise<boolean>;
  /** Keeps as a draft what is typed in the tab's own fields, if anything. */
  readonly keep?: (ctx: TabContext<S>) => void;
  /** Puts the cursor on a record; called after `load`, when something jumped to it. */
  readonly reveal?: (ctx: TabContext<S>, record: number) => void | Promise<void>;
  /** Forms of the tab by the name of their drafts: opens one again that was left with something typed; false when it cannot be. */
  readonly forms?: Readonly<Record<string, (ctx: TabContext<S>, subjectId: number | null) => Promise<boolean>>>;
  readonly View: (props: TabViewProps<S>) => ReactNode;
}

/** As a screen's view: fills at most `size`, never wraps; `params` is the subject. */
export interface TabViewProps<S> extends ViewProps<PanelSubject, S> {
  /** Where the content area begins on the whole screen, for the terminal's cursor. */
  readonly origin: Place;
}

/** A tab of any state, as the panel holds them. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyTab = TabDefinition<any>;
