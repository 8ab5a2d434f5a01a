import { foldText, matchStretches } from '#domain/matching.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import type { Segment } from '#ui/text.tsx';
import type { Theme } from '#ui/theme/tokens.ts';
import { wrap } from '#ui/width.ts';
import { LEVEL_LABELS, READER_LABELS } from './columns.ts';

/** Words that the filter asks for; those that must not be there have nothing to light up. */
export const filterWords = (filter: string): string[] =>
  foldText(filter)
    .split(/\s+/)
    .filter((word) => word !== '' && !(word.length > 1 && word.startsWith('!')));

/** The text of a note in lines of a width, and below it what hangs on the note. */
export function noteLines(note: NoteRow | undefined, width: number): string[] {
  if (note === undefined) return [];
  const text = wrap(note.body.replaceAll('\t', '  '), Math.max(8, width));
  if (note.attachments.length === 0) return text;
  const names = note.attachments.map(({ name, secure }) => (secure === 1 ? `${name || 'a document'} (secure)` : name));
  return [...text, '', ...wrap(`Attached: ${names.join('; ')}`, Math.max(8, width))];
}

/** A line with what the filter found in it standing out. */
export function highlighted(text: string, words: readonly string[], theme: Theme): Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const [from, to] of matchStretches(words, text)) {
    if (from > at) segments.push(text.slice(at, from));
    segments.push([text.slice(from, to), theme.match]);
    at = to;
  }
  segments.push(text.slice(at));
  return segments;
}

const attachedInWords = (files: number): string | null =>
  files === 0 ? null : files === 1 ? '1 file attached' : `${files} files attached`;

/** What a note is, for the rule above its text. */
export function noteFacts(note: NoteRow): string {
  return [
    `${LEVEL_LABELS[note.level]} note`,
    note.typeName,
    `${note.createdOn} by ${note.createdBy}`,
    note.version > 1 ? `changed ${note.version - 1}x` : null,
    note.messageCenter ? 'message center' : null,
    note.paymentCenter ? 'payment center' : null,
    note.graceOn === null ? null : `grace to ${note.graceOn}`,
    note.usedForName === null
      ? null
      : `for ${note.usedForName}${note.expiresOn === null ? '' : ` until ${note.expiresOn}`}`,
    attachedInWords(note.attachments.length),
    note.accessLevel > 1 ? `read by ${(READER_LABELS[note.accessLevel] ?? '').toLowerCase()}` : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}
