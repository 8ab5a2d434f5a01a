import { fuzzyRank } from '#keymap/fuzzy.ts';
import type { Choice } from '#ui/dialogs.ts';
import { emptyField, fieldInput, fieldWindow, type FieldState } from '#ui/field/model.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import { cellWidth, fit } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition } from '../overlay.ts';
import { stepped, windowTop } from './window.ts';

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

/** One of several: type to filter, arrows to move, Enter to take. */
export function chooseOverlay<V>(
  title: string,
  choices: readonly Choice<V>[],
): OverlayDefinition<ChooseState<V>, { readonly value: V }> {
  type Ctx = OverlayContext<ChooseState<V>, { readonly value: V }>;
  const move = (ctx: Ctx, step: number) =>
    ctx.set({ cursor: stepped(ctx.get().cursor, step, matching(ctx.get()).length) });
  const widest = Math.max(0, ...choices.map((choice) => cellWidth(choice.label) + cellWidth(choice.detail ?? '')));
  const labels = Math.min(40, Math.max(0, ...choices.map((choice) => cellWidth(choice.label))));
  return {
    kind: 'choose',
    state: { title, choices, typed: emptyField(), cursor: 0 },
    typing: () => true,
    box: (_state, size) => centered(size, Math.max(cellWidth(title) + 8, widest + 12, 36), choices.length + CHROME),
    onInput: (ctx, event) => {
      const typed = fieldInput(ctx.get().typed, event);
      if (typed === null) return false;
      ctx.set({ typed, cursor: typed.text === ctx.get().typed.text ? ctx.get().cursor : 0 });
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
      { id: 'choose.down', title: 'Next', group: 'app', keys: ['down', 'ctrl+n'], run: (ctx) => move(ctx, 1) },
      { id: 'choose.up', title: 'Previous', group: 'app', keys: ['up', 'ctrl+p'], run: (ctx) => move(ctx, -1) },
      {
        id: 'choose.page-down',
        title: 'Next page',
        group: 'app',
        keys: ['pagedown', 'f8'],
        run: (ctx) => move(ctx, 10),
      },
      {
        id: 'choose.page-up',
        title: 'Previous page',
        group: 'app',
        keys: ['pageup', 'f7'],
        run: (ctx) => move(ctx, -10),
      },
    ],
    View: ({ state, box, theme }) => {
      const shown = matching(state);
      const rows = Math.max(1, box.height - CHROME);
      const top = windowTop(0, state.cursor, rows, shown.length);
      const inner = box.width - 4;
      const typed = fieldWindow(state.typed, Math.max(4, inner - 2));
      const lines = shown.slice(top, top + rows).map((choice, index): Segment[] => {
        const selected = top + index === state.cursor;
        const label = `${selected ? theme.glyphs.cursor : ' '} ${fit(choice.label, Math.min(labels, inner - 2))}`;
        return [
          [label, selected ? theme.selected : theme.text],
          ['  ' + (choice.detail ?? ''), theme.dim],
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
                [fit(typed.text, Math.max(4, inner - 2), 'left', ''), theme.fieldActive],
              ],
              [[theme.glyphs.horizontal.repeat(inner), theme.border]],
              ...lines,
            ]}
          />
          <RealCursor x={box.x + 4 + typed.x} y={box.y + 1} />
        </>
      );
    },
  };
}
