import type { NoteLevel } from '#domain/note.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import type { Column } from '#ui/table/columns.ts';

export const LEVEL_LABELS: Readonly<Record<NoteLevel, string>> = {
  account: 'Account',
  customer: 'Customer',
  location: 'Location',
};

/** Who may read a note, by level of the readers' groups. */
export const READER_LABELS: Readonly<Record<number, string>> = { 1: 'Everybody', 2: 'Some', 3: 'Management' };

const yes = (flag: 0 | 1): string => (flag === 1 ? 'yes' : '');

/** All that a note has, its text too: so the filter, copies and exports take in every field. */
export const noteColumns: readonly Column<NoteRow>[] = [
  { id: 'level', title: 'Level', min: 8, priority: 6, text: (note) => LEVEL_LABELS[note.level] },
  { id: 'type', title: 'Type', min: 9, max: 16, grow: 1, priority: 7, text: (note) => note.typeName },
  { id: 'subject', title: 'Subject', min: 24, grow: 5, priority: 9, text: (note) => note.subject },
  {
    id: 'created',
    title: 'Created',
    min: 10,
    priority: 8,
    text: (note) => note.createdOn,
    sortKey: (note) => note.createdAt,
  },
  { id: 'by', title: 'By', min: 7, max: 14, grow: 1, priority: 5, text: (note) => note.createdBy },
  { id: 'message', title: 'MC', min: 3, priority: 4, text: (note) => yes(note.messageCenter) },
  { id: 'payment', title: 'PC', min: 3, priority: 4, text: (note) => yes(note.paymentCenter) },
  { id: 'grace', title: 'Grace', min: 10, priority: 3, text: (note) => note.graceOn ?? '', tone: () => 'warning' },
  { id: 'used', title: 'Used for', min: 9, max: 18, grow: 1, priority: 2, text: (note) => note.usedForName ?? '' },
  { id: 'expires', title: 'Expires', min: 10, priority: 1, text: (note) => note.expiresOn ?? '' },
  {
    id: 'readers',
    title: 'Read by',
    min: 10,
    priority: 0,
    text: (note) => (note.accessLevel === 1 ? '' : (READER_LABELS[note.accessLevel] ?? '')),
  },
  {
    id: 'attachments',
    title: 'Attached',
    min: 8,
    max: 24,
    grow: 1,
    priority: 1,
    text: (note) => note.attachments.map(({ name }) => name || 'secure').join('; '),
  },
  {
    id: 'text',
    title: 'Note',
    min: 30,
    grow: 2,
    priority: -1,
    text: (note) => note.body.replaceAll('\n', ' '),
    value: (note) => note.body,
  },
];
