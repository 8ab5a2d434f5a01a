import type { Command } from '#keymap/command.ts';
import type { Shell } from '../shell/shell.ts';

export const undoCommand: Command<Shell> = {
  id: 'app.undo',
  title: 'Undo the last change',
  group: 'record',
  keys: ['U'],
  when: ({ session }) =>
    session.undos.any || 'There is nothing to undo: changes of people, locations and codes can be, once saved.',
  run: ({ session }) => session.undos.takeBack(),
};
