import { may } from '#services/actor.ts';
import { listCodeValues } from '#services/code-tables/values.ts';
import { contactNumbers } from '#services/contacts/numbers.ts';
import { listContacts } from '#services/contacts/read.ts';
import type { FormValues } from '#ui/form/definition.ts';
import type { TypedWork } from '#ui/screen.ts';
import { newForm } from '#ui/form/model.ts';
import type { TabContext } from '../../tab.ts';
import { contactsOf, isNew, valuesOf, versionsOf, savable } from './edit.ts';
import { type ContactCodes, nameOf } from './fields.ts';
import { withoutNumbers } from './typed-numbers.ts';
import {
  type ContactsState,
  draftOf,
  isDirty,
  linesOf,
  newContacts,
  refitted,
  selected,
  selecting,
  whose,
} from './model.ts';

type Ctx = TabContext<ContactsState>;

/** Values of the code tables that contacts use. */
export async function codesOf({ call, actor }: Ctx): Promise<ContactCodes> {
  const values = (table: string) => call(listCodeValues, { table, all: true });
  return {
    types: await values('contact_type'),
    addresses: await values('address_type'),
    emails: await values('email_type'),
    phones: await values('phone_type'),
    numbers: may(actor, 'sensitive.edit'),
  };
}

/** Contacts as they are saved now. */
export async function readSaved(ctx: Ctx): Promise<Pick<ContactsState, 'saved' | 'versions'>> {
  const rows = await ctx.call(listContacts, whose(ctx.params));
  return { saved: valuesOf(rows), versions: versionsOf(rows) };
}

/** The contacts' sensitive numbers, masked. */
export async function readNumbers(ctx: Ctx): Promise<Pick<ContactsState, 'numbers'>> {
  const all = await ctx.call(contactNumbers, whose(ctx.params));
  return { numbers: Object.fromEntries(all.map(({ contactId, lines }) => [String(contactId), lines])) };
}

const subjectKey = ({ params }: Ctx): string => JSON.stringify(draftOf(params));

/**
 * Fetches the contacts. What is typed and not saved stays, over what it was made from: another
 * operator's change is met on saving. The first time a draft left behind is taken up.
 */
export async function loadContacts(ctx: Ctx): Promise<void> {
  const subject = subjectKey(ctx);
  const known = ctx.get().subject === subject;
  const codes = known ? ctx.get().codes : await codesOf(ctx);
  const fresh = { ...(await readSaved(ctx)), ...(await readNumbers(ctx)) };
  const draft = known ? null : await ctx.typed.find(draftOf(ctx.params));
  const state = ctx.get();
  if (state.subject === subject && isDirty(state)) return;
  const begun = state.subject === subject ? state : { ...newContacts(), subject, codes, today: ctx.today };
  const over = { ...begun, ...fresh, loaded: true };
  ctx.set(keeping(begun, { ...over, form: { ...newForm([], fresh.saved, ctx.today), fields: begun.form.fields } }));
  if (draft === null) return;
  ctx.set(takenUp(ctx.get(), draft));
  ctx.tell('Contacts typed before are taken up again. F5 goes back to what is saved.');
}

/** The cursor stays on its contact, whatever came or went; of one that was new it is known by its name. */
function keeping(before: ContactsState, next: ContactsState): ContactsState {
  const was = before.loaded ? selected(before) : undefined;
  const field = before.form.fields[before.form.focus]?.name;
  if (was === undefined) return refitted(next, field);
  const { values } = next.form;
  const key = isNew(was.key) ? contactsOf(values).find((one) => nameOf(values, one) === was.name) : was.key;
  return refitted(selecting({ ...next, list: before.list }, key ?? ''), field);
}

/** Typed before on top of what it was made from, which may be older than what is saved now. */
function takenUp(state: ContactsState, { values, opened }: Pick<TypedWork, 'values' | 'opened'>): ContactsState {
  const base = opened ? opened.values : {};
  const versions = Object.entries(base).flatMap(([path, value]): [string, number][] =>
    path.endsWith('.version') ? [[path.slice(0, -'.version'.length), Number(value)]] : [],
  );
  const saved: FormValues = Object.fromEntries(Object.entries(base).filter(([path]) => !path.endsWith('.version')));
  const typed = { ...state, saved, versions: Object.fromEntries(versions), form: { ...state.form, values } };
  const fresh = Object.keys(values).find((path) => isNew(path));
  return fresh === undefined ? refitted(typed) : selecting(typed, fresh.split('.')[0]!);
}

/** Lines, and characters of each, that a draft keeps for reading. */
const MOST_WORDS = 100;
const LONGEST_WORDS = 300;

/** What is typed, as a draft keeps it: with what it was made from, and the versions. */
export function workOf(state: ContactsState): TypedWork {
  const versions = Object.entries(state.versions).map(([key, version]) => [`${key}.version`, String(version)]);
  return {
    title: 'Contacts',
    words: linesOf(state)
      .slice(0, MOST_WORDS)
      .map(({ name, type, phone, email, address }) =>
        [name, type, phone, email, address].filter(Boolean).join(', ').slice(0, LONGEST_WORDS),
      ),
    values: withoutNumbers(savable(state.form.values)),
    opened: { version: 1, values: { ...withoutNumbers(state.saved), ...Object.fromEntries(versions) } },
  };
}
