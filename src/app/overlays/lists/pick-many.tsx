import type { ReactNode } from 'react';
import type { ConfirmQuestion } from '#ui/dialogs.ts';
import type { TickList } from '#ui/choice.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { emptyField, fieldInput, fieldWindow } from '#ui/field/model.ts';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { cellWidth, fit } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition, type OverlayViewProps } from '../../shell/overlay.ts';
import { listKeys } from './keys.ts';
import {
  allToggled,
  answerOf,
  isChanged,
  linesOf,
  matching,
  newPick,
  type PickLine,
  type PickState,
  toggled,
} from './tick-list.ts';
import { windowTop } from '../window.ts';

interface Answer {
  readonly values: readonly string[];
}

type Ctx = OverlayContext<PickState, Answer>;

/** Lines around the list: borders, the filter, a rule. */
const CHROME = 4;
const WIDEST_LABEL = 28;
/** Stands where nothing is typed yet: the footer shows no key that is text. */
const HOW = 'Space ticks, Enter takes, letters filter';
/** Cells before a label: the cursor and the box. */
const TICK = 6;

async function leave(ctx: Ctx, ask: (question: ConfirmQuestion) => Promise<boolean>): Promise<void> {
  const state = ctx.get();
  if (state.typed.text !== '') return ctx.set({ typed: emptyField(), cursor: 0 });
  const question = { title: 'Leave?', lines: [`What was ticked in “${state.title}” is not saved.`], action: 'Leave' };
  if (!isChanged(state) || (await ask(question))) ctx.close(null);
}

/** Any number of several: space ticks, type to filter, Enter takes them. */
export function pickManyOverlay(
  list: TickList,
  ask: (question: ConfirmQuestion) => Promise<boolean>,
): OverlayDefinition<PickState, Answer> {
  const widest = Math.max(0, ...list.choices.map(({ label, detail }) => cellWidth(label) + cellWidth(detail ?? '')));
  const state = newPick(list);
  const lines = linesOf(state).length;
  return {
    kind: 'pick',
    state,
    typing: () => true,
    unsaved: (now) => (isChanged(now) ? `what was ticked in “${now.title}”` : null),
    box: (_state, size) =>
      centered(size, Math.max(cellWidth(list.title) + 18, widest + TICK + 8, cellWidth(HOW) + 8), lines + CHROME),
    onInput: (ctx, event) => {
      const before = ctx.get();
      // While keys are text, space would be one of the filter's.
      if (event.type === 'key' && event.key === 'space') {
        ctx.set({ ticked: toggled(before) });
        return true;
      }
      const typed = fieldInput(before.typed, event);
      if (typed === null) return false;
      ctx.set({ typed, cursor: typed.text === before.typed.text ? before.cursor : 0 });
      return true;
    },
    commands: [
      {
        id: 'pick.toggle',
        title: 'Tick, or take the tick off',
        group: 'app',
        keys: ['space'],
        hint: 'Tick',
        footer: 5,
        when: (ctx) => (matching(ctx.get()).length > 0 ? true : 'Nothing matches what was typed.'),
        run: (ctx) => ctx.set({ ticked: toggled(ctx.get()) }),
      },
      {
        id: 'pick.all',
        title: 'Tick all that are shown, or none of them',
        group: 'app',
        keys: ['f6'],
        hint: 'All',
        footer: 4,
        run: (ctx) => ctx.set({ ticked: allToggled(ctx.get()) }),
      },
      {
        id: 'pick.take',
        title: 'Take those that are ticked',
        group: 'app',
        keys: ['enter', 'f9'],
        hint: 'Take',
        footer: 3,
        run: (ctx) => ctx.close({ values: answerOf(ctx.get()) }),
      },
      {
        id: 'pick.leave',
        title: 'Leave',
        group: 'app',
        keys: ['escape', 'f12'],
        hint: 'Leave',
        footer: 2,
        run: (ctx) => leave(ctx, ask),
      },
      ...listKeys<PickState, Answer>('pick', (now) => matching(now).length),
    ],
    View: PickView,
  };
}

function lineSegments(line: PickLine, state: PickState, labels: number, theme: Theme): Segment[] {
  if ('heading' in line) return [[line.heading, theme.title]];
  const { choice, index } = line;
  const box = state.ticked.has(choice.value) ? `[${theme.glyphs.check}]` : '[ ]';
  const selected = index === state.cursor;
  const label = `${selected ? theme.glyphs.cursor : ' '} ${box} ${fit(choice.label, labels)}`;
  return [
    [label, selected ? theme.selected : theme.text],
    [`  ${choice.detail ?? ''}`, theme.dim],
  ];
}

function PickView({ state, box, theme }: OverlayViewProps<PickState>): ReactNode {
  const all = linesOf(state);
  const rows = Math.max(1, box.height - CHROME);
  const at = all.findIndex((line) => 'index' in line && line.index === state.cursor);
  const top = windowTop(0, Math.max(0, at), rows, all.length);
  const inner = box.width - 4;
  const room = Math.max(4, inner - 2);
  const labels = Math.min(
    WIDEST_LABEL,
    Math.max(1, room - TICK),
    Math.max(0, ...state.choices.map((choice) => cellWidth(choice.label))),
  );
  const typed = fieldWindow(state.typed, room);
  const lines = all.slice(top, top + rows).map((line) => lineSegments(line, state, labels, theme));
  if (all.length === 0) lines.push([['  Nothing matches.', theme.dim]]);
  return (
    <>
      <Card
        {...box}
        title={state.title}
        theme={theme}
        right={`${state.ticked.size} of ${state.choices.length}`}
        content={[
          [
            [`${theme.glyphs.crumb} `, theme.key],
            typed.text === '' ? [fit(HOW, room), theme.dim] : [fit(typed.text, room, 'left', ''), theme.fieldActive],
          ],
          [[theme.glyphs.horizontal.repeat(inner), theme.border]],
          ...lines,
        ]}
      />
      <RealCursor x={box.x + 4 + typed.x} y={box.y + 1} />
    </>
  );
}
