import type { Command } from '#keymap/command.ts';
import type { ConflictFacts } from '#ui/dialogs.ts';
import { type Difference, type Side, undecided } from '#ui/form/merge.ts';
import type { OverlayContext, OverlayDefinition } from '../../shell/overlay.ts';
import { conflictBox, type ConflictState, detailLines, detailRows } from './layout.ts';
import { ConflictView } from './view.tsx';
import { stepped } from '../window.ts';

type Ctx = OverlayContext<ConflictState, readonly Difference[]>;

const current = (ctx: Ctx): Difference | undefined => ctx.get().differences[ctx.get().cursor];

function decide(ctx: Ctx, side: Side, both = ''): void {
  const { differences, cursor } = ctx.get();
  ctx.set({ differences: differences.map((one, at) => (at === cursor ? { ...one, side, both } : one)) });
}

function move(ctx: Ctx, step: number): void {
  const { cursor, differences } = ctx.get();
  ctx.set({ cursor: stepped(cursor, step, differences.length), top: 0 });
}

/** To the next field that waits for a word; false when none does. */
function toUndecided(ctx: Ctx): boolean {
  const { differences, cursor } = ctx.get();
  const waiting = differences.flatMap(({ side }, place) => (side === null ? [place] : []));
  const next = waiting.find((place) => place > cursor) ?? waiting[0];
  if (next === undefined) return false;
  ctx.set({ cursor: next, top: 0 });
  return true;
}

function scroll(ctx: Ctx, pages: number): void {
  const state = ctx.get();
  const box = conflictBox(state, ctx.size());
  const rows = detailRows(state, box);
  const last = Math.max(0, detailLines(state, box) - rows);
  ctx.set({ top: Math.max(0, Math.min(last, state.top + pages * Math.max(1, rows - 1))) });
}

/** No key is offered that would scroll nothing. */
function scrolls(ctx: Ctx): true | string {
  const state = ctx.get();
  const box = conflictBox(state, ctx.size());
  return detailLines(state, box) > detailRows(state, box) ? true : 'All of it is shown.';
}

/**
 * What somebody else saved beside what was typed, field by field. What only one side changed is
 * decided by itself and can be decided otherwise; Esc leaves everything as it was typed.
 * @param edit shows both texts of a field below one another to be made one; null when left
 */
export function conflictOverlay(
  facts: ConflictFacts,
  edit: (difference: Difference) => Promise<string | null>,
): OverlayDefinition<ConflictState, readonly Difference[]> {
  const first = facts.differences.findIndex(({ side }) => side === null);
  return {
    kind: 'conflict',
    guarded: true,
    state: { ...facts, cursor: Math.max(0, first), top: 0 },
    box: conflictBox,
    commands: [...deciding(edit), ...moving],
    View: ConflictView,
  };
}

function deciding(edit: (difference: Difference) => Promise<string | null>): Command<Ctx>[] {
  return [
    {
      id: 'conflict.mine',
      title: 'Keep what you typed',
      group: 'record',
      keys: ['m', 'left'],
      hint: 'Mine',
      footer: 9,
      run: (ctx) => decide(ctx, 'mine'),
    },
    {
      id: 'conflict.theirs',
      title: 'Take what the other saved',
      group: 'record',
      keys: ['t', 'right'],
      hint: 'Theirs',
      footer: 8,
      run: (ctx) => decide(ctx, 'theirs'),
    },
    {
      id: 'conflict.both',
      title: 'Put both texts below one another and edit them',
      group: 'record',
      keys: ['b'],
      hint: 'Both',
      footer: 7,
      background: true,
      when: (ctx) => current(ctx)?.field.kind === 'multiline' || 'Only texts of several lines can be joined.',
      run: async (ctx) => {
        const difference = current(ctx);
        const text = difference ? await edit(difference) : null;
        if (text !== null) decide(ctx, 'both', text);
      },
    },
    {
      id: 'conflict.save',
      title: 'Save as decided',
      group: 'record',
      keys: ['f9', 'ctrl+s'],
      hint: 'Save',
      footer: 10,
      when: (ctx) => {
        const [open] = undecided(ctx.get().differences);
        return open ? `Both of you changed ${open.field.label}: m keeps yours, t takes theirs.` : true;
      },
      run: (ctx) => ctx.close(ctx.get().differences),
    },
    {
      id: 'conflict.enter',
      title: 'To the next field to decide; when all are, save',
      group: 'record',
      keys: ['enter'],
      run: (ctx) => {
        if (!toUndecided(ctx)) ctx.close(ctx.get().differences);
      },
    },
    {
      id: 'conflict.leave',
      title: 'Back to the form, as it was typed',
      group: 'app',
      keys: ['escape', 'f12', 'f3'],
      hint: 'Back',
      footer: 6,
      run: (ctx) => ctx.close(null),
    },
  ];
}

const moving: readonly Command<Ctx>[] = [
  { id: 'conflict.down', title: 'Next field', group: 'list', keys: ['down', 'j', 'tab'], run: (ctx) => move(ctx, 1) },
  {
    id: 'conflict.up',
    title: 'Field before',
    group: 'list',
    keys: ['up', 'k', 'shift+tab'],
    run: (ctx) => move(ctx, -1),
  },
  {
    id: 'conflict.page-down',
    title: 'Scroll the texts down',
    group: 'list',
    keys: ['pagedown', 'space', 'f8'],
    hint: 'More',
    footer: 5,
    when: scrolls,
    run: (ctx) => scroll(ctx, 1),
  },
  {
    id: 'conflict.page-up',
    title: 'Scroll the texts up',
    group: 'list',
    keys: ['pageup', 'f7'],
    run: (ctx) => scroll(ctx, -1),
  },
];
