import type { ReactNode } from 'react';
import { fuzzyRank } from '#keymap/fuzzy.ts';
import type { Choice } from '#ui/choice.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { emptyField, fieldInput, fieldWindow, type FieldState } from '#ui/field/model.ts';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import { cellWidth, fit } from '#ui/width.ts';
import { centered, type OverlayDefinition, type OverlayViewProps } from '../shell/overlay.ts';
import { listKeys } from './lists/keys.ts';
import { windowTop } from './window.ts';

interface ChooseState<V> {
  readonly title: string;
  readonly choices: readonly Choice<V>[];
  readonly typed: FieldState;
  readonly cursor: number;
}

const matching = <V,>(state: ChooseState<V>): Choice<V>[] =>
  fuzzyRank(state.typed.text, state.choices, (choice) => `${choice.label} ${choice.detail ?? ''}`);

/** Lines around the list: borders, the filter, a rule. */
const CHROME = 4;
const WIDEST_LABEL = 40;
/** Border and cursor left and right of a row. */
const FRAME = 6;
const GAP = 2;

/** Cells of the labels that have something behind them; a label alone may take the whole row. */
const labelCells = (choices: readonly Choice<unknown>[]): number =>
  Math.min(WIDEST_LABEL, Math.max(0, ...choices.map(({ label, detail }) => (detail ? cellWidth(label) : 0))));

/** Cells of the widest row. */
function rowCells(choices: readonly Choice<unknown>[]): number {
  const labels = labelCells(choices);
  return Math.max(
    0,
    ...choices.map(({ label, detail }) => (detail ? labels + GAP + cellWidth(detail) : cellWidth(label))),
  );
}

/** One of several: type to filter, arrows to move, Enter to take. */
export function chooseOverlay<V>(
  title: string,
  choices: readonly Choice<V>[],
): OverlayDefinition<ChooseState<V>, { readonly value: V }> {
  const widest = rowCells(choices) + FRAME;
  return {
    kind: 'choose',
    state: { title, choices, typed: emptyField(), cursor: 0 },
    typing: () => true,
    box: (_state, size) => centered(size, Math.max(cellWidth(title) + 8, widest, 36), choices.length + CHROME),
    onInput: (ctx, event) => {
      const before = ctx.get();
      const typed = fieldInput(before.typed, event);
      if (typed === null) return false;
      ctx.set({ typed, cursor: typed.text === before.typed.text ? before.cursor : 0 });
      return true;
    },
    commands: [
      {
        id: 'choose.take',
        title: 'Take it',
        group: 'app',
        keys: ['enter', 'tab'],
        hint: 'Take',
        footer: 3,
        when: (ctx) => (matching(ctx.get()).length > 0 ? true : 'Nothing matches what was typed.'),
        run: (ctx) => {
          const choice = matching(ctx.get())[ctx.get().cursor];
          if (choice) ctx.close({ value: choice.value });
        },
      },
      {
        id: 'choose.leave',
        title: 'Leave',
        group: 'app',
        keys: ['escape', 'f12'],
        hint: 'Leave',
        footer: 2,
        run: (ctx) => ctx.close(null),
      },
      ...listKeys<ChooseState<V>, { readonly value: V }>('choose', (state) => matching(state).length),
    ],
    View: ChooseView,
  };
}

function ChooseView<V>({ state, box, theme }: OverlayViewProps<ChooseState<V>>): ReactNode {
  const shown = matching(state);
  const rows = Math.max(1, box.height - CHROME);
  const top = windowTop(0, state.cursor, rows, shown.length);
  const inner = box.width - 4;
  const room = Math.max(4, inner - 2);
  const labels = Math.min(room, labelCells(state.choices));
  const typed = fieldWindow(state.typed, room);
  const lines = shown.slice(top, top + rows).map((choice, index): Segment[] => {
    const selected = top + index === state.cursor;
    const label = fit(choice.label, choice.detail ? labels : room);
    return [
      [`${selected ? theme.glyphs.cursor : ' '} ${label}`, selected ? theme.selected : theme.text],
      [choice.detail ? `${' '.repeat(GAP)}${choice.detail}` : '', theme.dim],
    ];
  });
  if (shown.length === 0) lines.push([['  Nothing matches.', theme.dim]]);
  return (
    <>
      <Card
        {...box}
        title={state.title}
        theme={theme}
        right={shown.length > rows ? `${state.cursor + 1}/${shown.length}` : ''}
        content={[
          [
            [`${theme.glyphs.crumb} `, theme.key],
            [fit(typed.text, room, 'left', ''), theme.fieldActive],
          ],
          [[theme.glyphs.horizontal.repeat(inner), theme.border]],
          ...lines,
        ]}
      />
      <RealCursor x={box.x + 4 + typed.x} y={box.y + 1} />
    </>
  );
}
