import type { Command } from '#keymap/command.ts';
import type { Key } from '#keymap/keys.ts';
import { clean } from '#terminal/sanitize.ts';
import type { TabContext } from '../tab.ts';
import {
  type DocLine,
  type DocMove,
  type DocPage,
  type DocState,
  lineAt,
  moveDoc,
  placeOf,
  revealPart,
} from './model.ts';

/** Where a page lives in the state of its tab, and how it is made. */
export interface DocLens<S> {
  /** Scope of the command ids. */
  readonly scope: string;
  readonly page: (ctx: TabContext<S>) => DocPage;
  readonly get: (state: S) => DocState;
  readonly set: (doc: DocState) => Partial<S>;
  /** Opens a record that a line stands for. */
  readonly open?: (ctx: TabContext<S>, what: string, id: number) => void | Promise<void>;
  /** Whether the line with the cursor has a use of its own for the space bar, which else turns the page. */
  readonly takesSpace?: (ctx: TabContext<S>) => boolean;
  /** Enter on lines without an action. */
  readonly enter?: {
    readonly when: (ctx: TabContext<S>, line: DocLine) => true | string;
    readonly run: (ctx: TabContext<S>, line: DocLine) => Promise<void>;
  };
}

const moves: readonly (readonly [DocMove, string, readonly Key[]])[] = [
  ['down', 'Next line', ['down', 'j']],
  ['up', 'Previous line', ['up', 'k']],
  ['pageDown', 'Next page', ['pagedown', 'f8', 'ctrl+d']],
  ['pageUp', 'Previous page', ['pageup', 'f7', 'ctrl+u']],
  ['home', 'First line', ['home', 'g']],
  ['end', 'Last line', ['end', 'G']],
  ['right', 'To the column on the right', ['right', 'l']],
  ['left', 'To the column on the left', ['left', 'h']],
];

const current = <S>(lens: DocLens<S>, ctx: TabContext<S>) => {
  const page = lens.page(ctx);
  return lineAt(page, placeOf(page, lens.get(ctx.get())));
};

function go<S>(lens: DocLens<S>, ctx: TabContext<S>, move: DocMove): void {
  ctx.set(lens.set(moveDoc(lens.page(ctx), lens.get(ctx.get()), move, ctx.size().rows)));
}

/** Move over the page, copy the value under the cursor, open what it stands for. */
export function docCommands<S>(lens: DocLens<S>): Command<TabContext<S>>[] {
  return [
    ...moves.map(([move, title, keys]): Command<TabContext<S>> => ({
      id: `${lens.scope}.${move}`,
      title,
      group: 'list',
      keys,
      run: (ctx) => go(lens, ctx, move),
    })),
    {
      id: `${lens.scope}.turn`,
      title: 'Next page, by the space bar',
      group: 'list',
      keys: ['space'],
      applies: (ctx) => !lens.takesSpace?.(ctx),
      run: (ctx) => go(lens, ctx, 'pageDown'),
    },
    {
      id: `${lens.scope}.open`,
      title: 'Open what the line stands for',
      group: 'record',
      keys: ['enter'],
      hint: 'Open',
      footer: 35,
      background: lens.enter !== undefined,
      when: (ctx) => {
        const line = current(lens, ctx);
        if (line?.action) return true;
        return (line && lens.enter?.when(ctx, line)) ?? 'Nothing hangs on this line.';
      },
      run: async (ctx) => {
        const line = current(lens, ctx);
        if (line?.action?.kind === 'tab') await ctx.openTab(line.action.tab, line.action.record);
        else if (line?.action) await lens.open?.(ctx, line.action.what, line.action.id);
        else if (line) await lens.enter?.run(ctx, line);
      },
    },
    {
      id: `${lens.scope}.copy`,
      title: 'Copy the value of the line',
      group: 'record',
      keys: ['y'],
      hint: 'Copy',
      footer: 12,
      when: (ctx) => (current(lens, ctx)?.copy ? true : 'There is nothing to copy on this line.'),
      run: (ctx) => {
        const copy = current(lens, ctx)?.copy;
        if (copy) ctx.copy(clean(copy.value, { multiline: true }), copy.label.toLowerCase());
      },
    },
  ];
}

/** The tab's `reveal`: the cursor on a part of the page. */
export const revealIn = <S>(lens: DocLens<S>, ctx: TabContext<S>, part: number): void =>
  ctx.set(lens.set(revealPart(lens.page(ctx), lens.get(ctx.get()), part, ctx.size().rows)));
