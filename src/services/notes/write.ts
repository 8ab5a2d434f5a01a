import { z } from 'zod';
import type { Em, Entities } from '#db/orm.ts';
import { indexNote, noteWordsNow } from '#db/search/note-words.ts';
import { noteProblems, noteSubject, type NoteFacts } from '#domain/note.ts';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertChangeable } from '../subject.ts';
import type { Taken } from '../documents/intake.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { attachAll, attachInput, takeAttachments } from './attach.ts';
import { ownerOf } from './read.ts';
import { differences, factsOf, FIELD_LABELS, type NoteField, type NoteSnapshot } from './rows.ts';

const id = z.number().int().positive();
const flag = z.union([z.literal(0), z.literal(1)]);

/** Far above what a note may hold, which is said at its fields: no more than this is even looked at. */
const LONGEST_TEXT = 100_000;

const facts = z.object({
  level: z.enum(['customer', 'location', 'account'], 'Choose customer, location or account.'),
  type: shortText().min(1, 'Choose what kind of note it is.').default('general'),
  subject: typedText(LONGEST_TEXT).default(''),
  body: typedText(LONGEST_TEXT),
  messageCenter: flag.default(0),
  paymentCenter: flag.default(0),
  graceOn: shortText().nullable().default(null),
  usedFor: shortText().nullable().default(null),
  expiresOn: shortText().nullable().default(null),
  accessLevel: z.number().int().min(1).max(3).default(1),
});

/** What a command answers with. */
export interface NoteReceipt {
  readonly noteId: number;
  readonly version: number;
}

type StoredNote = NonNullable<Awaited<ReturnType<typeof find>>>;
const find = (em: Em, e: Entities, noteId: number) => em.findOne(e.Note, noteId);

export const addNote = command({
  name: 'note.add',
  summary: 'Write a note on an account, its customer or its location',
  permission: 'notes.edit',
  input: facts.extend({
    accountId: id.optional(),
    customerId: id.optional(),
    locationId: id.optional(),
    attach: attachInput,
  }),
  subject: ({ accountId, customerId, locationId }) => {
    if (accountId !== undefined) return { accountId };
    if (customerId !== undefined) return { customerId };
    return locationId === undefined ? null : { locationId };
  },
  prepare: ({ attach = [] }, aids) => takeAttachments(attach, aids),
  run: async (
    ctx,
    { accountId, customerId, locationId, attach: _attach, ...note },
    files: Taken[],
  ): Promise<NoteReceipt> => {
    const owner = await ownerFor(ctx, note.level, { accountId, customerId, locationId });
    const checked = await checkFacts(ctx, note, null);
    const row = ctx.em.create(ctx.e.Note, {
      id: ctx.newId(),
      ...owner,
      ...checked,
      createdAt: ctx.now,
      createdOn: ctx.today,
      createdBy: ctx.actor.username,
    });
    ctx.audit({
      entity: 'Note',
      entityId: row.id,
      customerId: owner.customerId,
      changes: Object.fromEntries(Object.entries(checked).map(([field, value]) => [field, [null, value]])),
    });
    await ctx.em.flush();
    await attachAll(ctx, { ...owner, id: row.id, accessLevel: checked.accessLevel }, files);
    await indexNote(ctx.db, row.id, []);
    return { noteId: row.id, version: row.version };
  },
});

interface Owner {
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly accountId: number | null;
}

/** The record that a level stands for; from an account the customer and the location follow. */
async function ownerFor(
  ctx: CommandContext,
  level: NoteFacts['level'],
  named: { readonly accountId?: number; readonly customerId?: number; readonly locationId?: number },
): Promise<Owner> {
  const account = named.accountId === undefined ? null : await ownerOf(ctx, named.accountId);
  const missing = (what: string): Failure =>
    new Failure('invalid', `Name the ${what}.`, { level: `There is no ${what}.` });
  if (level === 'account') {
    if (!account) throw missing('account');
    return account;
  }
  if (level === 'customer') {
    const customerId = account?.customerId ?? named.customerId;
    if (customerId === undefined) throw missing('customer');
    return { customerId, locationId: null, accountId: null };
  }
  const locationId = account?.locationId ?? named.locationId;
  if (locationId === undefined) throw missing('location');
  await assertChangeable(ctx, { locationId });
  return { locationId, customerId: null, accountId: null };
}

/** The facts as they are stored. @throws Failure `invalid`, with a message at each field */
async function checkFacts(ctx: CommandContext, note: NoteFacts, before: StoredNote | null): Promise<NoteFacts> {
  const fields = noteProblems(note, before?.createdOn ?? ctx.today);
  const known = async (table: string, code: string | null, kept: string | null | undefined) =>
    code === null || code === kept || (await codeValues(ctx.db, table)).some((value) => value.code === code);
  if (!(await known('note_type', note.type, before?.type))) fields.type = 'No such type of note.';
  if (!(await known('note_used_for', note.usedFor, before?.usedFor))) fields.usedFor = 'No such use.';
  if (note.accessLevel > ctx.actor.level) fields.accessLevel = 'Higher than your own groups; you could not read it.';
  const [first] = Object.entries(fields);
  if (first) {
    const label = FIELD_LABELS[first[0] as NoteField];
    throw new Failure('invalid', `${label}: ${first[1]}`, fields);
  }
  return { ...factsOf(note), subject: noteSubject(note.subject, note.body), body: note.body.trimEnd() };
}

export const editNote = command({
  name: 'note.edit',
  summary: 'Change a note; what it said before is kept',
  permission: 'notes.edit',
  input: facts
    .omit({ level: true })
    .extend({ noteId: id, /** The version that was read. */ version: id, attach: attachInput }),
  subject: ({ noteId }) => ({ noteId }),
  prepare: ({ attach = [] }, aids) => takeAttachments(attach, aids),
  run: async (ctx, { noteId, version, attach: _attach, ...changed }, files: Taken[]): Promise<NoteReceipt> => {
    const note = await changeable(ctx, noteId);
    if (note.version !== version) throw await conflict(ctx, note, version);
    const before = factsOf(note);
    const after = await checkFacts(ctx, { ...changed, level: note.level }, note);
    const words = await noteWordsNow(ctx.db, noteId);
    const { customerId = null, locationId = null, accountId = null } = note;
    await attachAll(ctx, { id: noteId, customerId, locationId, accountId, accessLevel: after.accessLevel }, files);
    const changes = differences(before, after);
    if (Object.keys(changes).length === 0 && files.length === 0) return { noteId, version };
    if (Object.keys(changes).length > 0) {
      keepVersion(ctx, note);
      ctx.em.assign(note, after);
      ctx.audit({ entity: 'Note', entityId: noteId, customerId: note.customerId, changes });
      await ctx.em.flush();
    }
    await indexNote(ctx.db, noteId, words);
    return { noteId, version: note.version };
  },
});

/** @throws Failure `not_found` when it was removed or is kept from this actor */
async function changeable(ctx: CommandContext, noteId: number, removed = false): Promise<StoredNote> {
  const note = await find(ctx.em, ctx.e, noteId);
  if (!note || ((note.removedAt ?? null) !== null && !removed) || note.accessLevel > ctx.actor.level) {
    throw new Failure('not_found', 'This note is not there any more.');
  }
  return note;
}

/** Puts what the note says now among its versions. */
function keepVersion(ctx: CommandContext, note: StoredNote): void {
  const snapshot: NoteSnapshot = { ...factsOf(note), version: note.version, removedAt: note.removedAt ?? null };
  ctx.em.create(ctx.e.NoteVersion, {
    id: ctx.newId(),
    note,
    replacedAt: ctx.now,
    replacedBy: ctx.actor.username,
    values: JSON.stringify(snapshot),
  });
}

/** Tells at each field what it holds now, where somebody else changed it since `version` was read. */
async function conflict(ctx: CommandContext, note: StoredNote, version: number): Promise<Failure> {
  const kept = await ctx.db
    .selectFrom('note_version')
    .select(['values', 'replaced_by'])
    .where('note_id', '=', note.id)
    .orderBy('id', 'desc')
    .execute();
  const read = kept.map((row) => JSON.parse(row.values) as NoteSnapshot).find((state) => state.version === version);
  const by = kept[0]?.replaced_by ?? 'Somebody';
  const changed = read ? differences(read, factsOf(note)) : {};
  const fields = Object.fromEntries(
    Object.entries(changed).map(([field, [, now]]) => [field, `${by} changed this to ${inWords(field, now)}.`]),
  );
  const names = Object.keys(changed).map((field) => FIELD_LABELS[field as NoteField].toLowerCase());
  const what = names.length > 0 ? ` (${names.join(', ')})` : '';
  return new Failure('conflict', `${by} has changed this note meanwhile${what}. Nothing was saved.`, fields);
}

function inWords(field: string, value: unknown): string {
  if (value === null || value === '') return 'nothing';
  if (field === 'messageCenter' || field === 'paymentCenter') return value === 1 ? 'on' : 'off';
  return `“${String(value)}”`;
}

const which = z.object({ noteId: id, version: id });

/** Takes a note away, or brings it back; the row and its versions stay. */
const removal = (name: 'note.delete' | 'note.restore', summary: string) =>
  command({
    name,
    summary,
    permission: 'notes.edit',
    input: which,
    subject: ({ noteId }) => ({ noteId }),
    run: async (ctx, { noteId, version }): Promise<NoteReceipt> => {
      const restoring = name === 'note.restore';
      const note = await changeable(ctx, noteId, restoring);
      if (note.version !== version) throw await conflict(ctx, note, version);
      const before = note.removedAt ?? null;
      if (restoring === (before === null)) return { noteId, version };
      keepVersion(ctx, note);
      note.removedAt = restoring ? null : ctx.now;
      ctx.audit({
        entity: 'Note',
        entityId: noteId,
        customerId: note.customerId,
        changes: { removedAt: [before, note.removedAt] },
      });
      await ctx.em.flush();
      return { noteId, version: note.version };
    },
  });

export const deleteNote = removal('note.delete', 'Take a note away; it is kept for the audit');
export const restoreNote = removal('note.restore', 'Bring back a note that was taken away');
