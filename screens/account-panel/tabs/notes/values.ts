import { type NoteFacts, type NoteLevel, noteSubject } from '#domain/note.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import type { FormValues } from '#ui/form/definition.ts';

/** What the form holds; names are the service's, so that its messages land at their fields. */
export type NoteValues = FormValues & {
  readonly body: string;
  readonly subject: string;
  readonly level: string;
  readonly type: string;
  readonly messageCenter: boolean;
  readonly paymentCenter: boolean;
  readonly graceOn: string;
  readonly usedFor: string;
  readonly expiresOn: string;
  readonly accessLevel: string;
  /** Path of a file to attach with the saving; empty: none. */
  readonly attach: string;
};

/** The form's values as facts; what a field that is closed still holds does not count. */
export function factsOfValues(values: NoteValues): NoteFacts {
  const level = values.level as NoteLevel;
  const location = level === 'location';
  const usedFor = values.usedFor === '' ? null : values.usedFor;
  return {
    level,
    type: values.type,
    subject: values.subject,
    body: values.body,
    messageCenter: values.messageCenter && !location ? 1 : 0,
    paymentCenter: values.paymentCenter && !location ? 1 : 0,
    graceOn: values.graceOn === '' || location ? null : values.graceOn,
    usedFor,
    expiresOn: values.expiresOn === '' || usedFor === null ? null : values.expiresOn,
    accessLevel: Number(values.accessLevel),
  };
}

/** A note as the form shows it; a subject that only repeats the text stays empty, to follow the text. */
export const valuesOf = (note: NoteFacts): NoteValues => ({
  body: note.body,
  subject: note.subject === noteSubject('', note.body) ? '' : note.subject,
  level: note.level,
  type: note.type,
  messageCenter: note.messageCenter === 1,
  paymentCenter: note.paymentCenter === 1,
  graceOn: note.graceOn ?? '',
  usedFor: note.usedFor ?? '',
  expiresOn: note.expiresOn ?? '',
  accessLevel: String(note.accessLevel),
  attach: '',
});

/** Of a new note. */
export const EMPTY: NoteFacts = {
  level: 'account',
  type: 'general',
  subject: '',
  body: '',
  messageCenter: 0,
  paymentCenter: 0,
  graceOn: null,
  usedFor: null,
  expiresOn: null,
  accessLevel: 1,
};

/** A note as its edit form holds it. */
export const editValues = (note: NoteRow): NoteValues => ({
  ...valuesOf(note),
  created: `${note.createdOn} by ${note.createdBy}`,
});
