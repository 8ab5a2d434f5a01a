import { formatCents } from '#domain/money.ts';
import type { Command } from '#keymap/command.ts';
import { type DrawerRecord, getDrawer } from '#services/drawers/list.ts';
import { counted, money } from '#ui/money.ts';
import { listCommands } from '#ui/table/commands.ts';
import { currentRow } from '#ui/table/lens.ts';
import { lens, overShortText } from './columns.ts';
import { closeForm, denominationName, openForm } from './forms.ts';
import type { DrawersContext } from './model.ts';

async function open(ctx: DrawersContext): Promise<void> {
  const opened = await ctx.form(openForm(ctx));
  if (!opened) return;
  ctx.toast(`Drawer ${opened.number} is open with ${formatCents(opened.floatCents)}.`, 'good');
  await ctx.reload();
}

async function close(ctx: DrawersContext): Promise<void> {
  const record = await ctx.call(getDrawer, { drawerId: currentRow(lens, ctx.get())!.id });
  const closed = await ctx.form(closeForm(ctx, record));
  if (!closed) return;
  ctx.toast(`Drawer ${closed.number} is closed: ${money(closed.countedCents)}, ${overShortText(closed)}.`, 'good');
  await ctx.reload();
}

const FIGURE = 14;
const figure = (label: string, cents: number, more = ''): string =>
  `${label.padEnd(20)}${formatCents(cents).padStart(FIGURE)}${more === '' ? '' : `   ${more}`}`;

/** A drawer's slip: what was taken by method, what should be in it, and its count. */
function slip({ drawer, methods, payments, expectedCents, paidOutCents, counts }: DrawerRecord): string[] {
  const closed =
    drawer.countedCents === null
      ? []
      : [
          figure('Counted', drawer.countedCents, overShortText(drawer)),
          ...(drawer.reason === null ? [] : [`Reason              ${drawer.reason}`]),
          '',
          ...counts.map(({ cents, count }) => figure(`  ${denominationName(cents)} x ${count}`, cents * count)),
        ];
  return [
    `${drawer.username}, opened ${drawer.openedOn}, ${drawer.status}`,
    counted(payments, 'payment'),
    '',
    ...methods.map(({ name, cents, count }) => figure(name, cents, `${count} x`)),
    '',
    figure('Float', drawer.floatCents),
    ...(paidOutCents === 0 ? [] : [figure('Given out', -paidOutCents)]),
    figure('Cash expected', expectedCents),
    ...closed,
  ];
}

async function show(ctx: DrawersContext): Promise<void> {
  const record = await ctx.call(getDrawer, { drawerId: currentRow(lens, ctx.get())!.id });
  await ctx.show(`Drawer ${record.drawer.number}`, slip(record));
}

/** What can be done with cash drawers. */
export const commands: readonly Command<DrawersContext>[] = [
  {
    id: 'drawers.show',
    title: 'Show what was taken into the drawer, and its count',
    group: 'record',
    keys: ['enter'],
    hint: 'Slip',
    footer: 60,
    when: (ctx) => (currentRow(lens, ctx.get()) ? true : 'No drawer is here.'),
    run: show,
  },
  {
    id: 'drawers.open',
    title: 'Open my drawer with its float',
    group: 'record',
    keys: ['n'],
    hint: 'Open',
    footer: 70,
    permission: 'drawers.use',
    when: (ctx) => {
      const { own } = ctx.get();
      return own === null ? true : `Your drawer ${own.drawer.number} is open.`;
    },
    run: open,
  },
  {
    id: 'drawers.close',
    title: 'Count and close the drawer',
    group: 'record',
    keys: ['c'],
    hint: 'Count and close',
    footer: 68,
    permission: 'drawers.use',
    when: (ctx) => {
      const drawer = currentRow(lens, ctx.get());
      if (!drawer) return 'No drawer is here.';
      return drawer.status === 'open' ? true : 'It is closed.';
    },
    run: close,
  },
  {
    id: 'drawers.take',
    title: 'Take payments',
    group: 'go',
    keys: ['$'],
    permission: 'payments.enter',
    run: (ctx) => ctx.open('payment'),
  },
  ...listCommands(lens),
];
