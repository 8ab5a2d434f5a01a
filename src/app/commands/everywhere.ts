import type { Command } from '#keymap/command.ts';
import { themeNames, createTheme } from '#ui/theme/themes.ts';
import { accountCommands } from './own-way-in.ts';
import { openFind } from '../find/open.ts';
import { openHelp } from './help.ts';
import { openDrafts } from './drafts.ts';
import { back, leave, quit, travel, unsavedWork } from './leaving.ts';
import type { Shell } from '../shell/shell.ts';
import { undoCommand } from './undo.ts';

type ShellCommand = Command<Shell>;

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
    run: async (shell) => (await import('../find/by-sensitive.ts')).findBySensitiveNumber(shell),
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
      const name = await shell.session.desk.choose(
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
      const sure = await shell.session.desk.confirm({
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
