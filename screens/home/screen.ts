import { may } from '#services/actor.ts';
import { anyCustomer } from '#services/customers/new/any.ts';
import { listDrafts } from '#services/drafts/drafts.ts';
import type { InputEvent } from '#keymap/keys.ts';
import type { AnyScreen, ScreenContext, ScreenDefinition } from '#ui/screen.ts';
import type { HomeState } from './model.ts';
import { HomeView } from './view.tsx';

type Ctx = ScreenContext<undefined, HomeState>;

const countOf = ({ entries, recent }: HomeState) => entries.length + recent.length;

const move = (ctx: Ctx, step: number) => {
  const state = ctx.get();
  ctx.set({ cursor: Math.max(0, Math.min(countOf(state) - 1, state.cursor + step)) });
};

function open(ctx: Ctx): void {
  const { cursor, entries, recent } = ctx.get();
  const entry = entries[cursor];
  if (entry) return ctx.open(entry.screenId);
  const record = recent[cursor - entries.length];
  if (record) ctx.open(record.screenId, record.params);
}

/** Between the menu and the records opened lately. */
function cross(ctx: Ctx): void {
  const { cursor, entries, recent } = ctx.get();
  if (recent.length > 0) ctx.set({ cursor: cursor < entries.length ? entries.length : 0 });
}

/** A digit, or anything pasted, begins a search. */
function beginSearch(ctx: Ctx, event: InputEvent): boolean {
  const typed = event.type === 'key' ? (event.text ?? '') : event.text.trim();
  const begins = event.type === 'key' ? /^\d$/.test(typed) : /^[\p{L}\p{N}]/u.test(typed);
  if (begins) ctx.find(typed);
  return begins;
}

/** The first screen: where one can go, what was open lately, and everything else a keystroke away. */
export function createHome(others: readonly AnyScreen[]): ScreenDefinition<undefined, HomeState> {
  return {
    id: 'home',
    code: 'HOM',
    title: 'Home',
    permission: null,
    crumb: () => 'Home',
    create: () => ({ cursor: 0, entries: [], recent: [], drafts: 0, beginning: false }),
    load: async (ctx) => {
      // Asked first: the answer brings rights that were changed meanwhile.
      const drafts = await ctx.call(listDrafts, {});
      const entries = others
        .filter((screen) => screen.code !== '' && may(ctx.actor, screen.permission))
        .map(({ id, code, title }) => ({ screenId: id, code, title }));
      const recent = ctx.recent();
      const setsUp = recent.length === 0 && may(ctx.actor, 'options.edit') && may(ctx.actor, anyCustomer.permission);
      const beginning = setsUp && !(await ctx.call(anyCustomer, {})).any;
      const next = { ...ctx.get(), entries, recent, drafts: drafts.length, beginning };
      ctx.set({ ...next, cursor: Math.max(0, Math.min(next.cursor, countOf(next) - 1)) });
    },
    onInput: beginSearch,
    commands: [
      { id: 'home.down', title: 'Next', group: 'list', keys: ['down', 'j'], run: (ctx) => move(ctx, 1) },
      { id: 'home.up', title: 'Previous', group: 'list', keys: ['up', 'k'], run: (ctx) => move(ctx, -1) },
      {
        id: 'home.cross',
        title: 'Between the menu and what was open lately',
        group: 'list',
        keys: ['tab', 'shift+tab'],
        when: (ctx) => (ctx.get().recent.length > 0 ? true : 'Nothing was opened yet.'),
        run: cross,
      },
      {
        id: 'home.open',
        title: 'Open',
        group: 'go',
        keys: ['enter', 'right', 'l'],
        hint: 'Open',
        footer: 95,
        when: (ctx) => (countOf(ctx.get()) > 0 ? true : 'There is nothing to open.'),
        run: open,
      },
      {
        id: 'home.drafts',
        title: 'Forms left with something typed',
        group: 'go',
        keys: ['d'],
        when: (ctx) => (ctx.get().drafts > 0 ? true : 'No form was left with something typed.'),
        run: (ctx) => ctx.drafts(),
      },
      { id: 'home.find', title: 'Find anything', group: 'go', keys: ['/'], run: (ctx) => ctx.find() },
    ],
    View: HomeView,
  };
}
