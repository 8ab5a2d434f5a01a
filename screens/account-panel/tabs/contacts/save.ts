import type { NumberedContactSet } from '#services/contacts/input.ts';
import { saveNumberedContacts } from '#services/contacts/numbered.ts';
import { contactDetails } from '#services/contacts/read.ts';
import { type ContactsSaved, saveContacts } from '#services/contacts/save.ts';
import { Failure } from '#services/failure.ts';
import { checkForm } from '#ui/form/model.ts';
import { triedAgain } from '#ui/tried.ts';
import type { TabContext } from '../../tab.ts';
import { contactChanged, contactsOf, factsOf, itemsOf, type Kind, KINDS, sendable, savable } from './edit.ts';
import { deletedContacts } from './change.ts';
import { PARTS } from './fields.ts';
import { loadContacts, readSaved } from './load.ts';
import { differencesOf, merged } from './merge.ts';
import { numbersSent, sealedOf, withoutNumbers } from './typed-numbers.ts';
import { counted, keepUndo } from './undo.ts';
import { type ContactsState, draftOf, refitted, selecting, valuesIn, whose, withValues } from './model.ts';

type Ctx = TabContext<ContactsState>;

/** What is sent: each changed contact whole; what is gone meanwhile and is to be kept, as new. */
function payload(state: ContactsState) {
  const values = valuesIn(state);
  const keys = contactsOf(values).filter((key) => contactChanged(values, state.saved, key));
  const contacts = keys.map((key) => {
    const version = state.versions[key];
    return sendable(factsOf(values, key), version === undefined ? null : { id: Number(key), version });
  });
  const deleted = deletedContacts(values).flatMap((key) => {
    const version = state.versions[key];
    return version === undefined ? [] : [{ id: Number(key), version }];
  });
  return { keys, contacts, deleted };
}

/** Messages by the path that was sent, as messages at the fields of the tab. */
function errorsAt(state: ContactsState, keys: readonly string[], fields: Readonly<Record<string, string>>) {
  const values = valuesIn(state);
  return Object.fromEntries(
    Object.entries(fields).flatMap(([path, words]): [string, string][] => {
      const [set, at, ...rest] = path.split('.');
      const key = keys[Number(at)];
      if (set !== 'contacts' || key === undefined) return [];
      const [kind, item, field] = rest;
      if (!KINDS.includes(kind as Kind)) return [[`${key}.${rest.join('.')}`, words]];
      return [[`${key}.${kind}.${itemsOf(values, key, kind as Kind)[Number(item)]}.${field}`, words]];
    }),
  );
}

/** Shows messages at their fields, the cursor at the first. */
function showErrors(state: ContactsState, errors: Readonly<Record<string, string>>): ContactsState {
  const shown = { ...state, form: { ...state.form, errors } };
  const [path] = Object.keys(errors);
  if (path === undefined) return shown;
  const [key, kind] = path.split('.') as [string, string];
  const part = PARTS.find((one) => one === kind) ?? (path.endsWith('.type') ? state.part : 'general');
  return { ...refitted({ ...selecting(shown, key), part }, path), pane: 'fields' };
}

/** Saves all contacts, or nothing; true when it is saved. What is refused is said at its field. */
export async function saveAll(ctx: Ctx): Promise<boolean> {
  if (ctx.get().saving) return false;
  const bare = withValues(ctx.get(), savable(valuesIn(ctx.get())));
  const { state: form, valid } = checkForm(bare.form);
  ctx.set({ ...bare, form: { ...form, errors: valid ? {} : form.errors } });
  if (!valid) {
    ctx.set({ pane: 'fields' });
    ctx.toast(Object.values(form.errors)[0]!, 'warning');
    return false;
  }
  ctx.set({ saving: true });
  try {
    return await sending(ctx);
  } finally {
    ctx.set({ saving: false });
  }
}

function keyFor(ctx: Ctx, sent: unknown): string {
  const tried = triedAgain(ctx.get().tried, JSON.stringify(sent));
  ctx.set({ tried });
  return tried.key;
}

async function sending(ctx: Ctx): Promise<boolean> {
  for (;;) {
    const state = ctx.get();
    const { keys, contacts, deleted } = payload(state);
    try {
      const numbers = numbersSent(valuesIn(state), keys);
      const saved = await sent(ctx, { ...whose(ctx.params), contacts, deleted }, numbers);
      // What is kept to be taken back lives as long as the session: no number is to live with it.
      const bare = { ...state, form: { ...state.form, values: withoutNumbers(valuesIn(state)) } };
      keepUndo(ctx, bare, { keys, saved, sealed: sealedOf(numbers, keys) });
      await afterwards(ctx);
      ctx.toast(`Contacts saved: ${counted(saved) || 'nothing had changed'}.`, 'good');
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.code !== 'conflict') {
        ctx.set(showErrors(ctx.get(), errorsAt(ctx.get(), keys, error.fields)));
        ctx.toast(error.message, 'warning');
        return false;
      }
      if (!(await reconciled(ctx, error))) return false;
    }
  }
}

type Sent = Parameters<typeof saveContacts.run>[1];

/** What holds sensitive numbers goes by a way on which nothing is kept of it but the key to repeat it by. */
function sent(ctx: Ctx, set: Sent, numbers: NumberedContactSet['numbers']): Promise<ContactsSaved> {
  const idempotencyKey = keyFor(ctx, [set.contacts, set.deleted, numbers]);
  if (numbers.length > 0) return ctx.call(saveNumberedContacts, { ...set, numbers }, { idempotencyKey });
  return ctx.call(saveContacts, set, { idempotencyKey });
}

/** What was typed is what is saved now. */
async function afterwards(ctx: Ctx): Promise<void> {
  ctx.typed.discard(draftOf(ctx.params));
  const state = ctx.get();
  const values = withoutNumbers(valuesIn(state));
  ctx.set({ saved: values, form: { ...state.form, values }, tried: null, pane: 'list' });
  await loadContacts(ctx);
  await ctx.reload();
}

/** Who changed one of the contacts that moved on; nobody knows of those that are gone. */
async function changedBy(ctx: Ctx, theirs: ContactsState['versions']): Promise<string> {
  const { versions } = ctx.get();
  const moved = Object.keys(theirs).find((key) => versions[key] !== undefined && versions[key] !== theirs[key]);
  if (moved === undefined) return 'somebody';
  try {
    return (await ctx.call(contactDetails, { contactId: Number(moved) })).changedBy;
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_found') return 'somebody';
    throw error;
  }
}

type Versions = ContactsState['versions'];

const sameVersions = (a: Versions, b: Versions): boolean =>
  Object.keys({ ...a, ...b }).every((key) => a[key] === b[key]);

/** Compares with what is saved now and lets the operator decide field by field; false when left. */
async function reconciled(ctx: Ctx, refused: Failure): Promise<boolean> {
  const present = await readSaved(ctx);
  const state = ctx.get();
  if (sameVersions(present.versions, state.versions)) throw refused;
  const found = differencesOf(state, present.saved);
  const by = await changedBy(ctx, present.versions);
  const facts = { title: `Contacts: changed by ${by}`, by, when: '', differences: found.differences };
  const decided = found.differences.length === 0 ? [] : await ctx.resolve(facts, () => Promise.resolve(null));
  if (decided === null) {
    ctx.toast(`Not saved: ${by} changed contacts meanwhile. F9 shows what.`, 'warning');
    return false;
  }
  const values = merged(state, found.theirs, decided);
  ctx.set(withValues({ ...state, saved: found.theirs, versions: present.versions }, values));
  return true;
}
