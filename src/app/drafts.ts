import type { FormValues } from '#ui/form/definition.ts';
import type { Timers } from './timers.ts';

/** What a draft belongs to: a form, and the record that it is about. */
export interface DraftKey {
  readonly form: string;
  readonly subjectId: number | null;
}

/** Where drafts are kept, for their author only. */
export interface DraftStore {
  readonly find: (key: DraftKey) => Promise<{ readonly values: FormValues; readonly savedAt: number } | null>;
  readonly save: (key: DraftKey, values: FormValues) => Promise<unknown>;
  readonly discard: (key: DraftKey) => Promise<unknown>;
}

/** How long typing must pause before what was typed is kept, ms. */
const PAUSE = 4000;

const same = (a: DraftKey, b: DraftKey) => a.form === b.form && a.subjectId === b.subjectId;

/**
 * Keeps what is typed in forms while it is not saved, so that a lock, a dropped line or a
 * crash loses nothing. Writes happen one after the other; their failure never disturbs typing.
 */
export class Drafts {
  readonly #store: DraftStore;
  readonly #timers: Timers;
  readonly #failed: (error: unknown) => void;
  #pending: { readonly key: DraftKey; readonly stop: () => void } | null = null;
  #writes: Promise<unknown> = Promise.resolve();

  constructor(store: DraftStore, timers: Timers, failed: (error: unknown) => void) {
    this.#store = store;
    this.#timers = timers;
    this.#failed = failed;
  }

  /** What was kept; null when nothing, or when it cannot be read. */
  async find(key: DraftKey): ReturnType<DraftStore['find']> {
    await this.#writes;
    return this.#store.find(key).catch((error: unknown) => {
      this.#failed(error);
      return null;
    });
  }

  /** Keeps it as soon as typing pauses. */
  later(key: DraftKey, values: () => FormValues): void {
    this.#pending?.stop();
    const stop = this.#timers.after(PAUSE, () => this.now(key, values()));
    this.#pending = { key, stop };
  }

  now(key: DraftKey, values: FormValues): void {
    this.#forget(key);
    this.#write(() => this.#store.save(key, values));
  }

  discard(key: DraftKey): void {
    this.#forget(key);
    this.#write(() => this.#store.discard(key));
  }

  /** Resolves when all writes asked for are done. */
  settled(): Promise<unknown> {
    return this.#writes;
  }

  #forget(key: DraftKey): void {
    if (!this.#pending || !same(this.#pending.key, key)) return;
    this.#pending.stop();
    this.#pending = null;
  }

  #write(write: () => Promise<unknown>): void {
    this.#writes = this.#writes.then(write).catch(this.#failed);
  }
}
