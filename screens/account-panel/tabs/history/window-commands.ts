import type { Command } from '#keymap/command.ts';
import type { Key } from '#keymap/keys.ts';
import type { Move } from '#ui/table/model.ts';
import type { TabContext } from '../../tab.ts';
import type { HistoryState } from './model.ts';
import {
  closeDetails,
  explainFrom,
  explains,
  followLine,
  hasTargets,
  moveInWindow,
  showInList,
  shownTransaction,
} from './window.ts';

type Ctx = TabContext<HistoryState>;

const inWindow = (ctx: Ctx): boolean => ctx.get().details !== null;

const MOVES: readonly (readonly [Move, string, readonly Key[]])[] = [
  ['down', 'Next line', ['down', 'j']],
  ['up', 'Previous line', ['up', 'k']],
  ['pageDown', 'Next page', ['pagedown', 'f8', 'ctrl+d']],
  ['pageUp', 'Previous page', ['pageup', 'f7', 'ctrl+u']],
  ['home', 'First line', ['home', 'g']],
  ['end', 'Last line', ['end', 'G']],
];

/** Commands of the window over the list. */
export const windowCommands: readonly Command<Ctx>[] = [
  ...MOVES.map(([move, title, keys]): Command<Ctx> => ({
    id: `transaction.${move}`,
    title,
    group: 'list',
    keys,
    applies: inWindow,
    run: (ctx) => moveInWindow(ctx, move),
  })),
  {
    id: 'transaction.follow',
    title: 'Open the transaction on the line, or go to the next such line',
    group: 'go',
    keys: ['enter'],
    hint: 'Open',
    footer: 60,
    applies: inWindow,
    when: (ctx) => (hasTargets(ctx) ? true : 'No other transaction is spoken of here.'),
    run: followLine,
  },
  {
    id: 'transaction.list',
    title: 'Show it in the list',
    group: 'go',
    keys: ['l'],
    hint: 'In list',
    footer: 55,
    applies: (ctx) => shownTransaction(ctx) !== undefined,
    run: showInList,
  },
  {
    id: 'explanation.from',
    title: 'Choose the day from which the balance is explained',
    group: 'list',
    keys: ['f'],
    hint: 'From a day',
    footer: 55,
    applies: explains,
    background: true,
    run: explainFrom,
  },
  {
    id: 'transaction.close',
    title: 'Close the window',
    group: 'go',
    keys: ['left', 'h'],
    applies: inWindow,
    run: closeDetails,
  },
];
