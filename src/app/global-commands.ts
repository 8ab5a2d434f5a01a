import type { Command } from '#keymap/command.ts';
import { themeNames, createTheme } from '#ui/theme/themes.ts';
import { accountCommands } from './account-commands.ts';
import { openFind } from './find.ts';
import { openHelp } from './help.ts';
import { openDrafts } from './resume.ts';
import type { Entry } from './navigation.ts';
import type { Shell } from './shell.ts';
import { undoCommand } from './undo.ts';

type ShellCommand = Command<Shell>;

/** What the operator would lose, and what is kept, everywhere on the way that is open. */
function unsavedWork(shell: Shell): string[] {
  const overlays = shell.overlays.store.getState().open.flatMap((overlay) => overlay.unsaved() ?? []);
  const screens = shell.navigation.store.getState().stack.flatMap(({ definition, store }) => {
    const what = definition.unsaved?.(store.getState());
    return what ? [`${isKept(definition, store) ? 'Kept as a draft' : 'Not saved'}: ${what}.`] : [];
  });
  return [...overlays.map((what) => `Not saved: ${what}.`), ...screens];
}

/** Whether what is in hand on a screen is offered again. */
const isKept = ({ draft }: Entry['definition'], store: Entry['store']): boolean =>
  (draft?.(store.getState()) ?? null) !== null;

async function quit(shell: Shell): Promise<void> {
  if (shell.overlays.top?.definition.kind === 'confirm') return shell.overlays.top.cancel();
  const lost = unsavedWork(shell);
  const leave = await shell.desktop.desk.confirm({
    title: 'Leave meterdesk?',
    lines: lost.length > 0 ? lost : ['Everything is saved.'],
    action: 'Leave',
  });
  if (!leave) return;
  await shell.desktop.draftsKept();
  shell.options.outside.exit();
}

/** Asks when the open screen would lose something, and says what is kept; true when it may be left. */
export async function mayLeave(shell: Shell): Promise<boolean> {
  const { top } = shell.navigation;
  const lost = top?.definition.unsaved?.(top.store.getState());
  if (!top || !lost) return true;
  if (isKept(top.definition, top.store)) {
    shell.toast(`Kept as a draft: ${lost}.`, 'info');
    return true;
  }
  return shell.desktop.desk.confirm({
    title: 'Leave without saving?',
    lines: [`Not saved: ${lost}.`],
    action: 'Leave',
  });
}

async function back(shell: Shell): Promise<void> {
  if (!(await mayLeave(shell))) return;
  if (!shell.desktop.back()) shell.toast('This is the first screen. Ctrl+C leaves meterdesk.', 'info');
}

async function leave(shell: Shell): Promise<void> {
  if (shell.navigation.store.getState().stack.length < 2) return quit(shell);
  return back(shell);
}

function travel(shell: Shell, go: (navigation: Shell['navigation']) => boolean, reason: string): void {
  shell.desktop.leaving();
  if (go(shell.navigation)) shell.desktop.shown();
  else shell.toast(reason, 'info');
}

const repaint: ShellCommand = {
  id: 'app.repaint',
  title: 'Draw the screen anew',
  group: 'app',
  keys: ['ctrl+l'],
  run: (shell) => shell.options.outside.repaint(),
};

const suspend: ShellCommand = {
  id: 'app.suspend',
  title: 'Suspend to the command line',
  group: 'app',
  keys: ['ctrl+z'],
  background: true,
  when: (shell) => shell.options.outside.canSuspend() || 'No command line waits behind meterdesk here.',
  run: (shell) => shell.options.outside.suspend(),
};

/** What works before somebody is signed in. */
export const bareCommands: readonly ShellCommand[] = [
  {
    id: 'app.quit',
    title: 'Leave meterdesk',
    group: 'app',
    keys: ['ctrl+c'],
    run: (shell) => shell.options.outside.exit(),
  },
  repaint,
  suspend,
];

/** What works everywhere; screens may use the same keys for something of their own. */
export const globalCommands: readonly ShellCommand[] = [
  { id: 'app.help', title: 'Help', group: 'app', keys: ['f1', '?'], background: true, run: (shell) => openHelp(shell) },
  {
    id: 'app.find',
    title: 'Find anything',
    group: 'go',
    keys: ['f2', 'ctrl+k', 'ctrl+p'],
    hint: 'Find',
    footer: 90,
    background: true,
    run: (shell) => openFind(shell, ''),
  },
  {
    id: 'app.find-sensitive',
    title: 'Find by sensitive number',
    group: 'go',
    permission: 'sensitive.search',
    run: async (shell) => (await import('./find-sensitive.ts')).findBySensitiveNumber(shell),
  },
  {
    id: 'app.go',
    title: 'Go to a screen by its code',
    group: 'go',
    keys: ['=', ':'],
    background: true,
    run: (shell) => openFind(shell, '='),
  },
  {
    id: 'app.back',
    title: 'Back one level',
    group: 'go',
    keys: ['escape', 'f12'],
    hint: 'Back',
    footer: 80,
    when: (shell) =>
      shell.navigation.store.getState().stack.length > 1 ? true : 'This is the first screen. Ctrl+C leaves meterdesk.',
    run: back,
  },
  { id: 'app.leave', title: 'Leave the screen', group: 'go', keys: ['f3', 'q'], run: leave },
  {
    id: 'app.refresh',
    title: 'Refresh',
    group: 'go',
    keys: ['f5', 'ctrl+r'],
    hint: 'Refresh',
    footer: 40,
    run: async (shell) => {
      await shell.desktop.refresh();
      if (shell.navigation.top?.status.getState().failure === null) shell.toast('Refreshed.', 'info');
    },
  },
  {
    id: 'app.previous',
    title: 'The screen before, and back again',
    group: 'go',
    keys: ['-', 'ctrl+o'],
    run: (shell) => travel(shell, (ways) => ways.toggle(), 'There was no screen before.'),
  },
  {
    id: 'app.earlier',
    title: 'Earlier in the history of screens',
    group: 'go',
    keys: ['['],
    run: (shell) => travel(shell, (ways) => ways.travel(-1), 'This is where the history begins.'),
  },
  {
    id: 'app.later',
    title: 'Later in the history of screens',
    group: 'go',
    keys: [']'],
    run: (shell) => travel(shell, (ways) => ways.travel(1), 'This is where the history ends.'),
  },
  repaint,
  suspend,
  {
    id: 'app.theme',
    title: 'Choose colours',
    group: 'app',
    run: async (shell) => {
      const name = await shell.desktop.desk.choose(
        'Colours',
        themeNames.map((value) => ({ value, label: value })),
      );
      const { glyphs } = shell.store.getState().theme;
      if (name) shell.store.setState({ theme: createTheme(name, glyphs.name) });
    },
  },
  {
    id: 'app.glyphs',
    title: 'Draw with ASCII signs, or with Unicode',
    group: 'app',
    run: (shell) => {
      const { theme } = shell.store.getState();
      shell.store.setState({ theme: createTheme(theme.name, theme.glyphs.name === 'ascii' ? 'unicode' : 'ascii') });
    },
  },
  {
    id: 'app.drafts',
    title: 'Drafts: forms left with something typed',
    group: 'go',
    background: true,
    run: (shell) => openDrafts(shell),
  },
  undoCommand,
  ...accountCommands,
  { id: 'app.lock', title: 'Lock the screen', group: 'app', run: (shell) => shell.lock.lock() },
  {
    id: 'app.sign-out',
    title: 'Sign out',
    group: 'app',
    run: async (shell) => {
      const lost = unsavedWork(shell);
      const sure = await shell.desktop.desk.confirm({
        title: 'Sign out?',
        lines: lost.length > 0 ? lost : ['Everything is saved.'],
        action: 'Sign out',
      });
      if (sure) shell.signOut();
    },
  },
  {
    id: 'app.quit',
    title: 'Leave meterdesk',
    group: 'app',
    keys: ['ctrl+c'],
    run: quit,
  },
];

/** Which of them work while an overlay has the input. */
export const overOverlays: ReadonlySet<string> = new Set([
  'app.find',
  'app.repaint',
  'app.suspend',
  'app.quit',
  'app.help',
  'app.lock',
]);
