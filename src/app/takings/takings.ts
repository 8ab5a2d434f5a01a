import type { Desk } from '../shell/desk.ts';
import type { Shell } from '../shell/shell.ts';
import { takenText } from './taken.ts';

/** Ways by which lists and papers leave the program, and files come in; each is loaded when it is used. */
export const takings = (
  shell: Shell,
  desk: () => Desk,
): Pick<Desk, 'copy' | 'exportList' | 'readFile' | 'files' | 'paper' | 'saveDocument' | 'deliver'> => ({
  copy: (text, what) => {
    if (shell.options.outside.copy(takenText(text))) shell.toast(`Sent to the clipboard: ${what}.`, 'good');
    else shell.toast(`Too much for the clipboard: ${what}. Export it to a file instead.`, 'warning');
  },
  exportList: async (list) => (await import('./export.ts')).exportList(shell, desk(), list),
  readFile: async (path) => (await import('./export.ts')).readFile(shell, path),
  files: {
    browse: async (typed) => (await shell.options.outside.exchange?.())?.browse(typed) ?? [],
    scans: async (folder) => (await import('./export.ts')).listScans(shell, folder),
  },
  paper: async (request) => (await import('./paper/send.ts')).sendPaper(shell, desk(), request),
  saveDocument: async (document) => (await import('./paper/write.ts')).saveDocument(shell, desk(), document),
  deliver: (ids) =>
    void import('./paper/behind.ts').then(
      ({ deliverBehind }) => deliverBehind(shell, desk(), ids),
      (error: unknown) => shell.fail(error),
    ),
});
