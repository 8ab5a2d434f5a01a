import type { Selectable } from 'kysely';
import type { Schema } from '#db/schema.ts';
import type { NoteFacts, NoteLevel } from '#domain/note.ts';
import type { Attachment } from './attachments.ts';

/** A note as lists and forms show it. */
export interface NoteRow extends NoteFacts {
  readonly id: number;
  readonly version: number;
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly accountId: number | null;
  /** The type's name, or its code when the table lacks it. */
  readonly typeName: string;
  readonly usedForName: string | null;
  readonly createdAt: number;
  readonly createdOn: string;
  readonly createdBy: string;
  /** Files that hang on it, as far as this reader may know of them. */
  readonly attachments: readonly Attachment[];
}

type Row = Selectable<Schema['note']> & { readonly type_name: string | null; readonly used_for_name: string | null };

/** Columns of the table `note` in the words of the services. */
export const noteRow = (row: Row): Omit<NoteRow, 'attachments'> => ({
  id: row.id,
  version: row.version,
  level: row.level as NoteLevel,
  customerId: row.customer_id,
  locationId: row.location_id,
  accountId: row.account_id,
  type: row.type,
  typeName: row.type_name ?? row.type,
  subject: row.subject,
  body: row.body,
  messageCenter: row.message_center as 0 | 1,
  paymentCenter: row.payment_center as 0 | 1,
  graceOn: row.grace_on,
  usedFor: row.used_for,
  usedForName: row.used_for_name ?? row.used_for,
  expiresOn: row.expires_on,
  accessLevel: row.access_level,
  createdAt: row.created_at,
  createdOn: row.created_on,
  createdBy: row.created_by,
});

/** What a version remembers, and what an audit row compares. */
export const NOTE_FIELDS = [
  'level',
  'type',
  'subject',
  'body',
  'messageCenter',
  'paymentCenter',
  'graceOn',
  'usedFor',
  'expiresOn',
  'accessLevel',
] as const satisfies readonly (keyof NoteFacts)[];

export type NoteField = (typeof NOTE_FIELDS)[number];

/** The fields of a note, and the version that they were. */
export interface NoteSnapshot extends NoteFacts {
  readonly version: number;
  /** When it had been taken away, epoch ms. */
  readonly removedAt: number | null;
}

export const FIELD_LABELS: Readonly<Record<NoteField, string>> = {
  level: 'Level',
  type: 'Type',
  subject: 'Subject',
  body: 'Note',
  messageCenter: 'Message center',
  paymentCenter: 'Payment center',
  graceOn: 'Grace date',
  usedFor: 'Used for',
  expiresOn: 'Expires',
  accessLevel: 'Read by',
};

/** Fields in which two states of a note differ, with both values. */
export function differences(before: NoteFacts, after: NoteFacts): Record<string, readonly [unknown, unknown]> {
  const changed: Record<string, readonly [unknown, unknown]> = {};
  for (const field of NOTE_FIELDS) {
    if (before[field] !== after[field]) changed[field] = [before[field], after[field]];
  }
  return changed;
}

/** Facts as an entity holds them: what was never set may be undefined there. */
type LooseFacts = {
  readonly [F in keyof NoteFacts]: null extends NoteFacts[F] ? NoteFacts[F] | undefined : NoteFacts[F];
};

/** Just the facts of something that holds more. */
export const factsOf = (note: LooseFacts): NoteFacts => ({
  level: note.level,
  type: note.type,
  subject: note.subject,
  body: note.body,
  messageCenter: note.messageCenter,
  paymentCenter: note.paymentCenter,
  graceOn: note.graceOn ?? null,
  usedFor: note.usedFor ?? null,
  expiresOn: note.expiresOn ?? null,
  accessLevel: note.accessLevel,
});
