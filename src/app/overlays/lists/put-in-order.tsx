import type { ReactNode } from 'react';
import type { Command } from '#keymap/command.ts';
import type { ConfirmQuestion } from '#ui/dialogs.ts';
import type { TickList } from '#ui/choice.ts';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth, fit } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition, type OverlayViewProps } from '../../shell/overlay.ts';
import { listKeys } from './keys.ts';
import { isReordered, newOrder, orderOf, type OrderState, placeOf, shifted, turned } from './order-list.ts';
import { windowTop } from '../window.ts';

interface Answer {
  readonly values: readonly string[];
}

type Ctx = OverlayContext<OrderState, Answer>;

/** Lines around the list: borders, how it is done, a rule. */
const CHROME = 4;
const HOW = 'Space ticks, K and J move up and down, Enter takes';
/** Cells before a label: the cursor, the box and the place. */
const TICK = 9;

async function leave(ctx: Ctx, ask: (question: ConfirmQuestion) => Promise<boolean>): Promise<void> {
  const state = ctx.get();
  const question = { title: 'Leave?', lines: [`The order of “${state.title}” is not taken.`], action: 'Leave' };
  if (!isReordered(state) || (await ask(question))) ctx.close(null);
}

/** Several of a list in an order of their own: space ticks, alt and the arrows move. */
export function putInOrderOverlay(
  list: TickList,
  ask: (question: ConfirmQuestion) => Promise<boolean>,
): OverlayDefinition<OrderState, Answer> {
  const state = newOrder(list);
  const widest = Math.max(
    0,
    ...state.items.map(({ label, detail = '' }) => cellWidth(label) + 2 + cellWidth(detail) + TICK),
  );
  const width = Math.max(cellWidth(list.title) + 18, widest + 4, cellWidth(HOW) + 4);
  return {
    kind: 'order',
    state,
    unsaved: (now) => (isReordered(now) ? `the order of “${now.title}”` : null),
    box: (now, size) => centered(size, width, now.items.length + CHROME),
    commands: [...ordering, ...ending(ask), ...listKeys<OrderState, Answer>('order', (now) => now.items.length)],
    View: OrderView,
  };
}

const ordering: readonly Command<Ctx>[] = [
  {
    id: 'order.toggle',
    title: 'Tick, or take the tick off',
    group: 'app',
    keys: ['space', 'x'],
    hint: 'Tick',
    footer: 7,
    run: (ctx) => ctx.set(turned(ctx.get())),
  },
  {
    id: 'order.moveUp',
    title: 'Move it up',
    group: 'app',
    keys: ['alt+up', 'K', '-'],
    hint: 'Up',
    footer: 6,
    run: (ctx) => ctx.set(shifted(ctx.get(), -1)),
  },
  {
    id: 'order.moveDown',
    title: 'Move it down',
    group: 'app',
    keys: ['alt+down', 'J', '+'],
    hint: 'Down',
    footer: 5,
    run: (ctx) => ctx.set(shifted(ctx.get(), 1)),
  },
];

const ending = (ask: (question: ConfirmQuestion) => Promise<boolean>): Command<Ctx>[] => [
  {
    id: 'order.take',
    title: 'Take those that are ticked, in this order',
    group: 'app',
    keys: ['enter', 'f9'],
    hint: 'Take',
    footer: 4,
    run: (ctx) => ctx.close({ values: orderOf(ctx.get()) }),
  },
  {
    id: 'order.leave',
    title: 'Leave',
    group: 'app',
    keys: ['escape', 'f12'],
    hint: 'Leave',
    footer: 3,
    run: (ctx) => leave(ctx, ask),
  },
];

function itemSegments(state: OrderState, index: number, labels: number, theme: Theme): Segment[] {
  const { value, label, detail = '' } = state.items[index]!;
  const place = placeOf(state, value);
  const selected = index === state.cursor;
  const box = place === null ? '[ ]' : `[${theme.glyphs.check}]`;
  const text = `${selected ? theme.glyphs.cursor : ' '} ${box} ${fit(place === null ? '' : String(place), 2, 'right')} ${fit(label, labels)}`;
  return [
    [text, selected ? theme.selected : place === null ? theme.dim : theme.text],
    [`  ${detail}`, theme.dim],
  ];
}

function OrderView({ state, box, theme }: OverlayViewProps<OrderState>): ReactNode {
  const rows = Math.max(1, box.height - CHROME);
  const top = windowTop(0, state.cursor, rows, state.items.length);
  const inner = box.width - 4;
  const labels = Math.min(Math.max(1, inner - TICK), Math.max(0, ...state.items.map(({ label }) => cellWidth(label))));
  const lines = state.items.slice(top, top + rows).map((_, offset) => itemSegments(state, top + offset, labels, theme));
  return (
    <Card
      {...box}
      title={state.title}
      theme={theme}
      right={`${state.ticked.size} of ${state.items.length}`}
      content={[[[fit(HOW, inner), theme.dim]], [[theme.glyphs.horizontal.repeat(inner), theme.border]], ...lines]}
    />
  );
}
