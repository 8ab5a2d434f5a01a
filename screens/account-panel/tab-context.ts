import type { Command } from '#keymap/command.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { tabSize } from './dashboard.ts';
import { openTab } from './load.ts';
import { activeTab, type PanelParams, type PanelState, sameSubject, subjectOf } from './model.ts';
import type { AnyTab, TabContext } from './tab.ts';

export type PanelContext = ScreenContext<PanelParams, PanelState>;

/** A tab's context over the panel's: its own state in its slot. */
export function tabContext(ctx: PanelContext, tab: AnyTab): TabContext<object> {
  const slot = () => ctx.get().slots[tab.id];
  const panel = ctx.get().panel!;
  return {
    ...ctx,
    get actor() {
      return ctx.actor;
    },
    get today() {
      return ctx.today;
    },
    params: slot()?.subject ?? subjectOf(panel),
    get: () => (slot()?.state ?? tab.create()) as object,
    set: (patch) => {
      const old = slot();
      if (!old) return;
      const state = { ...(old.state as object), ...patch };
      ctx.set({ slots: { ...ctx.get().slots, [tab.id]: { ...old, state } } });
    },
    size: () => tabSize(ctx.size()),
    openTab: (id, record) => void openTab(ctx, id, record),
  };
}

/** A tab's command as one of the panel's, there only while the tab is open and has the focus. */
export function tabCommand(tab: AnyTab, command: Command<TabContext<object>>): Command<PanelContext> {
  const { applies, when, run } = command;
  return {
    ...command,
    applies: (ctx) => {
      if (openTabContext(ctx)?.tab.id !== tab.id) return false;
      return applies ? applies(tabContext(ctx, tab)) : true;
    },
    when: when && ((ctx) => when(tabContext(ctx, tab))),
    run: (ctx) => run(tabContext(ctx, tab)),
  };
}

/** The open tab with its context, when it is loaded and has the focus. */
export function openTabContext(ctx: PanelContext): { tab: AnyTab; tabCtx: TabContext<object> } | null {
  const state = ctx.get();
  const tab = state.focus === 'tab' ? activeTab(state, ctx.actor) : null;
  const slot = tab && state.slots[tab.id];
  if (!tab || !slot || !state.panel || !sameSubject(slot.subject, subjectOf(state.panel))) return null;
  return { tab, tabCtx: tabContext(ctx, tab) };
}
