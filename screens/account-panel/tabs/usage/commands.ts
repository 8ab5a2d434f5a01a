import type { Command } from '#keymap/command.ts';
import { listCommands } from '#ui/table/commands.ts';
import { wrap } from '#ui/width.ts';
import type { TabContext } from '../../tab.ts';
import { usageLens } from './lens.ts';
import { showScope, showService } from './load.ts';
import { FIGURES_KEY, figureLines, meterText } from './lower.ts';
import { consumptionOf, meterOf, selectedRead, type UsageState } from './model.ts';
import { scopesOf } from './scope.ts';

type Ctx = TabContext<UsageState>;

const charted = (ctx: Ctx): true | string => (consumptionOf(ctx.get()) ? true : 'There is no consumption to show.');

async function showFigures(ctx: Ctx): Promise<void> {
  const consumption = consumptionOf(ctx.get());
  if (consumption === null) return;
  const title = `${consumption.service} by month, ${consumption.unit}`;
  await ctx.show(title, [...figureLines(consumption), '', ...wrap(FIGURES_KEY, 56)]);
}

/** Cells of a line of the details in their window. */
const DETAILS = 70;

async function showDetails(ctx: Ctx): Promise<void> {
  const read = selectedRead(ctx.get());
  if (read) await ctx.show(`Read of ${read.readOn}`, meterText(read, meterOf(ctx.get(), read), DETAILS));
}

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
  {
    id: 'usage.details',
    title: 'Show the whole of the read and its meter',
    group: 'record',
    keys: ['enter', 'z'],
    hint: 'Details',
    footer: 55,
    background: true,
    when: (ctx) => (selectedRead(ctx.get()) ? true : 'No meter was ever read here.'),
    run: showDetails,
  },
  {
    id: 'usage.chart',
    title: 'Show consumption by month against last year, or the meter',
    group: 'record',
    keys: ['c'],
    hint: 'Chart',
    footer: 45,
    when: charted,
    run: (ctx) => ctx.set({ lower: ctx.get().lower === 'chart' ? 'meter' : 'chart' }),
  },
  {
    id: 'usage.figures',
    title: 'Show the figures of the chart',
    group: 'record',
    keys: ['t'],
    hint: 'Figures',
    footer: 40,
    background: true,
    when: charted,
    run: showFigures,
  },
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
