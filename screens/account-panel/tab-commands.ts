import type { Command } from '#keymap/command.ts';
import { activeTab, type PanelContext, sameSubject, subjectOf } from './model.ts';
import { tabContext } from './open-tab.ts';
import type { AnyTab, TabContext } from './tab.ts';

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
