import { type ContactsSaved, saveContacts } from '#services/contacts/save.ts';
import { Failure } from '#services/failure.ts';
import { takingBack, type UndoKeeper } from '#ui/undo.ts';
import type { TabContext } from '../../tab.ts';
import { deletedContacts } from './change.ts';
import { factsOf, sendable } from './edit.ts';
import { nameOf } from './fields.ts';
import { type ContactsState, isDirty, valuesIn, whose } from './model.ts';

type Kept = ContactsSaved['contacts'][number];

/**
 * Where changes that were taken back have left contacts, by what they were before: another version,
 * and after a deletion another contact. Changes before them stand on these.
 */
const moves = new WeakMap<UndoKeeper, Map<string, Kept>>();

const keyOf = ({ id, version }: Kept): string => `${id}@${version}`;

/** A contact as it is now, seen what was taken back since. */
function nowOf(moved: ReadonlyMap<string, Kept>, kept: Kept): Kept {
  const next = moved.get(keyOf(kept));
  return next ? nowOf(moved, next) : kept;
}

/** A contact as it was saved before. */
function before(state: ContactsState, key: string) {
  return { kept: { id: Number(key), version: state.versions[key]! }, facts: factsOf(state.saved, key) };
}

/** Whose sealed numbers went with the contact, in a sentence. */
function lostWith(state: ContactsState, gone: readonly string[]): string | undefined {
  const names = gone
    .filter((key) => state.numbers[key]?.some(({ masked }) => masked !== null))
    .map((key) => nameOf(state.saved, key));
  return names.length === 0 ? undefined : `Sealed numbers do not come back: ${names.join('; ')}.`;
}

/** `1 added, 2 changed`; empty where nothing was. */
export const counted = ({ added, changed, deleted }: ContactsSaved): string =>
  [
    [added, 'added'],
    [changed, 'changed'],
    [deleted, 'deleted'],
  ]
    .flatMap(([many, what]) => (many === 0 ? [] : `${many} ${what}`))
    .join(', ');

/** What was saved: the contacts that were sent, and how many sensitive numbers were sealed with each. */
interface Sent {
  readonly keys: readonly string[];
  readonly saved: ContactsSaved;
  readonly sealed: readonly number[];
}

/**
 * Keeps what was saved, to be taken back as a whole: what was changed, added and deleted. The state
 * stays in memory with it, and must hold no typed number.
 */
export function keepUndo(ctx: TabContext<ContactsState>, state: ContactsState, { keys, saved, sealed }: Sent): void {
  const moved = moves.get(ctx.undo) ?? new Map<string, Kept>();
  moves.set(ctx.undo, moved);
  const isThere = (key: string): boolean => state.versions[key] !== undefined;
  const sent = keys.map((key, at) => ({ key, made: saved.contacts[at]!, sealed: sealed[at]! }));
  const changed = sent.filter(({ key }) => isThere(key)).map((one) => ({ ...before(state, one.key), made: one.made }));
  const added = sent.filter(({ key }) => !isThere(key));
  const gone = deletedContacts(valuesIn(state)).filter(isThere);
  const deleted = gone.map((key) => before(state, key));
  if (changed.length + added.length + deleted.length === 0) return;
  const back = takingBack(
    'contacts',
    0,
    async (_, how) => {
      if (isDirty(ctx.get())) {
        throw new Failure('busy', 'Contacts were changed and not saved: F9 saves them, F5 goes back to what is saved.');
      }
      const set = {
        ...whose(ctx.params),
        contacts: [
          ...changed.map(({ facts, made }) => sendable(facts, nowOf(moved, made))),
          ...deleted.map(({ facts }) => sendable(facts, null)),
        ],
        deleted: added.map(({ made, sealed: many }) => ({ ...nowOf(moved, made), sealed: many })),
      };
      const { contacts } = await ctx.call(saveContacts, set, how);
      for (const [at, { kept }] of [...changed, ...deleted].entries()) moved.set(keyOf(kept), contacts[at]!);
      return {};
    },
    { lost: lostWith(state, gone) },
  );
  ctx.undo.add({ title: `Contacts: ${counted(saved)}`, from: 0, ...back });
}
