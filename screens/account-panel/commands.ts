import { mapLink } from '#domain/map-link.ts';
import type { PanelBadge } from '#domain/panel-badge.ts';
import { formatCents } from '#domain/money.ts';
import type { Command } from '#keymap/command.ts';
import type { AccountChoice } from '#services/accounts/panel.ts';
import type { Choice } from '#ui/choice.ts';
import { tabDigit } from '#ui/tabs.tsx';
import { auditCommand } from './audited.ts';
import { goTo } from './load.ts';
import { noTab, openTab } from './open-tab.ts';
import { activeTab, type Focus, type PanelContext, tabsOf } from './model.ts';
import { PARTS } from './parts.ts';
import { stepCommands } from './steps.ts';
import { copyChoices } from './values.ts';

type PanelCommand = Command<PanelContext>;

const shown = ({ get }: PanelContext): true | string => (get().panel ? true : 'No account is open.');

/** Another tab of those that exist; past the last comes the first. */
async function cycleTab(ctx: PanelContext, by: 1 | -1): Promise<void> {
  const open = tabsOf(ctx.get().panel, ctx.actor);
  const at = open.findIndex((tab) => tab.id === activeTab(ctx.get(), ctx.actor)?.id);
  const next = open[(at + by + open.length) % Math.max(1, open.length)];
  if (next) await openTab(ctx, next.id);
}

/** Digits open tabs (on a card they begin a number to find); with Alt they always do. */
const tabCommands: readonly PanelCommand[] = Array.from({ length: 10 }, (_, index) => {
  const digit = tabDigit(index);
  const open = (ctx: PanelContext) => tabsOf(ctx.get().panel, ctx.actor)[index];
  return {
    id: `account.tab${digit}` as const,
    title: `Open tab ${digit}`,
    group: 'go',
    keys: [digit, `alt+${digit}`],
    applies: (ctx) => open(ctx) !== undefined,
    run: async (ctx) => openTab(ctx, open(ctx)!.id),
  } satisfies PanelCommand;
});

const focusOrder: readonly Focus[] = ['tab', 'customer', 'location'];

function moveFocus(ctx: PanelContext, by: 1 | -1): void {
  const at = focusOrder.indexOf(ctx.get().focus);
  ctx.set({ focus: focusOrder[(at + by + focusOrder.length) % focusOrder.length]! });
}

const choiceOf = (account: AccountChoice, label: string): Choice<AccountChoice> => ({
  value: account,
  label: `${account.number}  ${label}`,
  detail: [
    account.activity,
    account.movedOutOn ? `${account.movedInOn} to ${account.movedOutOn}` : `since ${account.movedInOn}`,
    formatCents(account.balanceCents),
    ...(account.pastDueCents > 0 ? [`past due ${formatCents(account.pastDueCents)}`] : []),
    ...(account.shutoffScheduledOn ? [`shutoff ${account.shutoffScheduledOn}`] : []),
  ].join('  '),
});

/** The customer's accounts, then the other ones at the location. */
async function switchAccount(ctx: PanelContext): Promise<void> {
  const { panel } = ctx.get();
  if (!panel) return;
  const own = panel.accounts.map((account) => choiceOf(account, account.line1));
  const others = panel.residents
    .filter((account) => account.customerId !== panel.customer?.id)
    .map((account) => choiceOf(account, account.customerName));
  const chosen = await ctx.choose('Account', [...own, ...others]);
  if (chosen && chosen.id !== panel.account?.id) await goTo(ctx, { accountId: chosen.id });
}

async function jumpToBadge(ctx: PanelContext): Promise<void> {
  const { panel } = ctx.get();
  const badges = [...(panel?.customerBadges ?? []), ...(panel?.locationBadges ?? [])];
  const badge = await ctx.choose<PanelBadge>(
    'Badges: Enter shows the cause',
    badges.map((value) => ({ value, label: `[${value.text}] ${value.name}`, detail: value.explanation })),
  );
  if (!badge) return;
  const { tab, part, record } = badge.cause;
  const reason = noTab(ctx, tab);
  if (!reason) await openTab(ctx, tab, part === undefined ? record : PARTS[part]);
  ctx.toast(`${reason ? `${reason} ` : ''}${badge.name}: ${badge.explanation}`, 'info');
}

async function copyValue(ctx: PanelContext): Promise<void> {
  const { panel } = ctx.get();
  if (!panel) return;
  const choices = copyChoices(panel);
  const value = await ctx.choose('Copy', choices);
  const label = choices.find((choice) => choice.value === value)?.label.toLowerCase();
  if (value !== null && label) ctx.copy(value, label);
}

const recordCommands: readonly PanelCommand[] = [
  {
    id: 'account.pay',
    title: 'Take a payment for this account',
    group: 'record',
    keys: ['$'],
    hint: 'Pay',
    footer: 55,
    permission: 'payments.enter',
    applies: () => true,
    when: ({ get }) => (get().panel?.account ? true : 'No account is open.'),
    run: (ctx) => ctx.open('payment', { accountId: ctx.get().panel!.account!.id }),
  },
  {
    id: 'account.switch',
    title: 'Choose among the accounts of this customer and this location',
    group: 'record',
    keys: ['A'],
    hint: 'Accounts',
    footer: 50,
    applies: () => true,
    when: ({ get }) => {
      const { panel } = get();
      if (!panel) return 'No account is open.';
      return panel.accounts.length + panel.residents.length > 1 || !panel.account
        ? true
        : 'There is only this account.';
    },
    run: switchAccount,
  },
  {
    id: 'account.badges',
    title: 'Explain the badges and go to their cause',
    group: 'record',
    keys: ['b'],
    hint: 'Badges',
    footer: 45,
    applies: () => true,
    when: ({ get }) => {
      const { panel } = get();
      return (panel?.customerBadges.length ?? 0) + (panel?.locationBadges.length ?? 0) > 0 ? true : 'There are none.';
    },
    run: jumpToBadge,
  },
  {
    id: 'account.copy',
    title: 'Copy a value of the dashboard',
    group: 'record',
    keys: ['Y'],
    applies: () => true,
    when: shown,
    run: copyValue,
  },
  {
    id: 'account.map',
    title: 'Copy the map link of the location',
    group: 'record',
    keys: ['M'],
    applies: () => true,
    when: ({ get }) => (get().panel?.location ? true : 'There is no location.'),
    run: (ctx) => ctx.copy(mapLink(ctx.get().panel!.location!), 'the map link'),
  },
  {
    id: 'account.owner',
    title: "Open the owner's own account",
    group: 'go',
    keys: ['O'],
    applies: () => true,
    when: ({ get }) => (get().panel?.location?.ownerId ? true : 'No owner is defined, or it is the customer.'),
    run: (ctx) => ctx.open('account', { customerId: ctx.get().panel!.location!.ownerId! }),
  },
];

const focusCommands: readonly PanelCommand[] = [
  {
    id: 'account.nextTab',
    title: 'Next tab',
    group: 'go',
    keys: ['ctrl+pagedown'],
    when: shown,
    run: (ctx) => cycleTab(ctx, 1),
  },
  {
    id: 'account.previousTab',
    title: 'Previous tab',
    group: 'go',
    keys: ['ctrl+pageup'],
    when: shown,
    run: (ctx) => cycleTab(ctx, -1),
  },
  {
    id: 'account.focus',
    title: 'Go to the next card, or back to the tab',
    group: 'go',
    keys: ['tab'],
    applies: () => true,
    run: (ctx) => moveFocus(ctx, 1),
  },
  {
    id: 'account.focusBack',
    title: 'Go to the card before, or back to the tab',
    group: 'go',
    keys: ['shift+tab'],
    applies: () => true,
    run: (ctx) => moveFocus(ctx, -1),
  },
  {
    id: 'account.choose',
    title: 'Choose among the accounts',
    group: 'go',
    keys: ['enter'],
    applies: ({ get }) => get().focus !== 'tab',
    when: shown,
    run: switchAccount,
  },
];

/** The panel's own commands; a tab's come behind them and give way where keys are the same. */
export const panelCommands: readonly PanelCommand[] = [
  ...recordCommands,
  auditCommand,
  ...stepCommands,
  ...tabCommands,
  ...focusCommands,
];
