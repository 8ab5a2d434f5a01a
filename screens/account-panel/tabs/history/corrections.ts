import type { Command } from '#keymap/command.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { Ctx } from './corrections/ask.ts';
import { openMenu } from './corrections/menu.ts';
import { historyLens } from './lens.ts';
import { shownTransaction } from './window.ts';

/** What the menu is about: the transaction that is open, else the line with the cursor. */
const subjectOf = (ctx: Ctx): number | null =>
  ctx.get().details === null ? (currentRow(historyLens, ctx.get())?.id ?? null) : (shownTransaction(ctx)?.id ?? null);

/** The context menu of a line: corrections that fit it, and those of the account. */
export const correctionCommands: readonly Command<Ctx>[] = [
  {
    id: 'history.actions',
    title: 'What can be done with the line or its account',
    group: 'record',
    keys: ['m'],
    hint: 'Actions',
    footer: 58,
    when: (ctx) =>
      subjectOf(ctx) !== null || ctx.params.accountId !== null ? true : 'There is no transaction and no account here.',
    run: (ctx) => openMenu(ctx, subjectOf(ctx)),
  },
];
