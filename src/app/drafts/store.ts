import type { JsonValue } from '#services/drafts/drafts.ts';
import type { Call } from '#services/operation.ts';
import { type DraftPlace, Drafts, type DraftStore } from './drafts.ts';
import type { Entry, Navigation } from '../shell/navigation.ts';
import type { Shell } from '../shell/shell.ts';

/** The drafts of whom `call` works for; what cannot be kept is told to the log alone. */
export const draftsFor = ({ navigation, options: { timers, outside } }: Shell, call: Call): Drafts =>
  new Drafts(draftStore(call, navigation), timers, (error) =>
    outside.log('draft.failed', { error: error instanceof Error ? error.name : '' }),
  );

/** Drafts kept in the database, for the user on whose behalf `call` works. */
function draftStore(call: Call, navigation: Navigation): DraftStore {
  const operations = () => import('#services/drafts/drafts.ts');
  return {
    find: async (key) => {
      const drafts = await call((await operations()).listDrafts, { form: key.form });
      return drafts.find((draft) => draft.subjectId === key.subjectId) ?? null;
    },
    save: async (key, kept, place) => call((await operations()).saveDraft, { ...key, ...kept, place }),
    discard: async (key) => call((await operations()).discardDraft, key),
    place: () => (navigation.top ? placeOf(navigation.top) : null),
  };
}

/** An open screen, so that it can be opened again. */
export function placeOf({ definition, params, store }: Entry): DraftPlace {
  const recalled = definition.recall?.(store.getState()) ?? null;
  return {
    screenId: definition.id,
    params: JSON.parse(JSON.stringify((recalled ? recalled.params : params) ?? null)) as JsonValue,
    label: recalled?.label ?? definition.title,
  };
}
