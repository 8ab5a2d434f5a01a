import type { DraftRef, TypedKeeper, TypedWork } from '#ui/screen.ts';
import type { JsonValue } from '#services/drafts/drafts.ts';
import type { Timers } from '../surroundings/timers.ts';

/** What a draft belongs to: a form, and the record that it is about. */
export type DraftKey = DraftRef;

/** A form as it is kept while it is not saved. */
export type KeptForm = TypedWork;

/** The screen over which a form lies, so that it can be opened there again. */
export interface DraftPlace {
  readonly screenId: string;
  readonly params: JsonValue;
  /** The record that is open there, in words. */
  readonly label: string;
}

/** Where drafts are kept, for their author only. */
export interface DraftStore {
  readonly find: (key: DraftKey) => Promise<Pick<KeptForm, 'values' | 'opened'> | null>;
  readonly save: (key: DraftKey, kept: KeptForm, place: DraftPlace | null) => Promise<unknown>;
  readonly discard: (key: DraftKey) => Promise<unknown>;
  /** Where the operator is now. */
  readonly place: () => DraftPlace | null;
}

/** What was typed is kept at the latest so long afterwards, however fast typing goes on, ms. */
const PAUSE = 3000;

const same = (a: DraftKey, b: DraftKey) => a.form === b.form && a.subjectId === b.subjectId;

/**
 * Keeps what is typed in forms while it is not saved, so that a lock, a dropped line or a
 * crash loses nothing. Writes happen one after the other; their failure never disturbs typing.
 */
export class Drafts implements TypedKeeper {
  readonly #store: DraftStore;
  readonly #timers: Timers;
  readonly #failed: (error: unknown) => void;
  #pending: { readonly key: DraftKey; readonly keep: () => void; readonly stop: () => void } | null = null;
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

  /** Keeps it soon; typing that goes on does not put it off. */
  later(key: DraftKey, kept: () => KeptForm): void {
    if (this.#pending && same(this.#pending.key, key)) return;
    this.#pending?.keep();
    const keep = () => this.now(key, kept());
    this.#pending = { key, keep, stop: this.#timers.after(PAUSE, keep) };
  }

  /** Keeps it at once; `place` where it is not the open screen. */
  now(key: DraftKey, kept: KeptForm, place = this.#store.place()): void {
    this.#forget(key);
    this.#write(() => this.#store.save(key, kept, place));
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
