import { formatCents } from '#domain/money.ts';
import { historyDetails } from '#services/history/details.ts';
import { KIND_LABELS } from '#services/history/kinds.ts';
import { type Related, relatedOf } from '#services/history/related.ts';
import type { Command } from '#keymap/command.ts';
import type { Choice } from '#ui/choice.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { TabContext } from '../../tab.ts';
import { historyLens } from './lens.ts';
import { revealTransaction } from './load.ts';
import type { HistoryState } from './model.ts';
import { openDetails, shownTransaction } from './window.ts';

type Ctx = TabContext<HistoryState>;

const choiceOf = (accountId: number, each: Related): Choice<Related> => ({
  value: each,
  label: `${KIND_LABELS[each.kind]}${each.number === null ? '' : ` ${each.number}`} of ${each.effectiveOn}`,
  detail:
    `${each.relation}  ${formatCents(each.amountCents)}` +
    (each.accountId === accountId ? '' : `  ${each.accountNumber}`),
});

/** The other one of a correction and what it corrects; asked for where there are several. */
async function pickRelated(ctx: Ctx, accountId: number, related: readonly Related[]): Promise<Related | null> {
  if (related.length > 1) {
    return ctx.choose(
      'Corrects, or is corrected by',
      related.map((each) => choiceOf(accountId, each)),
    );
  }
  if (related.length === 0) ctx.toast('It corrects nothing, and nothing corrects it.', 'warning');
  return related[0] ?? null;
}

/** In the window opens the other one over it; in the list puts the cursor on it, or opens what the list cannot show. */
async function goToRelated(ctx: Ctx): Promise<void> {
  const shown = shownTransaction(ctx);
  const row = currentRow(historyLens, ctx.get());
  const details = shown ?? (row && (await ctx.call(historyDetails, { transactionId: row.id })));
  if (details === undefined) return;
  const related = await pickRelated(ctx, details.accountId, relatedOf(details));
  if (related === null) return;
  // The history of one account is not widened for it: what is on another is looked at over the list.
  const inList = shown === undefined && (ctx.get().scope !== 'account' || related.accountId === details.accountId);
  if (inList && (await revealTransaction(ctx, related.id))) return;
  await openDetails(ctx, related.id);
}

/** From a correction to what it corrects, and back, by one key in the list and in the window. */
export const linkedCommand: Command<Ctx> = {
  id: 'history.linked',
  title: 'Go to what it corrects, or to what corrects it',
  group: 'go',
  keys: ['c'],
  hint: 'Corrects',
  footer: 37,
  applies: (ctx) => ctx.get().details === null || shownTransaction(ctx) !== undefined,
  when: (ctx) =>
    shownTransaction(ctx) !== undefined || currentRow(historyLens, ctx.get()) !== undefined
      ? true
      : 'There is no transaction here.',
  run: goToRelated,
};
