import { Card } from '#ui/panel.tsx';
import { cellWidth, wrap } from '#ui/width.ts';
import { centered, type OverlayContext, type OverlayDefinition } from '../shell/overlay.ts';

interface TextState {
  readonly title: string;
  readonly lines: readonly string[];
  readonly top: number;
}

const wrapped = (lines: readonly string[], width: number): string[] =>
  lines.flatMap((text) => wrap(text, Math.max(10, width - 4)));

/** Lines of text in a scrolling window. What is shown only `once` is not closed by a key that was on its way. */
export function textOverlay(title: string, lines: readonly string[], once = false): OverlayDefinition<TextState, true> {
  const widest = Math.max(cellWidth(title) + 8, ...lines.map(cellWidth)) + 4;
  const box: OverlayDefinition<TextState, true>['box'] = (state, size) => {
    const width = Math.min(size.columns - 2, Math.max(30, Math.min(widest, 100)));
    return centered(size, width, wrapped(state.lines, width).length + 2);
  };
  const scroll = (ctx: OverlayContext<TextState, true>, step: (page: number) => number) => {
    const { height, width } = box(ctx.get(), ctx.size());
    const page = height - 2;
    const last = Math.max(0, wrapped(ctx.get().lines, width).length - page);
    ctx.set({ top: Math.max(0, Math.min(last, ctx.get().top + step(page))) });
  };
  /** Nothing is below or above what is shown: then no key is offered that would do nothing. */
  const when = (ctx: OverlayContext<TextState, true>): true | string => {
    const { height, width } = box(ctx.get(), ctx.size());
    return wrapped(ctx.get().lines, width).length > height - 2 ? true : 'All of it is shown.';
  };
  return {
    kind: 'text',
    guarded: once,
    state: { title, lines, top: 0 },
    box,
    commands: [
      {
        id: 'text.close',
        title: 'Close',
        group: 'app',
        keys: ['escape', 'enter', 'q', 'f12', 'f3'],
        hint: 'Close',
        footer: 3,
        run: (ctx) => ctx.close(true),
      },
      { id: 'text.down', title: 'Down', group: 'app', keys: ['down', 'j'], run: (ctx) => scroll(ctx, () => 1) },
      { id: 'text.up', title: 'Up', group: 'app', keys: ['up', 'k'], run: (ctx) => scroll(ctx, () => -1) },
      {
        id: 'text.page-down',
        title: 'Next page',
        group: 'app',
        keys: ['pagedown', 'space', 'f8'],
        hint: 'More',
        footer: 2,
        when,
        run: (ctx) => scroll(ctx, (page) => page),
      },
      {
        id: 'text.page-up',
        title: 'Previous page',
        group: 'app',
        keys: ['pageup', 'b', 'f7'],
        run: (ctx) => scroll(ctx, (page) => -page),
      },
      { id: 'text.home', title: 'Beginning', group: 'app', keys: ['home', 'g'], run: (ctx) => scroll(ctx, () => -1e9) },
      { id: 'text.end', title: 'End', group: 'app', keys: ['end', 'G'], run: (ctx) => scroll(ctx, () => 1e9) },
    ],
    View: ({ state, box, theme }) => {
      const all = wrapped(state.lines, box.width);
      const page = box.height - 2;
      const top = Math.max(0, Math.min(state.top, all.length - page));
      const right = all.length > page ? `${Math.min(all.length, top + page)}/${all.length}` : '';
      return (
        <Card
          {...box}
          title={state.title}
          right={right}
          theme={theme}
          content={all.slice(top, top + page).map((text) => [text])}
        />
      );
    },
  };
}
