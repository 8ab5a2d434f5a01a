import { formatCents } from '#domain/money.ts';
import { getDrawer, listDrawers } from '#services/drawers/list.ts';
import { counted } from '#ui/money.ts';
import type { ScreenDefinition } from '#ui/screen.ts';
import { listTyping } from '#ui/table/commands.ts';
import { listInput } from '#ui/table/input.ts';
import { ListBody } from '#ui/table/list-body.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { lens } from './columns.ts';
import { commands } from './commands.ts';
import { closeForm } from './forms.ts';
import { createDrawers, type DrawersContext, type DrawersState } from './model.ts';

async function load(ctx: DrawersContext): Promise<void> {
  const rows = await ctx.call(listDrawers, { status: 'all', mine: false, limit: 200 });
  const own = rows.find(({ status, username }) => status === 'open' && username === ctx.actor.username);
  ctx.set({ rows, own: own ? await ctx.call(getDrawer, { drawerId: own.id }) : null });
}

/** The user's own drawer: what was taken, and what should be in it. */
function ownLines({ own }: DrawersState, theme: Theme): Segment[][] {
  if (!own) return [[[' No drawer of yours is open.', theme.dim]], [], []];
  const { drawer, methods, payments, expectedCents } = own;
  const taken = methods.flatMap(({ name, cents }): Segment[] => [[`  ${name} `, theme.dim], formatCents(cents)]);
  return [
    [[` ${drawer.number}`, theme.title], ` open since ${drawer.openedOn}, float ${formatCents(drawer.floatCents)}`],
    [
      ` ${counted(payments, 'payment')}`,
      ...taken,
      ['  Cash in it ', theme.dim],
      [formatCents(expectedCents), theme.title],
    ],
    [],
  ];
}

/** Cash drawers: opened with a float, counted and closed. */
export const drawers: ScreenDefinition<undefined, DrawersState> = {
  id: 'drawers',
  code: 'DRW',
  title: 'Cash drawers',
  permission: 'history.read',
  crumb: () => 'Drawers',
  create: createDrawers,
  load,
  commands,
  typing: (state) => listTyping(lens, state),
  onInput: (ctx, event) => listInput(lens, ctx, event),
  resume: async (ctx, { form, subjectId }) => {
    const drawer = ctx.get().rows.find(({ id, status }) => id === subjectId && status === 'open');
    if (form !== 'drawer' || !drawer) return false;
    if (await ctx.form(closeForm(ctx, await ctx.call(getDrawer, { drawerId: drawer.id })))) await ctx.reload();
    return true;
  },
  View: ({ state, size, theme }) => (
    <ListBody
      lens={lens}
      state={state}
      size={size}
      theme={theme}
      head={ownLines(state, theme)}
      empty="There was no drawer yet."
    />
  ),
};
