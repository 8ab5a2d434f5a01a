/** Where the rows of a rebuild go, sorted and in bulk; each engine has its own. */
export interface IndexLoader {
  readonly key: (kind: number, key: string, activity: number, subjectId: number) => void;
  readonly document: (subject: number, subjectId: number, activity: number, facts: string) => void;
  /** Called after each page of records: what is held may be written. */
  readonly flush: () => Promise<void>;
  /** Called after each kind of record: its keys go into the index in their order. */
  readonly settle: () => Promise<void>;
  readonly words: (words: readonly (readonly [string, number])[]) => Promise<void>;
  readonly deletions: (pairs: readonly (readonly [string, string])[]) => Promise<void>;
  readonly noteWords: (pairs: readonly (readonly [word: string, noteId: number])[]) => Promise<void>;
  readonly end: () => Promise<void>;
}
