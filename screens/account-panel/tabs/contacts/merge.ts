import type { FormField, FormValues } from '#ui/form/definition.ts';
import { compareThree, type Difference, mergedValues } from '#ui/form/merge.ts';
import { withTheirDeletions } from './change.ts';
import { allContacts, type Kind, KINDS, savable } from './edit.ts';
import { headFields, nameOf, partFields } from './fields.ts';
import { type ContactsState, valuesIn } from './model.ts';

const SHORT: Readonly<Record<Kind, string>> = { addresses: 'Address', emails: 'E-mail', phones: 'Phone' };

const isThere = (name: string, label: string): FormField => ({ name, label, kind: 'flag' });

/** Every field of every contact that either side knows, named so that it is told from the others'. */
function allFields(state: ContactsState, mine: FormValues, theirs: FormValues): FormField[] {
  const both = { ...theirs, ...mine };
  return allContacts(both).flatMap((contact): FormField[] => {
    const name = nameOf(mine[`${contact}.kept`] === undefined ? theirs : mine, contact);
    const kept = Object.fromEntries(Object.keys(both).map((path) => [path, path.endsWith('.kept') || both[path]!]));
    const named = (field: FormField, what = ''): FormField => ({
      ...field,
      label: `${what}${field.label} (${name})`,
      enabled: undefined,
    });
    const items = KINDS.flatMap((kind) => itemFields(kept, contact, kind, state, named));
    return [
      isThere(`${contact}.kept`, `Is there (${name})`),
      ...headFields(kept, contact, state.codes).map((field) => named(field)),
      ...partFields(kept, contact, 'general', state.codes).map((field) => named(field)),
      ...items,
    ];
  });
}

function itemFields(
  values: FormValues,
  contact: string,
  kind: Kind,
  state: ContactsState,
  named: (field: FormField, what: string) => FormField,
): FormField[] {
  const fields = partFields(values, contact, kind, state.codes);
  const begins = fields.filter(({ name }) => name.endsWith('.type'));
  const places = begins.map(({ name }) => name.slice(0, -'.type'.length));
  return fields.flatMap((field) => {
    const at = places.findIndex((place) => field.name.startsWith(`${place}.`));
    const what = `${SHORT[kind]} ${at + 1} `;
    const one = named(field, what);
    if (!field.name.endsWith('.type')) return [one];
    return [named(isThere(`${places[at]}.kept`, 'is there'), what), one];
  });
}

/**
 * What the two sides changed since. Whoever deleted what the other one edited meanwhile is asked:
 * neither the deletion nor the words go by themselves.
 */
export function differencesOf(
  state: ContactsState,
  present: FormValues,
): { readonly theirs: FormValues; readonly differences: readonly Difference[] } {
  const base = state.saved;
  const mine = savable(valuesIn(state));
  const theirs = withTheirDeletions(base, present);
  const full = { ...theirs, ...mine };
  const found = compareThree(allFields(state, mine, theirs), base, full, { ...mine, ...theirs });
  const differences = found.map((one): Difference => {
    if (!one.field.name.endsWith('.kept')) return one;
    const at = one.field.name.slice(0, -'kept'.length);
    const other = one.side === 'theirs' ? mine : theirs;
    const edited = Object.keys(base).some(
      (path) => path.startsWith(at) && path !== one.field.name && (other[path] ?? '') !== base[path],
    );
    return edited ? { ...one, clash: true, side: null } : one;
  });
  return { theirs, differences };
}

/** What is to be saved on top of theirs. */
export function merged(state: ContactsState, theirs: FormValues, decided: readonly Difference[]): FormValues {
  return mergedValues(savable(valuesIn(state)), theirs, decided);
}
