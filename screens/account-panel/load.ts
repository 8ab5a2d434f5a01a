import { findAccount, openAccount, openCustomer, openLocation } from '#services/accounts/open.ts';
import type { Panel } from '#services/accounts/panel.ts';
import { may } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import { activeTab, isAimless, type PanelContext, type PanelParams, subjectOf } from './model.ts';
import { fetchTab, follow, mayLeave, tabContext } from './open-tab.ts';
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
    if (opening && tab && wanted.record !== undefined) await tab.reveal?.(tabContext(ctx, tab), wanted.record);
  } catch (error) {
    if (!(error instanceof Failure) || ctx.get().wanted !== wanted) throw error;
    if (error.code !== 'not_found') throw error;
    ctx.set({ panel: null, slots: {}, problem: error.message || HIDDEN });
  } finally {
    if (ctx.get().wanted === wanted) ctx.set({ loading: false });
  }
}

/** Goes to another record in place, keeping the open tab. */
export async function goTo(ctx: PanelContext, wanted: PanelParams): Promise<void> {
  if (!(await mayLeave(ctx))) return;
  ctx.set({ wanted });
  await ctx.reload();
}
