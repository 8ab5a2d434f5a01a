import { listCodeValues } from '#services/code-tables/values.ts';
import { filterChoices } from '#services/lookup/choices.ts';
import type { ListFilters } from '#services/lookup/list.ts';
import type { Choice } from '#ui/choice.ts';
import { type LookUpContext, search } from './fetch.ts';

type FilterName = keyof ListFilters;

const TITLES: Readonly<Record<FilterName, string>> = {
  activity: 'Activity',
  money: 'Standing',
  cycleId: 'Cycle',
  routeId: 'Route',
  revenueClassId: 'Revenue class',
  city: 'City',
  code: 'User-defined code',
};

const ACTIVITIES: readonly Choice<ListFilters['activity']>[] = [
  { value: 'current', label: 'Current' },
  { value: 'waiting', label: 'Waiting' },
  { value: 'final', label: 'Final' },
];

const STANDINGS: readonly Choice<ListFilters['money']>[] = [
  { value: 'past_due', label: 'Past due', detail: 'something is late' },
  { value: 'shutoff', label: 'Shut-off', detail: 'late, and on the shut-off list' },
  { value: 'owing', label: 'Owing', detail: 'balance above zero' },
  { value: 'credit', label: 'In credit', detail: 'balance below zero' },
];

/** A filter chosen: its value and how it is called. */
interface Chosen {
  readonly value: ListFilters[FilterName];
  readonly label: string;
}

async function chooseCode(
  ctx: LookUpContext,
  name: FilterName,
  list: 'cycles' | 'routes' | 'revenueClasses',
): Promise<Chosen | null> {
  const codes = (await ctx.call(filterChoices, {}))[list];
  const choices = codes.map(({ id, code, name: detail }) => ({ value: id, label: code, detail }));
  const value = await ctx.choose(TITLES[name], choices);
  const chosen = codes.find(({ id }) => id === value);
  return chosen ? { value: chosen.id, label: `${TITLES[name].toLowerCase()} ${chosen.code}` } : null;
}

async function chooseFixed<V extends ListFilters[FilterName]>(
  ctx: LookUpContext,
  name: FilterName,
  choices: readonly Choice<V>[],
): Promise<Chosen | null> {
  const value = await ctx.choose(TITLES[name], choices);
  const chosen = value === null ? undefined : choices.find((choice) => choice.value === value);
  return chosen ? { value: chosen.value, label: chosen.label.toLowerCase() } : null;
}

async function chooseCity(ctx: LookUpContext): Promise<Chosen | null> {
  const city = await ctx.form({
    title: 'City',
    verb: 'Show',
    fields: [{ name: 'city', label: 'City', kind: 'text', required: true, maxLength: 80 }],
    initial: { city: ctx.get().filters.city ?? '' },
    today: ctx.today,
    save: async ({ city }) => city.trim(),
  });
  return city ? { value: city, label: `in ${city}` } : null;
}

/** A value among those of all captions, with its caption. */
async function chooseUserCode(ctx: LookUpContext): Promise<Chosen | null> {
  const captions = await ctx.call(listCodeValues, { table: 'udc_caption', all: true });
  const values = await ctx.call(listCodeValues, { table: 'udc_value', all: true });
  const choices = values.map(({ code, name }): Choice<string> => {
    const caption = captions.find((one) => code.startsWith(`${one.code}/`));
    return { value: code, label: `${caption?.name ?? ''}: ${name}` };
  });
  const value = await ctx.choose(TITLES.code, choices);
  const chosen = choices.find((choice) => choice.value === value);
  return chosen ? { value: chosen.value, label: chosen.label } : null;
}

const choosers: Readonly<Record<FilterName, (ctx: LookUpContext) => Promise<Chosen | null>>> = {
  activity: (ctx) => chooseFixed(ctx, 'activity', ACTIVITIES),
  money: (ctx) => chooseFixed(ctx, 'money', STANDINGS),
  cycleId: (ctx) => chooseCode(ctx, 'cycleId', 'cycles'),
  routeId: (ctx) => chooseCode(ctx, 'routeId', 'routes'),
  revenueClassId: (ctx) => chooseCode(ctx, 'revenueClassId', 'revenueClasses'),
  city: chooseCity,
  code: chooseUserCode,
};

const EVERYTHING = 'everything';

/** Asks what to narrow the list to; the last choice takes all filters off. */
export async function narrow(ctx: LookUpContext): Promise<void> {
  const { labels } = ctx.get();
  const names = Object.keys(TITLES) as FilterName[];
  const choices: Choice<FilterName | typeof EVERYTHING>[] = names.map((name) => ({
    value: name,
    label: TITLES[name],
    detail: labels.find((label) => label.name === name)?.label ?? '',
  }));
  if (labels.length > 0) choices.push({ value: EVERYTHING, label: 'Everything again', detail: 'all filters off' });
  const name = await ctx.choose('Narrow the list by', choices);
  if (name === null) return;
  if (name === EVERYTHING) return widen(ctx);
  const chosen = await choosers[name](ctx);
  if (!chosen) return;
  const others = ctx.get().labels.filter((label) => label.name !== name);
  ctx.set({
    filters: { ...ctx.get().filters, [name]: chosen.value },
    labels: [...others, { name, label: chosen.label }],
  });
  await search(ctx);
}

/** All filters off. */
export async function widen(ctx: LookUpContext): Promise<void> {
  ctx.set({ filters: {}, labels: [] });
  await search(ctx);
}
