import type { BoundCommand } from '#keymap/bind.ts';
import { filterHelp, type HelpEntry, type HelpSection } from '#keymap/help.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { emptyField, fieldInput, fieldWindow, type FieldState } from '#ui/field/model.ts';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition } from '../overlay.ts';
import { stepped, windowTop } from './window.ts';

interface HelpState {
  readonly sections: readonly HelpSection[];
  readonly typed: FieldState;
  readonly cursor: number;
}

const CHROME = 4;
const KEYS = 22;

const entriesOf = (state: HelpState): HelpEntry[] =>
  filterHelp(state.sections, state.typed.text).flatMap((section) => section.entries);

interface HelpRow {
  readonly segments: readonly Segment[];
  /** Place among the entries; null for headings. */
  readonly entry: number | null;
}

function helpRows(state: HelpState, theme: Theme): HelpRow[] {
  let place = 0;
  return filterHelp(state.sections, state.typed.text).flatMap((section) => [
    { segments: [[section.title, theme.title]], entry: null } as HelpRow,
    ...section.entries.map((entry): HelpRow => {
      const own = place++;
      const selected = own === state.cursor;
      const keys = `${selected ? theme.glyphs.cursor : ' '} ${fit(entry.keys, KEYS)}`;
      return {
        entry: own,
        segments: [
          [keys, selected ? theme.selected : theme.key],
          [` ${entry.text}`, entry.reason ? theme.dim : theme.text],
          [entry.reason ? `  (${entry.reason})` : '', theme.warning],
        ],
      };
    }),
  ]);
}

/** Everything that keys do here, filterable by typing; Enter runs an entry. */
export function helpOverlay(sections: readonly HelpSection[]): OverlayDefinition<HelpState, BoundCommand> {
  type Ctx = OverlayContext<HelpState, BoundCommand>;
  const move = (ctx: Ctx, step: number) =>
    ctx.set({ cursor: stepped(ctx.get().cursor, step, entriesOf(ctx.get()).length) });
  const current = (ctx: Ctx) => entriesOf(ctx.get())[ctx.get().cursor];
  return {
    kind: 'help',
    state: { sections, typed: emptyField(), cursor: 0 },
    typing: () => true,
    box: (_state, size) => centered(size, Math.min(96, size.columns - 4), size.rows - 4),
    onInput: (ctx, event) => {
      const typed = fieldInput(ctx.get().typed, event);
      if (typed === null) return false;
      ctx.set({ typed, cursor: typed.text === ctx.get().typed.text ? ctx.get().cursor : 0 });
      return true;
    },
    commands: [
      {
        id: 'help.run',
        title: 'Do it',
        group: 'app',
        keys: ['enter'],
        hint: 'Do it',
        footer: 3,
        when: (ctx) => {
          const entry = current(ctx);
          if (!entry?.command) return 'This line only explains.';
          return entry.reason ?? true;
        },
        run: (ctx) => ctx.close(current(ctx)?.command ?? null),
      },
      {
        id: 'help.leave',
        title: 'Leave',
        group: 'app',
        keys: ['escape', 'f1', 'f12', 'f3'],
        hint: 'Leave',
        footer: 2,
        run: (ctx) => ctx.close(null),
      },
      { id: 'help.down', title: 'Next', group: 'app', keys: ['down'], run: (ctx) => move(ctx, 1) },
      { id: 'help.up', title: 'Previous', group: 'app', keys: ['up'], run: (ctx) => move(ctx, -1) },
      { id: 'help.page-down', title: 'Next page', group: 'app', keys: ['pagedown', 'f8'], run: (ctx) => move(ctx, 10) },
      {
        id: 'help.page-up',
        title: 'Previous page',
        group: 'app',
        keys: ['pageup', 'f7'],
        run: (ctx) => move(ctx, -10),
      },
    ],
    View: ({ state, box, theme }) => {
      const all = helpRows(state, theme);
      const rows = Math.max(1, box.height - CHROME);
      const at = Math.max(
        0,
        all.findIndex((row) => row.entry === state.cursor),
      );
      const top = at <= 1 ? 0 : windowTop(0, at, rows, all.length);
      const inner = box.width - 4;
      const typed = fieldWindow(state.typed, Math.max(4, inner - 24));
      return (
        <>
          <Card
            {...box}
            title="Help"
            right={all.length > rows ? `${state.cursor + 1}/${entriesOf(state).length}` : ''}
            theme={theme}
            content={[
              [
                ['Type to filter ', theme.key],
                [fit(typed.text, Math.max(4, inner - 24), 'left', ''), theme.fieldActive],
              ],
              [[theme.glyphs.horizontal.repeat(inner), theme.border]],
              ...(all.length === 0 ? [[['Nothing answers to that.', theme.dim] as Segment]] : []),
              ...all.slice(top, top + rows).map((row) => row.segments),
            ]}
          />
          <RealCursor x={box.x + 2 + 15 + typed.x} y={box.y + 1} />
        </>
      );
    },
  };
}
