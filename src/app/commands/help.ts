import { commandEntries, editingEntries, type HelpSection } from '#keymap/help.ts';
import { helpOverlay } from '../overlays/help.tsx';
import type { Shell } from '../shell/shell.ts';

/** What keys do here, everywhere and in fields, and what the signs of the screen mean. */
export function helpSections(shell: Shell): HelpSection[] {
  const [here, ...outer] = shell.scopes();
  const { top } = shell.navigation;
  const over = shell.overlays.top;
  const state = top?.store.getState();
  const legend = over || !top ? [] : (top.definition.legend?.(state) ?? []);
  return [
    {
      title: over ? 'Here' : `This screen: ${top?.definition.title ?? ''}`,
      entries: commandEntries(here?.commands ?? []),
    },
    { title: 'Signs', entries: legend.map(({ sign, meaning }) => ({ keys: sign, text: meaning })) },
    { title: 'Everywhere', entries: outer.flatMap((scope) => commandEntries(scope.commands)) },
    { title: 'Editing', entries: editingEntries },
  ];
}

/** Shows the help and runs what was taken from it. */
export async function openHelp(shell: Shell): Promise<void> {
  if (shell.overlays.top?.definition.kind === 'help') return;
  const command = await shell.overlays.open(helpOverlay(helpSections(shell)));
  if (command) await shell.keys.run(command);
}
