import type { ReactNode } from 'react';
import { RealCursor } from '#ui/field/field.tsx';
import { emptyField, fieldInput, fieldWindow, type FieldState } from '#ui/field/model.ts';
import { Card } from '#ui/panel.tsx';
import { segmentsWidth, type Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { fit } from '#ui/width.ts';
import { findMode, type FindAnswer, type MenuItem } from './items.ts';
import type { FindHit, FindResult } from '../surroundings/find-source.ts';
import { centered, type OverlayContext, type OverlayDefinition, type OverlayViewProps } from '../shell/overlay.ts';
import { listKeys } from '../overlays/lists/keys.ts';
import { windowTop } from '../overlays/window.ts';

interface FindState {
  readonly typed: FieldState;
  readonly hits: readonly FindHit[];
  readonly items: readonly MenuItem[];
  readonly cursor: number;
  /** The text that `hits` answer. */
  readonly answered: string;
  /** What was understood instead of what was typed. */
  readonly note: string;
}

export interface FindDeps {
  readonly typed: string;
  readonly items: (text: string) => readonly MenuItem[];
  readonly search: (text: string, limit: number, signal: AbortSignal) => Promise<FindResult>;
  readonly failed: (error: unknown) => void;
  /** Something was chosen: what is typed from now on is for what it opens. */
  readonly chosen: () => void;
}

const LIMIT = 20;
const CHROME = 4;
const TALLEST = 28;

type Ctx = OverlayContext<FindState, FindAnswer>;

const countOf = (state: FindState) => state.hits.length + state.items.length;

/** What is asked of the data, one question at a time: a newer one calls the older off. */
class Search {
  readonly #deps: FindDeps;
  #abort: AbortController | null = null;
  /** Resolves when the last question is answered. */
  done: Promise<void> = Promise.resolve();

  constructor(deps: FindDeps) {
    this.#deps = deps;
  }

  stop(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.done = Promise.resolve();
  }

  look(ctx: Ctx, text: string): void {
    this.stop();
    ctx.set({ items: this.#deps.items(text), cursor: 0 });
    if (findMode(text) !== 'data' || text.trim() === '') return ctx.set({ hits: [], answered: text, note: '' });
    const abort = new AbortController();
    this.#abort = abort;
    this.done = this.#deps.search(text, LIMIT, abort.signal).then(
      ({ hits, note }) => {
        if (!abort.signal.aborted) ctx.set({ hits, note, answered: text, cursor: 0 });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) this.#deps.failed(error);
      },
    );
  }
}

/** The one box: data at every keystroke, `>` commands, `=` screens by code. */
export function findOverlay(deps: FindDeps): OverlayDefinition<FindState, FindAnswer> {
  const search = new Search(deps);
  return {
    kind: 'find',
    state: {
      typed: emptyField(deps.typed),
      hits: [],
      items: deps.items(deps.typed),
      cursor: 0,
      answered: '',
      note: '',
    },
    typing: () => true,
    box: (_state, size) => ({
      ...centered(size, Math.min(100, size.columns - 4), Math.min(TALLEST, size.rows - 4)),
      y: 1,
    }),
    opened: (ctx) => {
      if (deps.typed !== '') search.look(ctx, deps.typed);
    },
    onInput: (ctx, event) => {
      const before = ctx.get().typed;
      const typed = fieldInput(before, event, { maxLength: 200 });
      if (typed === null) return false;
      ctx.set({ typed });
      if (typed.text !== before.text) search.look(ctx, typed.text);
      return true;
    },
    commands: [
      {
        id: 'find.take',
        title: 'Open it',
        group: 'go',
        keys: ['enter'],
        hint: 'Open',
        footer: 9,
        run: (ctx) => take(ctx, search, deps.chosen),
      },
      {
        id: 'find.leave',
        title: 'Leave',
        group: 'go',
        keys: ['escape', 'f12', 'f2'],
        hint: 'Leave',
        footer: 8,
        run: (ctx) => {
          search.stop();
          ctx.close(null);
        },
      },
      ...listKeys<FindState, FindAnswer>('find', countOf),
    ],
    View: FindView,
  };
}

/** Opens what the cursor is on. Enter behind quick typing means what was typed, not what its beginning found. */
async function take(ctx: Ctx, search: Search, chosen: () => void): Promise<void> {
  await search.done;
  const { cursor, hits, items } = ctx.get();
  const hit = hits[cursor];
  const answer: FindAnswer | undefined = hit ? { kind: 'hit', hit } : items[cursor - hits.length]?.answer;
  if (!answer) return;
  chosen();
  ctx.close(answer);
}

function FindView({ state, box, theme }: OverlayViewProps<FindState>): ReactNode {
  const inner = box.width - 4;
  const rows = Math.max(1, box.height - CHROME);
  const top = windowTop(0, state.cursor, rows, countOf(state));
  const room = Math.max(4, inner - 2);
  const typed = fieldWindow(state.typed, room);
  const lines = Array.from({ length: Math.min(rows, countOf(state) - top) }, (_, index) =>
    findLine(state, top + index, inner, theme),
  );
  const rule: Segment =
    state.note === '' ? [theme.glyphs.horizontal.repeat(inner), theme.border] : [state.note, theme.warning];
  return (
    <>
      <Card
        {...box}
        title="Find"
        right={countOf(state) > rows ? `${state.cursor + 1}/${countOf(state)}` : ''}
        theme={theme}
        content={[
          [
            [`${theme.glyphs.crumb} `, theme.key],
            [fit(typed.text, room, 'left', ''), theme.fieldActive],
          ],
          [rule],
          ...(lines.length > 0 ? lines : [[[hintFor(state), theme.dim] as Segment]]),
        ]}
      />
      <RealCursor x={box.x + 4 + typed.x} y={box.y + 1} />
    </>
  );
}

function hintFor(state: FindState): string {
  if (state.typed.text.trim() === '') return 'A name, number, address, phone or e-mail; > for commands, = for screens.';
  return state.answered === state.typed.text ? 'Nothing found.' : '';
}

function findLine(state: FindState, place: number, width: number, theme: Theme): Segment[] {
  const selected = place === state.cursor;
  const margin: Segment = [`${selected ? theme.glyphs.cursor : ' '} `, selected ? theme.selected : theme.text];
  const hit = state.hits[place];
  if (hit) return [margin, ...hit.line(width - 2, theme)];
  const item = state.items[place - state.hits.length]!;
  const key: Segment = [item.key, theme.key];
  const reason = item.reason ? `  (${item.reason})` : '';
  const text: Segment[] = [
    [item.text, item.reason ? theme.dim : theme.text],
    [reason, theme.warning],
  ];
  const room = width - 2 - segmentsWidth(text) - segmentsWidth([key]);
  return room > 0 ? [margin, ...text, ' '.repeat(room), key] : [margin, ...text];
}
