import { type CivilDate, isCivilDate } from './civil-date.ts';
import { CARD_REFUSED, holdsCardNumber } from './card-number.ts';

/** What a note belongs to; it stays with that, whoever moves. */
export type NoteLevel = 'customer' | 'location' | 'account';

/** What a person decides about a note; flags are 0 or 1 as stored. */
export interface NoteFacts {
  readonly level: NoteLevel;
  readonly type: string;
  readonly subject: string;
  readonly body: string;
  readonly messageCenter: 0 | 1;
  readonly paymentCenter: 0 | 1;
  /** Last day without penalties. */
  readonly graceOn: CivilDate | null;
  readonly usedFor: string | null;
  readonly expiresOn: CivilDate | null;
  readonly accessLevel: number;
}

export const NOTE_LIMITS = { subject: 120, body: 8000 } as const;

/** A subject made of the text, as long as fits in a list. */
const SUBJECT_FROM_TEXT = 60;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The subject as typed, or else the beginning of the text, cut between words. */
export function noteSubject(subject: string, body: string): string {
  const typed = subject.trim();
  if (typed !== '') return typed;
  const line = body.trim().split('\n')[0]!.replaceAll(/\s+/g, ' ').trim();
  const characters = Array.from(segmenter.segment(line), (part) => part.segment);
  if (characters.length <= SUBJECT_FROM_TEXT) return line;
  const cut = characters.slice(0, SUBJECT_FROM_TEXT - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${(space > SUBJECT_FROM_TEXT / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/**
 * What is wrong with a note, by field, in the operator's words; empty when nothing is.
 * `createdOn` is the day on which it is, or was, written.
 */
export function noteProblems(note: NoteFacts, createdOn: CivilDate): Record<string, string> {
  const problems: Record<string, string> = {};
  const atLocation = note.level === 'location';
  if (note.body.trim() === '') problems.body = 'Write the note.';
  else if (note.body.length > NOTE_LIMITS.body) problems.body = `At most ${NOTE_LIMITS.body} characters.`;
  else if (holdsCardNumber(note.body)) problems.body = CARD_REFUSED;
  if (note.subject.length > NOTE_LIMITS.subject) problems.subject = `At most ${NOTE_LIMITS.subject} characters.`;
  else if (holdsCardNumber(note.subject)) problems.subject = CARD_REFUSED;
  if (atLocation && note.messageCenter) {
    problems.messageCenter = 'Location notes always show in the Location message center; leave this off.';
  }
  if (atLocation && note.paymentCenter) problems.paymentCenter = 'Only for customer and account notes.';
  if (note.graceOn !== null) {
    if (!isCivilDate(note.graceOn)) problems.graceOn = 'No such day.';
    else if (atLocation) problems.graceOn = 'Only customer and account notes hold penalties back.';
    else if (note.graceOn < createdOn) problems.graceOn = 'Must not lie before the day of the note.';
  }
  if (note.expiresOn !== null) {
    if (!isCivilDate(note.expiresOn)) problems.expiresOn = 'No such day.';
    else if (note.usedFor === null) problems.expiresOn = 'Choose first what the note is used for.';
    else if (note.expiresOn < createdOn) problems.expiresOn = 'Must not lie before the day of the note.';
  }
  return problems;
}
