import { clean } from '#terminal/sanitize.ts';

/**
 * Text that leaves by the clipboard: it may be pasted into another terminal. Tabs and line
 * breaks stay, they part the cells of a list.
 */
export const takenText = (text: string): string =>
  text
    .split(/([\t\n])/)
    .map((part) => (part === '\t' || part === '\n' ? part : clean(part)))
    .join('');

/** A cell that leaves in a file, which somebody may print on a terminal. */
export const takenCell = (cell: string | number | null): string | number | null =>
  typeof cell === 'string' ? clean(cell, { multiline: true }) : cell;
