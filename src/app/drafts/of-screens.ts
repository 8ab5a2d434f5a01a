import type { AnyScreen, ScreenDraft } from '#ui/screen.ts';
import { placeOf } from './store.ts';
import type { Drafts, KeptForm } from './drafts.ts';
import type { Entry, Navigation } from '../shell/navigation.ts';

const keptOf = ({ title, values, words }: ScreenDraft): KeptForm => ({ title, values, words, opened: null });

/** What is in hand on a screen; null when nothing is, or when such screens keep none. */
const inHand = ({ definition, store }: { definition: AnyScreen; store: Entry['store'] }): ScreenDraft | null =>
  definition.draft?.(store.getState()) ?? null;

/**
 * Keeps what is in hand on screens, as forms do: soon after it was typed, at once when the screen
 * is left, locked or cut off. What is done or dropped is forgotten.
 */
export class ScreenDrafts {
  readonly #navigation: Navigation;
  readonly #drafts: Drafts;
  readonly #watched = new WeakSet<Entry['store']>();
  readonly #stop: () => void;

  constructor(navigation: Navigation, drafts: Drafts) {
    this.#navigation = navigation;
    this.#drafts = drafts;
    this.#stop = navigation.store.subscribe(({ stack }, before) => {
      const left = before.stack.at(-1);
      const top = stack.at(-1);
      if (left && left !== top) this.#keep(left);
      if (top) this.#watch(top);
    });
  }

  /** Keeps at once what is in hand on the open screen; the others were kept when they were left. */
  keep(): void {
    const { top } = this.#navigation;
    if (top) this.#keep(top);
  }

  /** The session is over. */
  end(): void {
    this.keep();
    this.#stop();
  }

  #keep(entry: Entry): void {
    const draft = inHand(entry);
    if (draft) this.#drafts.now(draft.ref, keptOf(draft), placeOf(entry));
  }

  #watch(entry: Entry): void {
    if (!entry.definition.draft || this.#watched.has(entry.store)) return;
    this.#watched.add(entry.store);
    let known: ScreenDraft | null = inHand(entry);
    entry.store.subscribe(() => {
      const before = known;
      const draft = inHand(entry);
      known = draft;
      const key = draft && refText(draft);
      if (before && refText(before) !== key) this.#drafts.discard(before.ref);
      if (!draft || (before && JSON.stringify(before.values) === JSON.stringify(draft.values))) return;
      this.#drafts.later(draft.ref, () => keptOf(inHand(entry) ?? draft));
    });
  }
}

const refText = ({ ref }: ScreenDraft): string => JSON.stringify([ref.form, ref.subjectId]);
