import type { Call } from '#services/operation.ts';
import type { DraftPlace, DraftStore } from './drafts.ts';
import type { Navigation } from './navigation.ts';

/** Drafts kept in the database, for the user on whose behalf `call` works. */
export function draftStore(call: Call, navigation: Navigation): DraftStore {
  const operations = () => import('#services/drafts/drafts.ts');
  return {
    find: async (key) => {
      const drafts = await call((await operations()).listDrafts, { form: key.form });
      return drafts.find((draft) => draft.subjectId === key.subjectId) ?? null;
    },
    save: async (key, kept, place) => call((await operations()).saveDraft, { ...key, ...kept, place }),
    discard: async (key) => call((await operations()).discardDraft, key),
    place: () => placeOf(navigation),
  };
}

function placeOf({ top }: Navigation): DraftPlace | null {
  if (!top) return null;
  const { definition, params, store } = top;
  const recalled = definition.recall?.(store.getState()) ?? null;
  return {
    screenId: definition.id,
    params: JSON.stringify((recalled ? recalled.params : params) ?? null),
    label: recalled?.label ?? definition.title,
  };
}
