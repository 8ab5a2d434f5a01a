import { civilDateOf } from '#domain/civil-date.ts';
import type { Command } from '#keymap/command.ts';
import { noteHistory, type NoteChange } from '#services/notes/history.ts';
import { FIELD_LABELS, type NoteField, type NoteRow } from '#services/notes/rows.ts';
import { deleteNote, restoreNote } from '#services/notes/write.ts';
import { listCommands } from '#ui/table/commands.ts';
import { wrap } from '#ui/width.ts';
import type { TabContext } from '../../tab.ts';
import { showAttachments } from './attachments.ts';
import { addForm, editForm } from './form.ts';
import { notesLayout, notesLens } from './lens.ts';
import { loadNotes, revealNote } from './load.ts';
import { type NotesState, selectedNote, textTop, whose } from './model.ts';
import { noteFacts, noteLines } from './text.ts';
import { deleted } from './undo.ts';

type Ctx = TabContext<NotesState>;

const some = (ctx: Ctx): true | string => (selectedNote(ctx.get()) ? true : 'There is no note here.');

async function add(ctx: Ctx): Promise<void> {
  const receipt = await ctx.form(await addForm(ctx));
  if (receipt === null) return;
  await loadNotes(ctx);
  revealNote(ctx, receipt.noteId);
  ctx.toast('Note added.', 'good');
}

async function edit(ctx: Ctx): Promise<void> {
  const note = selectedNote(ctx.get());
  if (note === undefined) return;
  const receipt = await ctx.form(await editForm(ctx, note));
  if (receipt === null) return;
  await loadNotes(ctx);
  if (receipt.noteId !== note.id) revealNote(ctx, receipt.noteId);
  if (receipt.version !== note.version) ctx.toast('Note saved; what it said before is kept.', 'good');
  else if ((selectedNote(ctx.get())?.attachments.length ?? 0) > note.attachments.length) {
    ctx.toast('The file is attached.', 'good');
  }
}

/** Forms of the tab that may have been left with something typed. */
export const notesForms = {
  'note.add': async (ctx: Ctx): Promise<boolean> => {
    await add(ctx);
    return true;
  },
  'note.edit': async (ctx: Ctx, noteId: number | null): Promise<boolean> => {
    if (noteId === null || !ctx.get().rows.some((note) => note.id === noteId)) return false;
    revealNote(ctx, noteId);
    await edit(ctx);
    return true;
  },
};

async function remove(ctx: Ctx): Promise<void> {
  const note = selectedNote(ctx.get());
  if (note === undefined) return;
  const sure = await ctx.confirm({
    title: 'Delete this note?',
    lines: [note.subject, noteFacts(note), 'It leaves every list; the audit trail keeps it.'],
    action: 'Delete note',
  });
  if (!sure) return;
  deleted(ctx, note, await ctx.call(deleteNote, { noteId: note.id, version: note.version }));
  await loadNotes(ctx);
  ctx.toast('Note deleted. u brings it back.', 'good');
}

async function bringBack(ctx: Ctx): Promise<void> {
  const last = ctx.get().removed.at(-1);
  if (last === undefined) return;
  await ctx.call(restoreNote, { noteId: last.noteId, version: last.version });
  ctx.undo.forget(last.undo);
  ctx.set({ removed: ctx.get().removed.slice(0, -1) });
  await loadNotes(ctx);
  revealNote(ctx, last.noteId);
  ctx.toast(`Brought back: ${last.subject}`, 'good');
}

/** Lines of the note that find no room below the list. */
function hiddenLines(ctx: Ctx): number {
  const size = ctx.size();
  const lines = noteLines(selectedNote(ctx.get()), size.columns - 2);
  return Math.max(0, lines.length - notesLayout(size, ctx.get()).text);
}

const scrolls = (ctx: Ctx): true | string => (hiddenLines(ctx) > 0 ? true : 'All of the note is shown.');

function scroll(ctx: Ctx, by: 1 | -1): void {
  const note = selectedNote(ctx.get());
  if (note === undefined) return;
  const last = hiddenLines(ctx);
  ctx.set({ text: { noteId: note.id, top: Math.max(0, Math.min(last, textTop(ctx.get(), note) + by)) } });
}

/** The versions of a note as lines to read, the newest change first. */
export function historyLines(
  history: { readonly createdAt: number; readonly createdBy: string; readonly changes: readonly NoteChange[] },
  width: number,
): string[] {
  const when = (at: number): string => `${civilDateOf(at)} ${new Date(at).toTimeString().slice(0, 5)}`;
  const value = (field: string, raw: unknown): string => {
    if (raw === null || raw === '') return 'nothing';
    if (field === 'messageCenter' || field === 'paymentCenter') return raw === 1 ? 'yes' : 'no';
    return String(raw);
  };
  const change = ({ at, by, changes }: NoteChange): string[] => [
    `${when(at)}  ${by}`,
    ...Object.entries(changes).flatMap(([field, [before, after]]) => {
      if (field === 'removedAt') return [after === null ? '  brought back' : '  deleted'];
      const label = FIELD_LABELS[field as NoteField];
      return wrap(`${label}: ${value(field, before)}  ->  ${value(field, after)}`, width - 2).map(
        (line) => `  ${line}`,
      );
    }),
    '',
  ];
  return [
    ...history.changes.toReversed().flatMap(change),
    `${when(history.createdAt)}  ${history.createdBy}`,
    '  written',
  ];
}

async function showHistory(ctx: Ctx): Promise<void> {
  const note = selectedNote(ctx.get());
  if (note === undefined) return;
  const history = await ctx.call(noteHistory, { noteId: note.id });
  await ctx.show(`Versions of: ${note.subject}`, historyLines(history, Math.min(76, ctx.size().columns - 8)));
}

const whole = (ctx: Ctx, note: NoteRow): Promise<void> =>
  ctx.show(note.subject, [noteFacts(note), '', ...noteLines(note, Math.min(76, ctx.size().columns - 8))]);

/** Commands of the Notes tab. */
export const notesCommands: readonly Command<Ctx>[] = [
  {
    id: 'notes.add',
    title: 'Add note',
    group: 'record',
    keys: ['n', 'a', 'f6'],
    hint: 'Add',
    footer: 60,
    permission: 'notes.edit',
    background: true,
    when: (ctx) => (whose(ctx.params) ? true : 'There is nobody to write about.'),
    run: add,
  },
  {
    id: 'notes.edit',
    title: 'Edit note',
    group: 'record',
    keys: ['enter', 'e'],
    hint: 'Edit',
    footer: 55,
    permission: 'notes.edit',
    background: true,
    when: some,
    run: edit,
  },
  {
    id: 'notes.delete',
    title: 'Delete note',
    group: 'record',
    keys: ['delete', 'd', 'D'],
    permission: 'notes.edit',
    background: true,
    when: some,
    run: remove,
  },
  {
    id: 'notes.restore',
    title: 'Bring back the note deleted last',
    group: 'record',
    keys: ['u'],
    permission: 'notes.edit',
    when: (ctx) => (ctx.get().removed.length > 0 ? true : 'No note was deleted here.'),
    run: bringBack,
  },
  {
    id: 'notes.versions',
    title: 'Show the versions of the note',
    group: 'record',
    keys: ['H'],
    hint: 'Versions',
    footer: 45,
    background: true,
    when: some,
    run: showHistory,
  },
  {
    id: 'notes.whole',
    title: 'Read the whole note',
    group: 'record',
    keys: ['z'],
    background: true,
    when: some,
    run: async (ctx) => {
      const note = selectedNote(ctx.get());
      if (note) await whole(ctx, note);
    },
  },
  {
    id: 'notes.attachments',
    title: 'Attachments of the note: add, open, edit, delete',
    group: 'record',
    keys: ['t'],
    hint: 'Attachments',
    footer: 44,
    permission: 'documents.read',
    background: true,
    when: some,
    run: async (ctx) => {
      const note = selectedNote(ctx.get());
      if (!note) return;
      await showAttachments(ctx, note);
      await loadNotes(ctx);
    },
  },
  {
    id: 'notes.textDown',
    title: 'Scroll the note down',
    group: 'list',
    keys: ['J', 'shift+down'],
    hint: 'Scroll',
    footer: 25,
    when: scrolls,
    run: (ctx) => scroll(ctx, 1),
  },
  {
    id: 'notes.textUp',
    title: 'Scroll the note up',
    group: 'list',
    keys: ['K', 'shift+up'],
    when: scrolls,
    run: (ctx) => scroll(ctx, -1),
  },
  ...listCommands(notesLens),
];
