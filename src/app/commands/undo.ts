import type { Command } from '#keymap/command.ts';
import type { Shell } from '../shell/shell.ts';

export const undoCommand: Command<Shell> = {
  id: 'app.undo',
  title: 'Undo the last change',
  group: 'record',
  keys: ['U'],
  when: ({ session }) => session.undos.any || 'There is nothing to undo: what is saved of records and codes can be.',
  run: ({ session }) => session.undos.takeBack(),
};
