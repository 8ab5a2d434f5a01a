import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import type { TabDefinition } from '../../tab.ts';
import { usageCommands } from './commands.ts';
import { usageLens } from './lens.ts';
import { loadUsage } from './load.ts';
import { newUsage, type UsageState } from './model.ts';
import { UsageView } from './view.tsx';

/** Meter reads with what they billed, the meters behind them, and consumption by month. */
export const usageTab: TabDefinition<UsageState> = {
  id: 'usage',
  title: 'Usage',
  permission: 'usage.read',
  exists: ({ accountId, locationId }) => accountId !== null || locationId !== null,
  create: newUsage,
  load: loadUsage,
  commands: usageCommands,
  typing: (state) => listTyping(usageLens, state),
  onInput: (ctx, event) => listInput(usageLens, ctx, event),
  reveal: (ctx, record) => {
    const place = ctx.get().rows.findIndex((row) => row.id === record);
    const { list } = ctx.get();
    if (place >= 0) ctx.set({ list: { ...list, sort: null, filter: '', cursor: place, top: place } });
  },
  View: UsageView,
};
