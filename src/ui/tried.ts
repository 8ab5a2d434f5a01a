/** What was sent to be saved, and the key it was sent under. */
export interface Tried {
  readonly text: string;
  readonly key: string;
}

/**
 * The same key for the same text, so that saving again what may have been saved already, because the
 * line to the database broke before it could answer, does it once.
 */
export const triedAgain = (before: Tried | null, text: string): Tried =>
  before?.text === text ? before : { text, key: crypto.randomUUID() };
