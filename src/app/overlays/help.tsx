import type { ReactNode } from 'react';
import type { BoundCommand } from '#keymap/bind.ts';
import { filterHelp, type HelpEntry, type HelpSection } from '#keymap/help.ts';
import { RealCursor } from '#ui/field/field.tsx';
import { emptyField, fieldInput, fieldWindow, type FieldState } from '#ui/field/model.ts';
import { Card } from '#ui/panel.tsx';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition, type OverlayViewProps } from '../shell/overlay.ts';
import { listKeys } from './lists/keys.ts';
import { windowTop } from './window.ts';

interface HelpState {
  readonly sections: readonly HelpSection[];
  readonly typed: FieldState;
  readonly cursor: number;
}

const CHROME = 4;
const KEYS = 22;
const FILTER = 'Type to filter ';

const entriesOf = (state: HelpState): HelpEntry[] =>
  filterHelp(state.sections, state.typed.text).flatMap((section) => section.entries);

const current = (ctx: OverlayContext<HelpState, BoundCommand>) => entriesOf(ctx.get())[ctx.get().cursor];

/** Everything that keys do here, filterable by typing; Enter runs an entry. */
export function helpOverlay(sections: readonly HelpSection[]): OverlayDefinition<HelpState, BoundCommand> {
  return {
    kind: 'help',
    state: { sections, typed: emptyField(), cursor: 0 },
    typing: () => true,
    box: (_state, size) => centered(size, Math.min(96, size.columns - 4), size.rows - 4),
    onInput: (ctx, event) => {
      const before = ctx.get();
      const typed = fieldInput(before.typed, event);
      if (typed === null) return false;
      ctx.set({ typed, cursor: typed.text === before.typed.text ? before.cursor : 0 });
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
      ...listKeys<HelpState, BoundCommand>('help', (state) => entriesOf(state).length),
    ],
    View: HelpView,
  };
}

interface HelpRow {
  readonly segments: readonly Segment[];
  /** Place among the entries; null for headings. */
  readonly entry: number | null;
}

function entryRow(entry: HelpEntry, place: number, selected: boolean, theme: Theme): HelpRow {
  const keys = `${selected ? theme.glyphs.cursor : ' '} ${fit(entry.keys, KEYS, 'left', theme.glyphs.ellipsis)}`;
  return {
    entry: place,
    segments: [
      [keys, selected ? theme.selected : theme.key],
      [` ${entry.text}`, entry.reason ? theme.dim : theme.text],
      [entry.reason ? `  (${entry.reason})` : '', theme.warning],
    ],
  };
}

function helpRows(state: HelpState, theme: Theme): HelpRow[] {
  let place = 0;
  return filterHelp(state.sections, state.typed.text).flatMap((section): HelpRow[] => [
    { segments: [[section.title, theme.title]], entry: null },
    ...section.entries.map((entry) => {
      const own = place++;
      return entryRow(entry, own, own === state.cursor, theme);
    }),
  ]);
}

function HelpView({ state, box, theme }: OverlayViewProps<HelpState>): ReactNode {
  const all = helpRows(state, theme);
  const rows = Math.max(1, box.height - CHROME);
  const at = Math.max(
    0,
    all.findIndex((row) => row.entry === state.cursor),
  );
  const top = at <= 1 ? 0 : windowTop(0, at, rows, all.length);
  const inner = box.width - 4;
  const room = Math.max(4, inner - FILTER.length);
  const typed = fieldWindow(state.typed, room);
  const nothing: Segment[][] = all.length === 0 ? [[['Nothing answers to that.', theme.dim]]] : [];
  return (
    <>
      <Card
        {...box}
        title="Help"
        right={all.length > rows ? `${state.cursor + 1}/${entriesOf(state).length}` : ''}
        theme={theme}
        content={[
          [
            [FILTER, theme.key],
            [fit(typed.text, room, 'left', ''), theme.fieldActive],
          ],
          [[theme.glyphs.horizontal.repeat(inner), theme.border]],
          ...nothing,
          ...all.slice(top, top + rows).map((row) => row.segments),
        ]}
      />
      <RealCursor x={box.x + 2 + FILTER.length + typed.x} y={box.y + 1} />
    </>
  );
}
