import { may } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import { tabSize } from './dashboard/layout.ts';
import { activeTab, type PanelContext, sameSubject, subjectOf, type TabSlot, tabsOf } from './model.ts';
import type { AnyTab, PanelSubject, TabContext } from './tab.ts';
import { tabs } from './tabs/index.ts';

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
    openTab: (id, record) => openTab(ctx, id, record),
  };
}

/** Loads a tab aside, so that its new state is shown together with the dashboard that it belongs to. */
export async function fetchTab(ctx: PanelContext, tab: AnyTab, subject: PanelSubject): Promise<TabSlot> {
  let patch: object = {};
  const live = () => (ctx.get().slots[tab.id]?.state ?? tab.create()) as object;
  const aside: TabContext<object> = {
    ...ctx,
    params: subject,
    get: () => ({ ...live(), ...patch }),
    set: (more) => {
      patch = { ...patch, ...more };
    },
    size: () => tabSize(ctx.size()),
    openTab: (id, record) => openTab(ctx, id, record),
  };
  try {
    await tab.load(aside);
    return { subject, problem: null, stale: false, state: { ...live(), ...patch } };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { subject, problem: error.message, stale: false, state: live() };
  }
}

/** What a tab fetches once it is shown. */
export function follow(ctx: PanelContext, tab: AnyTab): void {
  const done = tab.follow?.(tabContext(ctx, tab));
  done?.catch(() => ctx.toast('Not everything here could be read. F5 tries again.', 'warning'));
}

/** Asks the open tab whether it may be left; false when the operator stays. */
export async function mayLeave(ctx: PanelContext): Promise<boolean> {
  const state = ctx.get();
  const tab = activeTab(state, ctx.actor);
  if (!tab?.leave || !state.panel || !state.slots[tab.id]) return true;
  if (!(await tab.leave(tabContext(ctx, tab)))) return false;
  // What it kept aside is found when it is opened again.
  const { slots } = ctx.get();
  ctx.set({ slots: { ...slots, [tab.id]: { ...slots[tab.id]!, stale: true } } });
  return true;
}

/** Why a tab cannot be opened, in words; null when it can. */
export function noTab(ctx: PanelContext, id: string): string | null {
  const { panel } = ctx.get();
  if (tabsOf(panel, ctx.actor).some((tab) => tab.id === id)) return null;
  const tab = tabs.find((candidate) => candidate.id === id);
  return tab && panel && !may(ctx.actor, tab.permission)
    ? `You may not open the ${tab.title} tab (${tab.permission}).`
    : 'That tab does not exist here.';
}

/** Opens a tab, fetching what it shows when it was not shown for this subject yet, and puts the cursor on a record. */
export async function openTab(ctx: PanelContext, id: string, record?: number): Promise<void> {
  const reason = noTab(ctx, id);
  if (reason) return ctx.toast(reason, 'info');
  if (activeTab(ctx.get(), ctx.actor)?.id !== id && !(await mayLeave(ctx))) return;
  const { panel } = ctx.get();
  const tab = tabsOf(panel, ctx.actor).find((candidate) => candidate.id === id);
  if (!panel || !tab) return;
  ctx.set({ tab: id, focus: 'tab' });
  const subject = subjectOf(panel);
  const known = ctx.get().slots[id];
  if (!known || known.stale || !sameSubject(known.subject, subject)) {
    const slot = await fetchTab(ctx, tab, subject);
    if (ctx.get().panel !== panel) return;
    ctx.set({ slots: { ...ctx.get().slots, [id]: slot } });
    follow(ctx, tab);
  }
  if (record !== undefined) await tab.reveal?.(tabContext(ctx, tab), record);
}
