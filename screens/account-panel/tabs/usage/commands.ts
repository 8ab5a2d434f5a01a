import type { Command } from '#keymap/command.ts';
import { listCommands } from '#ui/table/commands.ts';
import type { TabContext } from '../../tab.ts';
import { usageLens } from './lens.ts';
import { showScope, showService } from './load.ts';
import { consumptionOf, type LowerPart, scopesOf, type UsageState } from './model.ts';

type Ctx = TabContext<UsageState>;

const lower = (verb: string, title: string, key: string, part: LowerPart, hint: string): Command<Ctx> => ({
  id: `usage.${verb}`,
  title,
  group: 'record',
  keys: [key],
  hint,
  footer: 40,
  when: (ctx) => (consumptionOf(ctx.get()) ? true : 'There is no consumption to show.'),
  run: (ctx) => ctx.set({ lower: ctx.get().lower === part ? 'meter' : part }),
});

async function pickService(ctx: Ctx): Promise<void> {
  const services = ctx.get().data?.services ?? [];
  const picked = await ctx.choose<{ readonly id: number | null }>('Usage of', [
    { value: { id: null }, label: 'All services' },
    ...services.map(({ id, code, name }) => ({ value: { id }, label: name, detail: code })),
  ]);
  if (picked !== null) showService(ctx, picked.id);
}

/** Commands of the Usage tab. */
export const usageCommands: readonly Command<Ctx>[] = [
  {
    id: 'usage.service',
    title: 'Choose the service',
    group: 'list',
    keys: ['w'],
    hint: 'Service',
    footer: 50,
    background: true,
    run: pickService,
  },
  lower('chart', 'Show consumption by month against last year, or the meter', 'c', 'chart', 'Chart'),
  lower('figures', 'Show the figures by month, or the meter', 't', 'figures', 'Figures'),
  {
    id: 'usage.scope',
    title: 'Show this account or all residents of the location',
    group: 'list',
    keys: ['o'],
    hint: 'Of whom',
    footer: 35,
    when: (ctx) => (scopesOf(ctx.params).length > 1 ? true : 'There is only one to show.'),
    run: (ctx) => showScope(ctx, ctx.get().scope === 'location' ? 'account' : 'location'),
  },
  ...listCommands(usageLens),
];
