import { type FormState, newForm } from '#ui/form/model.ts';
import type { FormValues } from '#ui/form/definition.ts';
import { arrange } from '#ui/table/arrange.ts';
import { type ListState, newList } from '#ui/table/model.ts';
import type { Tried } from '#ui/tried.ts';
import { inShort } from '#services/contacts/read.ts';
import type { SensitiveLine } from '#services/secrets/list.ts';
import type { PanelSubject } from '../../tab.ts';
import { contactColumns, type ContactLine } from './columns.ts';
import { contactsOf, factsOf, isChanged } from './edit.ts';
import { type ContactCodes, headFields, nameOf, type Part, partFields } from './fields.ts';

export interface ContactsState {
  /** Whose the contacts are; another subject starts afresh. */
  readonly subject: string;
  readonly loaded: boolean;
  /** Business date, for the fields. */
  readonly today: string;
  readonly codes: ContactCodes;
  /** What is saved, and which version of each contact that was. */
  readonly saved: FormValues;
  readonly versions: Readonly<Record<string, number>>;
  /** Sensitive numbers, masked, by contact. */
  readonly numbers: Readonly<Record<string, readonly SensitiveLine[]>>;
  /** The fields of the selected contact's open part over the values of all contacts. */
  readonly form: FormState;
  readonly list: ListState;
  /** Which side has the keys. */
  readonly pane: 'list' | 'fields';
  readonly part: Part;
  readonly saving: boolean;
  /** What was sent last and perhaps not answered, and the key that it went under. */
  readonly tried: Tried | null;
}

const noCodes: ContactCodes = { types: [], addresses: [], emails: [], phones: [], numbers: false };

export const newContacts = (): ContactsState => ({
  subject: '',
  loaded: false,
  today: '2000-01-01',
  codes: noCodes,
  saved: {},
  versions: {},
  numbers: {},
  form: newForm([], {}, '2000-01-01'),
  list: newList(),
  pane: 'list',
  part: 'general',
  saving: false,
  tried: null,
});

/** Whose contacts the tab shows. */
export const whose = ({ customerId, locationId }: PanelSubject) => ({ customerId, locationId });

/** What a draft of this tab belongs to. */
export const draftOf = ({ accountId, customerId, locationId }: PanelSubject) => ({
  form: 'contacts',
  subjectId: accountId ?? customerId ?? locationId,
});

export const valuesIn = (state: ContactsState): FormValues => state.form.values;

export const isDirty = (state: ContactsState): boolean => state.loaded && isChanged(valuesIn(state), state.saved);

/** The contacts as the list shows them, as they are edited. */
export function linesOf(state: ContactsState): ContactLine[] {
  const values = valuesIn(state);
  return contactsOf(values).map((key) => {
    const facts = factsOf(values, key);
    const type = state.codes.types.find(({ code }) => code === facts.type);
    return {
      key,
      name: nameOf(values, key),
      type: type?.name ?? facts.type,
      notices: { none: '', mail: 'Mail', email: 'Email' }[facts.notices],
      wrong: Object.keys(state.form.errors).some((path) => path.startsWith(`${key}.`)),
      ...inShort(facts),
    };
  });
}

/** The contact with the cursor. */
export function selected(state: ContactsState): ContactLine | undefined {
  const shown = arrange(linesOf(state), contactColumns, state.list);
  return shown[Math.max(0, Math.min(state.list.cursor, shown.length - 1))];
}

/**
 * The state with the form of whatever is selected and open now; the field in focus stays, where it
 * is still there.
 */
export function refitted(state: ContactsState, focusOn?: string): ContactsState {
  const values = valuesIn(state);
  const contact = selected(state)?.key;
  const fields =
    contact === undefined
      ? []
      : [...headFields(values, contact, state.codes), ...partFields(values, contact, state.part, state.codes)];
  const before = state.form.fields[state.form.focus]?.name;
  const wanted = focusOn ?? before;
  const at = fields.findIndex(({ name }) => name === wanted);
  const focus = at >= 0 ? at : Math.min(2, Math.max(0, fields.length - 1));
  const text = values[fields[focus]?.name ?? ''];
  const same = at >= 0 && wanted === before;
  const cursor = same ? state.form.cursor : typeof text === 'string' ? text.length : 0;
  const arrived = same ? state.form.arrived : true;
  const form = { ...state.form, fields, focus, cursor, arrived, today: state.today };
  return { ...state, form, pane: contact === undefined ? 'list' : state.pane };
}

/** The state over other values. */
export const withValues = (state: ContactsState, values: FormValues, focusOn?: string): ContactsState =>
  refitted({ ...state, form: { ...state.form, values } }, focusOn);

/** The state with the cursor of the list on a contact; a filter that hides it is dropped. */
export function selecting(state: ContactsState, key: string): ContactsState {
  const list = { ...state.list, filter: '', filtering: false };
  const cursor = arrange(linesOf(state), contactColumns, list).findIndex((row) => row.key === key);
  return refitted({ ...state, list: cursor < 0 ? list : { ...list, cursor } });
}
