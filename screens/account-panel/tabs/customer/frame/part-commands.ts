import { may } from '#services/actor.ts';
import type { Command } from '#keymap/command.ts';
import type { DocLens } from '../../../document/commands.ts';
import type { TabContext } from '../../../tab.ts';
import type { AnyPart, PartCommand } from '../parts/part.ts';
import { standingOf } from './commands.ts';
import { partContext } from './load.ts';
import type { CustomerTabKind, CustomerTabState } from './state.ts';

type Ctx = TabContext<CustomerTabState>;

/** A part's own command as one of the tab's. */
function tabCommand(
  kind: CustomerTabKind,
  lens: DocLens<CustomerTabState>,
  part: AnyPart,
  { id, inPart, when, run, group = 'record', ...told }: PartCommand<unknown>,
): Command<Ctx> {
  const lineOf = (ctx: Ctx): string | null => {
    const at = standingOf(lens, ctx);
    return at?.part.id === part.id ? at.lineId : null;
  };
  return {
    ...told,
    id: `${kind.id}.${id}`,
    group,
    applies: (ctx) => may(ctx.actor, part.permission) && (!inPart || lineOf(ctx) !== null),
    when: (ctx) => {
      const data = ctx.get().data[part.id];
      if (data === undefined) return 'This is still being read.';
      return when ? when(partContext(kind, ctx), data, lineOf(ctx)) : true;
    },
    run: (ctx) => run(partContext(kind, ctx), ctx.get().data[part.id], lineOf(ctx)),
  };
}

/** The commands of the parts beside those that the frame gives. */
export const partCommands = (
  kind: CustomerTabKind,
  lens: DocLens<CustomerTabState>,
  sections: readonly AnyPart[],
): Command<Ctx>[] =>
  sections.flatMap((part) =>
    (part.commands ?? []).map((one: PartCommand<unknown>) => tabCommand(kind, lens, part, one)),
  );
