import { AlsoHere, type Whereabouts } from './also-here.ts';
import type { Shell } from '../shell/shell.ts';

/** Keeps the shell's line about who else has the open record open. */
export const watchOthers = (shell: Shell): AlsoHere =>
  new AlsoHere({
    timers: shell.options.timers,
    open: () => shell.backend!.presence(),
    where: () => whereabouts(shell),
    show: (alsoHere) => {
      if (shell.store.getState().alsoHere !== alsoHere) shell.store.setState({ alsoHere });
    },
    failed: (error) =>
      shell.options.outside.log('presence.failed', { error: error instanceof Error ? error.name : '' }),
  });

/** The record of the open screen; a form over it means editing. */
function whereabouts({ navigation, overlays }: Shell): Whereabouts | null {
  const { top } = navigation;
  const place = top?.definition.presence?.(top.store.getState()) ?? null;
  if (place === null) return null;
  const editing = overlays.store.getState().open.some(({ definition }) => definition.kind === 'form');
  return { place, doing: editing ? 'editing' : 'reading' };
}
