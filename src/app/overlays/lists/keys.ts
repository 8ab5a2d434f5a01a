import type { Command } from '#keymap/command.ts';
import type { OverlayContext } from '../../shell/overlay.ts';
import { stepped } from '../window.ts';

const PAGE = 10;

/** Moving in the list of an overlay that is typed into: arrows and pages, nothing that is text. */
export function listKeys<S extends { readonly cursor: number }, R>(
  scope: string,
  count: (state: S) => number,
): Command<OverlayContext<S, R>>[] {
  const move = (verb: string, title: string, keys: readonly string[], step: number): Command<OverlayContext<S, R>> => ({
    id: `${scope}.${verb}`,
    title,
    group: 'list',
    keys,
    run: (ctx) => {
      const patch: Partial<{ cursor: number }> = { cursor: stepped(ctx.get().cursor, step, count(ctx.get())) };
      ctx.set(patch as Partial<S>);
    },
  });
  return [
    move('down', 'Next', ['down', 'ctrl+n'], 1),
    move('up', 'Previous', ['up', 'ctrl+p'], -1),
    move('page-down', 'Next page', ['pagedown', 'f8'], PAGE),
    move('page-up', 'Previous page', ['pageup', 'f7'], -PAGE),
  ];
}
