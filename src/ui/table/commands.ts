import type { Command } from '#keymap/command.ts';
import type { Key } from '#keymap/keys.ts';
import type { ScreenContext } from '../screen.ts';
import { copyRows, exportRows, printRows } from './take.ts';
import { currentRow, shownRows, updateList, type ListLens } from './lens.ts';
import { clearMarks, filterList, moveList, sortList, toggleMark, toggleRange, type Move } from './model.ts';

type ListCommand<P, S> = Command<ScreenContext<P, S>>;

const moves: readonly (readonly [Move, string, readonly Key[]])[] = [
  ['down', 'Next row', ['down', 'j']],
  ['up', 'Previous row', ['up', 'k']],
  ['pageDown', 'Next page', ['pagedown', 'f8', 'ctrl+d']],
  ['pageUp', 'Previous page', ['pageup', 'f7', 'ctrl+u']],
  ['home', 'First row', ['home', 'g']],
  ['end', 'Last row', ['end', 'G']],
];

/**
 * The commands that every list has: move, page, filter, sort by any column, mark, range,
 * copy and export. A screen spreads them into its own.
 */
export function listCommands<P, S, R>(lens: ListLens<P, S, R>): ListCommand<P, S>[] {
  const applies = lens.active ? (ctx: ScreenContext<P, S>) => lens.active!(ctx.get()) : undefined;
  const some = (ctx: ScreenContext<P, S>) => (shownRows(lens, ctx.get()).length > 0 ? true : 'There are no rows.');
  const command = (
    verb: string,
    title: string,
    keys: readonly Key[],
    run: (ctx: ScreenContext<P, S>) => void | Promise<void>,
    more: Partial<ListCommand<P, S>> = {},
  ): ListCommand<P, S> => ({ id: `${lens.scope}.${verb}`, title, group: 'list', keys, applies, run, ...more });

  return [
    ...moves.map(([move, title, keys]) =>
      command(move, title, keys, (ctx) => updateList(lens, ctx, (list, bounds) => moveList(list, move, bounds))),
    ),
    command(
      'filter',
      'Filter the list',
      ['/'],
      (ctx) => updateList(lens, ctx, (list) => ({ ...list, filtering: true })),
      {
        hint: 'Filter',
        footer: 30,
      },
    ),
    command('sort', 'Sort by a column', ['s'], (ctx) => chooseSort(lens, ctx), { hint: 'Sort', footer: 20 }),
    command(
      'mark',
      'Mark or unmark the row',
      ['space'],
      (ctx) => {
        const row = currentRow(lens, ctx.get());
        if (row !== undefined) updateList(lens, ctx, (list, bounds) => toggleMark(list, lens.key(row), bounds));
      },
      { when: some },
    ),
    command(
      'range',
      'Begin a range, or mark it',
      ['v'],
      (ctx) => {
        const keys = shownRows(lens, ctx.get()).map(lens.key);
        updateList(lens, ctx, (list) => toggleRange(list, keys));
      },
      { when: some },
    ),
    command('unmark', 'Take all marks off', ['V'], (ctx) => updateList(lens, ctx, clearMarks)),
    command('copy', 'Copy cells or rows', ['y'], (ctx) => copyRows(lens, ctx), {
      when: some,
      hint: 'Copy',
      footer: 12,
    }),
    command('export', 'Export the list to a file', ['x'], (ctx) => exportRows(lens, ctx), {
      when: some,
      permission: 'lists.export',
      hint: 'Export',
      footer: 10,
    }),
    command('print', 'Print the list', ['X'], (ctx) => printRows(lens, ctx), {
      when: some,
      permission: 'paper.print',
      background: true,
    }),
  ];
}

/** Offers the columns; the one it is sorted by already turns the direction round. */
async function chooseSort<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>): Promise<void> {
  const { sort } = lens.get(ctx.get());
  const column = await ctx.choose(
    'Sort by',
    lens.columns(ctx.get()).map((candidate) => ({
      value: candidate.id,
      label: candidate.title,
      detail: sort?.column !== candidate.id ? '' : sort.descending ? 'descending now' : 'ascending now',
    })),
  );
  if (column === null) return;
  updateList(lens, ctx, (list) => sortList(list, column));
  await lens.sorted?.(ctx);
}

/** Whether the list takes what is typed: for the screen's `typing`. */
export const listTyping = <P, S, R>(lens: ListLens<P, S, R>, state: S): boolean =>
  lens.get(state).filtering && (lens.active?.(state) ?? true);

/** Esc in a list: leaves the range, then the marks, then the filter; false when there is none to leave. */
export function listEscape<P, S, R>(lens: ListLens<P, S, R>, ctx: ScreenContext<P, S>): boolean {
  const list = lens.get(ctx.get());
  if (list.anchor !== null || list.marks.size > 0) updateList(lens, ctx, clearMarks);
  else if (list.filter !== '') updateList(lens, ctx, (old) => filterList(old, ''));
  else return false;
  return true;
}
