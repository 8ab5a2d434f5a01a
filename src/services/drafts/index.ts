import { discardDraft, listDrafts, saveDraft } from './drafts.ts';

export const draftOperations = [listDrafts, saveDraft, discardDraft] as const;
