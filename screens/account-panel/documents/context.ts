import type { ScreenContext } from '#ui/screen.ts';

/** What the windows of documents need of where they are opened: a part, a tab. */
export type DocumentsContext = Pick<
  ScreenContext<unknown, unknown>,
  'actor' | 'today' | 'call' | 'form' | 'choose' | 'confirm' | 'show' | 'toast' | 'size' | 'files' | 'saveDocument'
>;

/** Whose documents they are: exactly one. */
export interface OwnerOfDocuments {
  readonly customerId?: number;
  readonly locationId?: number;
  readonly accountId?: number;
  readonly noteId?: number;
}
