import type { InputEvent, Taken } from '#keymap/keys.ts';
import type { Panel } from '#services/accounts/panel.ts';
import type { DraftRef, ScreenDefinition } from '#ui/screen.ts';
import { panelCommands } from './commands.ts';
import { legendOf } from './legend.ts';
import { loadPanel } from './load.ts';
import { openTab, tabContext } from './open-tab.ts';
import { createPanel, type PanelContext, type PanelParams, type PanelState, tabsOf } from './model.ts';
import { openTabContext, tabCommand } from './tab-commands.ts';
import { tabs } from './tabs/index.ts';
import { recallOf } from './recall.ts';
import { PanelView } from './view.tsx';

/** On a card (or with nothing open) a digit begins a number to find; the rest goes to the open tab. */
function panelInput(ctx: PanelContext, event: InputEvent): Taken {
  const { focus, panel } = ctx.get();
  if (focus !== 'tab' || !panel) {
    if (event.type === 'key' && event.text !== undefined && /^\d$/.test(event.text)) {
      ctx.find(event.text);
      return true;
    }
    if (event.type === 'key' && event.key === 'escape' && focus !== 'tab') {
      ctx.set({ focus: 'tab' });
      return true;
    }
    return false;
  }
  const open = openTabContext(ctx);
  return open?.tab.onInput?.(open.tabCtx, event) ?? false;
}

const openSlot = (state: PanelState) => {
  const tab = tabs.find(({ id }) => id === state.tab);
  const slot = tab && state.slots[tab.id];
  return tab && slot ? { tab, slot } : null;
};

/** The form of a tab again, over that tab. */
async function resumeForm(ctx: PanelContext, { form, subjectId }: DraftRef): Promise<boolean> {
  const tab = tabsOf(ctx.get().panel, ctx.actor).find((one) => one.forms?.[form]);
  if (!tab) return false;
  await openTab(ctx, tab.id);
  return tab.forms![form]!(tabContext(ctx, tab), subjectId);
}

/** People at the same account are told of each other; without one, those at the customer or the location. */
function presenceOf({ account, customer, location }: Panel): string | null {
  if (account) return `account ${account.id}`;
  if (customer) return `customer ${customer.id}`;
  return location ? `location ${location.id}` : null;
}

/** The account control panel: dashboard and tabs of a customer at a location. */
export const accountPanel: ScreenDefinition<PanelParams, PanelState> = {
  id: 'account',
  code: 'ACC',
  title: 'Account',
  permission: 'accounts.read',
  crumb: ({ panel, wanted }) => {
    if (panel?.customer) return `${panel.customer.number} ${panel.customer.name}`;
    return panel?.location ? `${panel.location.number} ${panel.location.line1}` : (wanted.accountNumber ?? 'Account');
  },
  parseArgument: (argument) => (argument.trim() === '' ? {} : { accountNumber: argument.trim() }),
  create: (params) => createPanel(params ?? {}),
  load: loadPanel,
  commands: [...panelCommands, ...tabs.flatMap((tab) => tab.commands.map((command) => tabCommand(tab, command)))],
  typing: (state) => {
    const open = state.focus === 'tab' ? openSlot(state) : null;
    return open?.tab.typing?.(open.slot.state) ?? false;
  },
  onInput: panelInput,
  legend: legendOf,
  recall: recallOf,
  resume: resumeForm,
  presence: ({ panel }) => (panel ? presenceOf(panel) : null),
  keep: (ctx) => {
    if (!ctx.get().panel) return;
    for (const tab of tabs) if (ctx.get().slots[tab.id]) tab.keep?.(tabContext(ctx, tab));
  },
  unsaved: (state) => {
    for (const tab of tabs) {
      const slot = state.slots[tab.id];
      const lost = slot && tab.unsaved?.(slot.state);
      if (lost) return lost;
    }
    return null;
  },
  View: PanelView,
};
