import { historyActions, type ActionFacts, type HistoryAction } from '#domain/history-actions.ts';
import type { Command } from '#keymap/command.ts';
import type { Key } from '#keymap/keys.ts';
import { may } from '#services/actor.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { Ctx } from './corrections/ask.ts';
import { openAction, openMenu } from './corrections/menu.ts';
import { historyLens } from './lens.ts';
import { shownTransaction } from './window.ts';

/** What the menu is about: the transaction that is open, else the line with the cursor. */
const subjectOf = (ctx: Ctx): number | null =>
  ctx.get().details === null ? (currentRow(historyLens, ctx.get())?.id ?? null) : (shownTransaction(ctx)?.id ?? null);

/** What is known of it without asking; of the rest is supposed that it can be done, which the action itself finds out. */
function factsOf(ctx: Ctx): ActionFacts | null {
  const shown = ctx.get().details === null ? undefined : shownTransaction(ctx);
  const row = ctx.get().details === null ? currentRow(historyLens, ctx.get()) : undefined;
  const known = shown ?? row;
  if (known === undefined) return null;
  const { kind, status, core, amountCents } = known;
  const back = ({ relation, kind: by }: { readonly relation: string; readonly kind: string }): boolean =>
    relation === 'reversed by' && (by === 'nsf' || by === 'reversal');
  return {
    kind,
    status,
    core,
    takenBack: shown?.links.some(back) ?? row?.takenBack ?? false,
    isDebt: amountCents > 0,
    locked: null,
    allReversed: false,
    stands: true,
    hasReceipt: true,
    isCorrection: amountCents === 0,
  };
}

interface Button {
  /** The first that fits is meant. */
  readonly actions: readonly HistoryAction[];
  readonly title: string;
  readonly hint: string;
  readonly keys: readonly Key[];
}

/** The seed’s buttons below the list: those that fit the line are in the footer. */
const BUTTONS: readonly Button[] = [
  { actions: ['adjust'], title: 'Adjust the charge, or change the adjustment', hint: 'Adjust', keys: ['J'] },
  { actions: ['adjustBill'], title: 'Adjust lines of the bill', hint: 'Adjust bill', keys: ['E'] },
  { actions: ['transfer'], title: 'Transfer the payment to another account', hint: 'Transfer', keys: ['T'] },
  {
    actions: ['return', 'chargeBack'],
    title: 'Return the item (NSF), or charge the card back',
    hint: 'NSF',
    keys: ['N'],
  },
  {
    actions: ['reverse', 'reverseCharges', 'reinstate'],
    title: 'Reverse the payment or the charges, or take the write-off back',
    hint: 'Reverse',
    keys: ['R'],
  },
  { actions: ['refund'], title: 'Note another reference of the refund', hint: 'Refund', keys: ['F'] },
  { actions: ['delete'], title: 'Delete what is not posted', hint: 'Delete', keys: ['delete', 'D'] },
];

const button = ({ actions, title, hint, keys }: Button): Command<Ctx> => ({
  id: `history.${actions[0]!}`,
  title,
  group: 'record',
  keys,
  hint,
  footer: 58,
  when: (ctx) => {
    const facts = factsOf(ctx);
    if (facts === null) return 'There is no transaction here.';
    const offered = historyActions(facts, (right) => may(ctx.actor, right));
    return offered.some(({ action }) => actions.includes(action)) ? true : 'It does not fit this transaction.';
  },
  run: (ctx) => openAction(ctx, subjectOf(ctx)!, actions),
});

/** The context menu of a line: corrections that fit it, and those of the account; and a key for each that fits. */
export const correctionCommands: readonly Command<Ctx>[] = [
  {
    id: 'history.actions',
    title: 'What can be done with the line or its account',
    group: 'record',
    keys: ['m'],
    hint: 'Actions',
    footer: 59,
    when: (ctx) =>
      subjectOf(ctx) !== null || ctx.params.accountId !== null ? true : 'There is no transaction and no account here.',
    run: (ctx) => openMenu(ctx, subjectOf(ctx)),
  },
  ...BUTTONS.map(button),
];
