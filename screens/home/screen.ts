import type { AnyScreen, ScreenContext, ScreenDefinition } from '#ui/screen.ts';
import { may } from '#services/actor.ts';
import { HomeView } from './view.tsx';

export interface HomeState {
  readonly cursor: number;
  readonly entries: readonly HomeEntry[];
}

/** A line of the menu. */
export interface HomeEntry {
  readonly screenId: string;
  readonly code: string;
  readonly title: string;
}

type Ctx = ScreenContext<undefined, HomeState>;

const move = (ctx: Ctx, step: number) => {
  const { cursor, entries } = ctx.get();
  ctx.set({ cursor: Math.max(0, Math.min(entries.length - 1, cursor + step)) });
};

/** The first screen: where one can go, and the box that finds everything a keystroke away. */
export function createHome(others: readonly AnyScreen[]): ScreenDefinition<undefined, HomeState> {
  return {
    id: 'home',
    code: 'HOM',
    title: 'Home',
    permission: null,
    crumb: () => 'Home',
    create: () => ({ cursor: 0, entries: [] }),
    load: async (ctx) => {
      const entries = others
        .filter((screen) => screen.code !== '' && may(ctx.actor, screen.permission))
        .map(({ id, code, title }) => ({ screenId: id, code, title }));
      ctx.set({ entries });
    },
    onInput: (ctx, event) => {
      const typed = event.type === 'key' ? (event.text ?? '') : event.text.trim();
      if (!/^[\p{L}\p{N}]/u.test(typed) || (event.type === 'key' && !/^\d$/.test(typed))) return false;
      ctx.find(typed);
      return true;
    },
    commands: [
      { id: 'home.down', title: 'Next', group: 'list', keys: ['down', 'j'], run: (ctx) => move(ctx, 1) },
      { id: 'home.up', title: 'Previous', group: 'list', keys: ['up', 'k'], run: (ctx) => move(ctx, -1) },
      {
        id: 'home.open',
        title: 'Open',
        group: 'go',
        keys: ['enter', 'right', 'l'],
        hint: 'Open',
        footer: 95,
        when: (ctx) => (ctx.get().entries.length > 0 ? true : 'There is nothing to open.'),
        run: (ctx) => {
          const entry = ctx.get().entries[ctx.get().cursor];
          if (entry) ctx.open(entry.screenId);
        },
      },
      { id: 'home.find', title: 'Find anything', group: 'go', keys: ['/'], run: (ctx) => ctx.find() },
    ],
    View: HomeView,
  };
}
