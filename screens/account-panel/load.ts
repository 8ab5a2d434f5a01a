import { findAccount, openAccount, openCustomer, openLocation } from '#services/accounts/open.ts';
import type { Panel } from '#services/accounts/panel.ts';
import { may } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import { tabSize } from './dashboard.ts';
import { activeTab, isAimless, type PanelParams, sameSubject, subjectOf, type TabSlot, tabsOf } from './model.ts';
import { type PanelContext, tabContext } from './tab-context.ts';
import type { AnyTab, PanelSubject, TabContext } from './tab.ts';
import { tabs } from './tabs/index.ts';
import { tellChanges } from './told.ts';

const LOOK_UP = 'lookup.use';
const HIDDEN = 'No such record, or it is private.';

/** Null: the look-up list stands in its place, because the number means several accounts. */
async function fetchPanel(ctx: PanelContext, wanted: PanelParams): Promise<Panel | null> {
  const { accountId, customerId, locationId, accountNumber } = wanted;
  if (accountId !== undefined) return ctx.call(openAccount, { accountId });
  if (customerId !== undefined) return ctx.call(openCustomer, { customerId });
  if (locationId !== undefined) return ctx.call(openLocation, { locationId });
  const found = await ctx.call(findAccount, { number: accountNumber ?? '' });
  if (!found) {
    throw new Failure('not_found', `No account and no customer has the number ${accountNumber}, or it is private.`);
  }
  const { accountId: only, customerId: owner, accounts } = found;
  if (only !== null) return ctx.call(openAccount, { accountId: only });
  if (accounts === 0 || !may(ctx.actor, LOOK_UP)) return ctx.call(openCustomer, { customerId: owner });
  ctx.replace('look-up', { text: accountNumber });
  ctx.toast(`${accountNumber} is a customer with ${accounts} accounts: choose one.`);
  return null;
}

/** Loads a tab aside, so that its new state is shown together with the dashboard that it belongs to. */
async function fetchTab(ctx: PanelContext, tab: AnyTab, subject: PanelSubject): Promise<TabSlot> {
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
    openTab: (id, record) => void openTab(ctx, id, record),
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
function follow(ctx: PanelContext, tab: AnyTab): void {
  const done = tab.follow?.(tabContext(ctx, tab));
  done?.catch(() => ctx.toast('Not everything here could be read. F5 tries again.', 'warning'));
}

/**
 * Fetches the dashboard and the open tab. What was shown stays until both are there; when
 * the operator has gone on meanwhile, the answer is dropped.
 */
export async function loadPanel(ctx: PanelContext): Promise<void> {
  const { wanted } = ctx.get();
  if (isAimless(wanted)) return;
  const opening = ctx.get().panel === null;
  ctx.set({ loading: true });
  try {
    const panel = await fetchPanel(ctx, wanted);
    if (panel === null) return;
    const subject = subjectOf(panel);
    const tab = activeTab({ ...ctx.get(), panel }, ctx.actor);
    const slot = tab && (await fetchTab(ctx, tab, subject));
    if (ctx.get().wanted !== wanted) return;
    // Other tabs fetch anew when they are opened; their cursors and filters stay.
    const slots = Object.fromEntries(Object.entries(ctx.get().slots).map(([id, old]) => [id, { ...old, stale: true }]));
    ctx.set({
      panel,
      problem: null,
      tab: tab?.id ?? ctx.get().tab,
      slots: tab && slot ? { ...slots, [tab.id]: slot } : slots,
    });
    if (tab) follow(ctx, tab);
    // It only tells; what there is to see is loaded.
    tellChanges(ctx).catch(() => {});
    if (opening && tab && wanted.record !== undefined) tab.reveal?.(tabContext(ctx, tab), wanted.record);
  } catch (error) {
    if (!(error instanceof Failure) || ctx.get().wanted !== wanted) throw error;
    if (error.code !== 'not_found') throw error;
    ctx.set({ panel: null, slots: {}, problem: error.message || HIDDEN });
  } finally {
    if (ctx.get().wanted === wanted) ctx.set({ loading: false });
  }
}

/** Asks the open tab whether it may be left; false when the operator stays. */
async function mayLeave(ctx: PanelContext): Promise<boolean> {
  const state = ctx.get();
  const tab = activeTab(state, ctx.actor);
  if (!tab?.leave || !state.panel || !state.slots[tab.id]) return true;
  if (!(await tab.leave(tabContext(ctx, tab)))) return false;
  // What it kept aside is found when it is opened again.
  const { slots } = ctx.get();
  ctx.set({ slots: { ...slots, [tab.id]: { ...slots[tab.id]!, stale: true } } });
  return true;
}

/** Goes to another record in place, keeping the open tab. */
export async function goTo(ctx: PanelContext, wanted: PanelParams): Promise<void> {
  if (!(await mayLeave(ctx))) return;
  ctx.set({ wanted });
  await ctx.reload();
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
  if (record !== undefined) tab.reveal?.(tabContext(ctx, tab), record);
}
