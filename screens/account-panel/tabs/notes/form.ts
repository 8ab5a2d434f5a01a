import type { NoteLevel } from '#domain/note.ts';
import { may } from '#services/actor.ts';
import { listCodeValues, type CodeTableValue } from '#services/code-tables/values.ts';
import { getNote } from '#services/notes/read.ts';
import type { NoteRow } from '#services/notes/rows.ts';
import { addNote, editNote, type NoteReceipt } from '#services/notes/write.ts';
import type { Choice } from '#ui/choice.ts';
import type { FormDefinition, FormField, FormValues } from '#ui/form/definition.ts';
import type { ScreenContext } from '#ui/screen.ts';
import { addNewCode } from '../../../setup/add-in-place.ts';
import { pathField } from '../../documents/forms.ts';
import type { PanelSubject } from '../../tab.ts';
import { LEVEL_LABELS, READER_LABELS } from './columns.ts';
import type { NotesState } from './model.ts';
import { unedited, unwritten } from './undo.ts';
import { editValues, EMPTY, factsOfValues, type NoteValues, valuesOf } from './values.ts';

type Ctx = ScreenContext<PanelSubject, NotesState>;

interface Codes {
  readonly types: readonly CodeTableValue[];
  readonly uses: readonly CodeTableValue[];
}

const codesOf = async (ctx: Ctx): Promise<Codes> => ({
  types: await ctx.call(listCodeValues, { table: 'note_type', all: false }),
  uses: await ctx.call(listCodeValues, { table: 'note_used_for', all: false }),
});

const choice = ({ code, name }: CodeTableValue): Choice<string> => ({ value: code, label: name });

const notAtLocation =
  (reason: string) =>
  (values: FormValues): true | string =>
    values.level === 'location' ? reason : true;

/** Levels that the subject has something to stand for. */
const levelsOf = ({ accountId, customerId, locationId }: PanelSubject): NoteLevel[] => [
  ...(accountId === null ? [] : ['account' as const]),
  ...(customerId === null ? [] : ['customer' as const]),
  ...(locationId === null ? [] : ['location' as const]),
];

/** The text comes first: a note is mostly that, and the rest has defaults. */
function fields(ctx: Ctx, codes: Codes, note: NoteRow | null): FormField[] {
  const levels = Object.entries(LEVEL_LABELS).map(([value, label]) => ({ value, label }));
  const readers = Object.entries(READER_LABELS).filter(([level]) => Number(level) <= ctx.actor.level);
  return [
    {
      name: 'body',
      label: 'Note',
      kind: 'multiline',
      rows: 5,
      required: true,
      maxLength: 8000,
      help: 'No card numbers.',
    },
    { name: 'subject', label: 'Subject', kind: 'text', maxLength: 120, help: 'Empty: the beginning of the note.' },
    note === null
      ? {
          name: 'level',
          label: 'Level',
          kind: 'code',
          required: true,
          choices: levelsOf(ctx.params).map((level) => ({ value: level, label: LEVEL_LABELS[level] })),
          help: 'A customer’s note goes with the customer, a location’s stays with the location.',
        }
      : { name: 'level', label: 'Level', kind: 'readonly', choices: levels },
    {
      name: 'type',
      label: 'Type',
      kind: 'code',
      required: true,
      choices: codes.types.map(choice),
      addNew: addNewCode(ctx, 'note_type'),
    },
    {
      name: 'messageCenter',
      label: 'Message center',
      kind: 'flag',
      help: 'Shows in the Customer message center.',
      enabled: notAtLocation('Location notes always show in the Location message center.'),
    },
    {
      name: 'paymentCenter',
      label: 'Payment center',
      kind: 'flag',
      help: 'Shows when a payment is taken.',
      enabled: notAtLocation('Only for customer and account notes.'),
    },
    {
      name: 'graceOn',
      label: 'Grace date',
      kind: 'date',
      help: 'Last day without penalties and shut-offs.',
      enabled: notAtLocation('Only customer and account notes hold penalties back.'),
    },
    {
      name: 'usedFor',
      label: 'Used for',
      kind: 'code',
      choices: codes.uses.map(choice),
      addNew: addNewCode(ctx, 'note_used_for'),
      help: 'What it is used for, until it expires: a statement prints it.',
    },
    {
      name: 'expiresOn',
      label: 'Expires',
      kind: 'date',
      enabled: (values) => (values.usedFor === '' ? 'Choose first what the note is used for.' : true),
    },
    {
      name: 'accessLevel',
      label: 'Read by',
      kind: 'code',
      required: true,
      choices: readers.map(([value, label]) => ({ value, label })),
      help: 'Users whose groups reach this level may read it.',
    },
    {
      ...pathField(ctx, false, 'Attach a file'),
      name: 'attach',
      enabled: () => may(ctx.actor, 'documents.edit') || 'You may not attach files (documents.edit).',
    },
    ...(note === null ? [] : [{ name: 'created', label: 'Created', kind: 'readonly' } satisfies FormField]),
  ];
}

const filesOf = ({ attach }: NoteValues): string[] => (attach.trim() === '' ? [] : [attach]);

/** Whom a note is written about. */
function ownerOf({ accountId, customerId, locationId }: PanelSubject) {
  return {
    ...(accountId === null ? {} : { accountId }),
    ...(customerId === null ? {} : { customerId }),
    ...(locationId === null ? {} : { locationId }),
  };
}

/** The form of a new note. */
export async function addForm(ctx: Ctx): Promise<FormDefinition<NoteValues, NoteReceipt>> {
  const { accountId, customerId, locationId } = ctx.params;
  const level = levelsOf(ctx.params)[0] ?? 'account';
  return {
    title: 'Add note',
    fields: fields(ctx, await codesOf(ctx), null),
    initial: valuesOf({ ...EMPTY, level }),
    draft: { form: 'note.add', subjectId: accountId ?? customerId ?? locationId },
    today: ctx.today,
    save: (values, _, idempotencyKey) =>
      ctx.call(
        addNote,
        { ...factsOfValues(values), ...ownerOf(ctx.params), attach: filesOf(values) },
        { idempotencyKey },
      ),
    undo: (receipt) => unwritten(ctx.call, receipt),
  };
}

/** The form of a note that is there; when somebody else was faster, the form asks what becomes of both. */
export async function editForm(ctx: Ctx, note: NoteRow): Promise<FormDefinition<NoteValues, NoteReceipt>> {
  return {
    title: 'Edit note',
    fields: fields(ctx, await codesOf(ctx), note),
    initial: editValues(note),
    version: note.version,
    draft: { form: 'note.edit', subjectId: note.id },
    today: ctx.today,
    save: (values, version, idempotencyKey) => {
      const { level: _, ...changed } = factsOfValues(values);
      const edited = { ...changed, noteId: note.id, version, attach: filesOf(values) };
      // A file attached twice by a repeat would be there twice; an edit by itself can be repeated.
      return ctx.call(editNote, edited, edited.attach.length > 0 ? { idempotencyKey } : {});
    },
    // A file that was attached with it would stay.
    undo: (receipt, { before, typed }) =>
      filesOf(typed).length > 0 ? null : unedited(ctx.call, receipt, factsOfValues(before)),
    current: async () => {
      const present = await ctx.call(getNote, { noteId: note.id });
      const { version, changedBy, changedAt } = present;
      return { values: editValues(present), version, changedBy, changedAt };
    },
    saveAsNew: (values) =>
      ctx.call(addNote, { ...factsOfValues(values), ...ownerOf(ctx.params), attach: filesOf(values) }),
  };
}
