import { noticesProblem, NOTICES, type Notices } from '#domain/contact.ts';
import { takesDate } from '#ui/form/check.ts';
import type { FormField } from '#ui/form/definition.ts';
import { currentField, moveFocus, newForm, onLastField, setCurrent } from '#ui/form/model.ts';
import { addContact, addItem, bringBack, deletedContacts, dropContact, dropItem, onePrimary } from './change.ts';
import { changed, type Ctx } from './changed.ts';
import { factsOf, isNew, itemsOf, type Kind, withoutBlanks } from './edit.ts';
import { nameOf, ONE_OF, type Part, PARTS } from './fields.ts';
import { readSaved } from './load.ts';
import { type ContactsState, draftOf, isDirty, refitted, selected, selecting, valuesIn, withValues } from './model.ts';

/** A blank contact, selected, its fields open. */
export function add(ctx: Ctx): void {
  const { values, key } = addContact(valuesIn(ctx.get()));
  const next = selecting(withValues({ ...ctx.get(), part: 'general' }, values), key);
  changed(ctx, { ...refitted(next, `${key}.type`), pane: 'fields' });
}

/** Takes the selected contact away without asking; it is final only when it is saved. */
export function remove(ctx: Ctx): void {
  const line = selected(ctx.get());
  if (!line) return;
  const values = dropContact(valuesIn(ctx.get()), line.key);
  changed(ctx, withValues(ctx.get(), values));
  const told = isNew(line.key) ? 'Taken away again' : 'Deleted, final when saved';
  const comesBack = values[`${line.key}.kept`] !== undefined;
  ctx.toast(comesBack ? `${told}: ${line.name}. u brings it back.` : `${told}.`, 'info');
}

/** The contact deleted last, as long as that is not saved. */
export function restore(ctx: Ctx): void {
  const key = deletedContacts(valuesIn(ctx.get())).at(-1);
  if (key === undefined) return;
  const values = bringBack(valuesIn(ctx.get()), key);
  changed(ctx, selecting(withValues(ctx.get(), values), key));
  ctx.toast(`Brought back: ${nameOf(values, key)}`, 'good');
}

/** The first field below type and notices, or the first of these where the part has none. */
const firstOf = ({ form }: ContactsState): string | undefined => (form.fields[2] ?? form.fields[0])?.name;

/** Opens a part of the contact; in an empty one a blank line to type in is ready. */
export function openPart(ctx: Ctx, part: Part): void {
  const state = ctx.get();
  const line = selected(state);
  const inFields = state.pane === 'fields';
  const settled = { ...state, form: inFields ? moveFocus(moveFocus(state.form, 1), -1) : state.form, part };
  const kind = part === 'general' ? null : part;
  if (!line || !inFields || kind === null || itemsOf(valuesIn(settled), line.key, kind).length > 0) {
    const next = refitted(settled);
    return ctx.set(refitted(next, firstOf(next)));
  }
  addOne(ctx, settled, kind);
}

export function stepPart(ctx: Ctx, by: 1 | -1): void {
  const at = PARTS.indexOf(ctx.get().part);
  openPart(ctx, PARTS[(at + by + PARTS.length) % PARTS.length]!);
}

function addOne(ctx: Ctx, state: ContactsState, kind: Kind): void {
  const contact = selected(state)!.key;
  const type = state.codes[kind].find(({ active }) => active === 1)?.code ?? '';
  // One that is still blank gives way to the new one.
  const { values, key } = addItem(withoutBlanks(valuesIn(state)), contact, { kind, type });
  const next = withValues(state, values);
  changed(ctx, { ...refitted(next, `${contact}.${kind}.${key}.type`), pane: 'fields' });
}

/** Another address, e-mail or phone of the selected contact; from General an address. */
export function addItemHere(ctx: Ctx): void {
  const state = ctx.get();
  if (!selected(state)) return;
  const part = state.part === 'general' ? 'addresses' : state.part;
  addOne(ctx, { ...state, part }, part);
}

/** Of which address, e-mail or phone the field in focus is; null in the fields above them. */
export function itemInFocus(state: ContactsState): { readonly kind: Kind; readonly key: string } | null {
  const [, kind, key, field] = currentField(state.form)?.name.split('.') ?? [];
  return field === undefined ? null : { kind: kind as Kind, key: key! };
}

/** Takes the address, e-mail or phone with the cursor away; final when it is saved. */
export function removeItem(ctx: Ctx): void {
  const state = ctx.get();
  const line = selected(state);
  const item = itemInFocus(state);
  if (!line || !item) return;
  const before = valuesIn(state);
  const values = dropItem(before, line.key, item);
  const next = withValues(state, values);
  changed(ctx, refitted(next, firstOf(next)));
  const noMore = before[`${line.key}.notices`] !== values[`${line.key}.notices`];
  const told = `That was the last ${ONE_OF[item.kind]}: ${line.name} gets no more notices that way.`;
  ctx.toast(noMore ? told : `Deleted, final when saved: the ${ONE_OF[item.kind]}.`, noMore ? 'warning' : 'info');
}

/** Sets how the contact gets duplicates, or says what that needs. */
export function setNotices(ctx: Ctx, notices: Notices): void {
  const state = ctx.get();
  const line = selected(state);
  if (!line) return;
  const problem = noticesProblem(notices, factsOf(valuesIn(state), line.key));
  if (problem) return ctx.toast(problem, 'warning');
  changed(ctx, { ...state, form: setCurrent(state.form, notices) });
}

/** The next way of getting notices that is possible. */
export function stepNotices(ctx: Ctx, by: 1 | -1): void {
  const state = ctx.get();
  const line = selected(state);
  if (!line) return;
  const facts = factsOf(valuesIn(state), line.key);
  const possible = NOTICES.filter((way) => noticesProblem(way, facts) === null);
  if (possible.length === 1) {
    return ctx.toast('Notices by mail need an address, by e-mail an e-mail address: enter one first.', 'warning');
  }
  const at = possible.indexOf(facts.notices);
  setNotices(ctx, possible[(at + by + possible.length) % possible.length]!);
}

/** To another field; past the last one of a part comes the next part, past the last of all the list. */
export function move(ctx: Ctx, step: 1 | -1, onwards = false): void {
  const state = ctx.get();
  if (onwards && onLastField(state.form)) {
    const settled = { ...state, form: moveFocus(state.form, 1) };
    if (state.part === PARTS.at(-1)) return changed(ctx, { ...refitted(settled), pane: 'list' });
    ctx.set(settled);
    return stepPart(ctx, 1);
  }
  // What was left may decide what other fields take: the country its states.
  changed(ctx, refitted({ ...state, form: moveFocus(state.form, step) }));
}

/** From the fields to the list. */
export function toList(ctx: Ctx): void {
  const { form } = ctx.get();
  const focus = currentField(form)?.name;
  changed(ctx, { ...refitted({ ...ctx.get(), form: moveFocus(form, 1) }, focus), pane: 'list' });
}

/** A form with something typed: one of the primary flags turns the others off. */
export function typed(ctx: Ctx, form: ContactsState['form']): void {
  const state = ctx.get();
  const field = currentField(form);
  const next = { ...state, form };
  if (field?.name.endsWith('.primary') && form.values[field.name] === true) {
    return changed(ctx, withValues(next, onePrimary(form.values, field.name)));
  }
  changed(ctx, next);
}

/** No code begins with a control character. */
const ADD_NEW = '\u0001add';

/** Offers the values of a coded field; the one taken goes in, and the cursor on. */
export async function pick(ctx: Ctx): Promise<void> {
  const field = currentField(ctx.get().form);
  if (!field) return;
  if (takesDate(field)) return pickDay(ctx, field);
  const { addingCode, addCode } = await import('./add-code.ts');
  const listed = (field.choices ?? []).map((choice) => ({ ...choice, detail: choice.detail || choice.value }));
  const more = addingCode(ctx) ? [{ value: ADD_NEW, label: '+ Add new', detail: '' }] : [];
  const value = await ctx.choose(field.label, [...listed, ...more]);
  if (value === null) return;
  if (value === ADD_NEW) return addCode(ctx);
  if (field.name.endsWith('.notices')) return setNotices(ctx, value as Notices);
  const { form } = ctx.get();
  changed(ctx, refitted({ ...ctx.get(), form: moveFocus(setCurrent(form, value), 1) }));
}

/** A calendar, which does not tell what is typed. */
async function pickDay(ctx: Ctx, { label }: FormField): Promise<void> {
  const day = await ctx.pickDay({ title: label, today: ctx.get().today, picked: null });
  if (day !== null) changed(ctx, { ...ctx.get(), form: moveFocus(setCurrent(ctx.get().form, day), 1) });
}

/** Back to what is saved; asks when something would be lost. */
export async function refresh(ctx: Ctx): Promise<void> {
  if (isDirty(ctx.get())) {
    const sure = await ctx.confirm({
      title: 'Go back to what is saved?',
      lines: ['What was changed in the contacts and not saved is lost.'],
      action: 'Go back',
    });
    if (!sure) return;
  }
  await revert(ctx);
  ctx.toast('As it is saved.', 'info');
}

/** The contacts as they are saved now, whatever was typed. */
export async function revert(ctx: Ctx): Promise<void> {
  ctx.typed.discard(draftOf(ctx.params));
  const fresh = await readSaved(ctx);
  const state = ctx.get();
  const form = { ...newForm([], fresh.saved, ctx.today), fields: state.form.fields, focus: state.form.focus };
  ctx.set(refitted({ ...state, ...fresh, form, pane: 'list' }));
  await ctx.reload();
}
