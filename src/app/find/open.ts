import type { BoundCommand } from '#keymap/bind.ts';
import { may } from '#services/actor.ts';
import { findOverlay } from './overlay.tsx';
import { findItems, type FindAnswer, type FindMenu } from './items.ts';
import type { Shell } from '../shell/shell.ts';

/** Ids of commands and screens taken lately, the last first: they rank before others. */
const recent: string[] = [];

function remember(id: string): void {
  const at = recent.indexOf(id);
  if (at >= 0) recent.splice(at, 1);
  recent.unshift(id);
  recent.splice(20);
}

/** Opens the one box that finds records, commands and screens, and goes where it says. */
export async function openFind(shell: Shell, typed: string): Promise<void> {
  if (shell.overlays.top?.definition.kind === 'find') return;
  const menu = menuOf(shell);
  const { depth } = shell.overlays;
  let release = () => {};
  const answer = await shell.overlays.open(
    findOverlay({
      typed,
      items: (text) => findItems(menu, text),
      search: async (text, limit, signal) => {
        const { find } = shell.options;
        const { actor, call } = shell.session.desk;
        return find && may(actor, 'lookup.use') ? find(call, text, limit, signal) : { hits: [], note: '' };
      },
      failed: (error) => shell.fail(error),
      chosen: () => {
        release = shell.keys.hold(depth);
      },
    }),
  );
  try {
    if (answer) await follow(shell, answer);
  } finally {
    release();
  }
}

/** Commands as they stand now, and the screens that this operator may open. */
function menuOf(shell: Shell): FindMenu {
  const commands = new Map<string, BoundCommand>();
  for (const scope of shell.scopes()) for (const command of scope.commands) commands.set(command.id, command);
  const screens = shell.registry.screens.filter((screen) => screen.code !== '' && shell.desktop.allowed(screen));
  return { commands: [...commands.values()], screens, recent };
}

async function follow(shell: Shell, answer: FindAnswer): Promise<void> {
  if (answer.kind === 'command') {
    remember(answer.command.id);
    return shell.keys.run(answer.command);
  }
  if (!(await shell.leaveOverlays())) return;
  if (answer.kind === 'hit') return shell.desktop.open(answer.hit.screenId, answer.hit.params);
  const { screen, argument } = answer;
  remember(screen.id);
  if (argument !== '' && !screen.parseArgument) {
    return shell.toast(`${screen.title} takes nothing after its code.`, 'warning');
  }
  shell.desktop.jump(screen.id, screen.parseArgument?.(argument));
}
