import { listInput } from '#ui/table/input.ts';
import { listTyping } from '#ui/table/commands.ts';
import type { TabDefinition } from '../../tab.ts';
import { historyCommands } from './commands.ts';
import { historyLens } from './lens.ts';
import { followHistory, loadHistory, revealTransaction } from './load.ts';
import { type HistoryState, newHistory } from './model.ts';
import { HistoryViewOf } from './view.tsx';
import { closeDetails } from './window.ts';

/** What was billed, paid and adjusted, newest first, with the balance after each. */
export const historyTab: TabDefinition<HistoryState> = {
  id: 'history',
  title: 'History',
  permission: 'history.read',
  create: newHistory,
  load: loadHistory,
  follow: followHistory,
  commands: historyCommands,
  typing: (state) => state.details === null && listTyping(historyLens, state),
  onInput: (ctx, event) => {
    if (ctx.get().details === null) return listInput(historyLens, ctx, event);
    if (event.type !== 'key' || event.key !== 'escape') return false;
    closeDetails(ctx);
    return true;
  },
  reveal: async (ctx, record) => void (await revealTransaction(ctx, record)),
  View: HistoryViewOf,
};
