import { createStore, type StoreApi } from 'zustand/vanilla';
import { bindAll, type BoundCommand } from '#keymap/bind.ts';
import type { InputEvent, Taken } from '#keymap/keys.ts';
import type { Size } from '#ui/screen.ts';
import type { OverlayContext, OverlayDefinition } from './overlay.ts';

// oxlint-disable-next-line typescript/no-explicit-any
type AnyDefinition = OverlayDefinition<any, any>;

/** An overlay on the screen. */
export interface OpenOverlay {
  readonly key: number;
  readonly definition: AnyDefinition;
  readonly store: StoreApi<object>;
  /** When it appeared, epoch ms. */
  readonly openedAt: number;
  readonly commands: () => BoundCommand[];
  readonly input: (event: InputEvent) => Taken;
  readonly typing: () => boolean;
  readonly unsaved: () => string | null;
  readonly lock: () => void;
  readonly resized: () => void;
  /** Leaves it without an answer. */
  readonly cancel: () => void;
}

export interface OverlaysState {
  readonly open: readonly OpenOverlay[];
}

/** The stack of overlays; the last has the input. Opening one is a promise of its answer. */
export class Overlays {
  readonly store = createStore<OverlaysState>(() => ({ open: [] }));
  #next = 1;
  readonly #now: () => number;
  readonly #size: () => Size;
  readonly #onChange: (opened: AnyDefinition | null) => void;

  constructor(now: () => number, size: () => Size, onChange: (opened: AnyDefinition | null) => void) {
    this.#now = now;
    this.#size = size;
    this.#onChange = onChange;
  }

  get top(): OpenOverlay | undefined {
    return this.store.getState().open.at(-1);
  }

  get depth(): number {
    return this.store.getState().open.length;
  }

  /** Shows it; resolves when it is closed. */
  open<S extends object, R>(definition: OverlayDefinition<S, R>): Promise<R | null> {
    return new Promise((resolve) => {
      const key = this.#next++;
      const store = createStore<S>(() => definition.state);
      let closed = false;
      const close = (answer: R | null) => {
        if (closed) return;
        closed = true;
        this.store.setState(({ open }) => ({ open: open.filter((overlay) => overlay.key !== key) }));
        resolve(answer);
        this.#onChange(null);
      };
      const ctx: OverlayContext<S, R> = {
        get: store.getState,
        set: (patch) => store.setState(patch),
        close,
        size: this.#size,
      };
      const overlay: OpenOverlay = {
        key,
        definition,
        store: store as unknown as StoreApi<object>,
        openedAt: this.#now(),
        commands: () => bindAll(definition.commands, ctx, () => true),
        input: (event) => definition.onInput?.(ctx, event) ?? false,
        typing: () => definition.typing?.(store.getState()) ?? false,
        unsaved: () => definition.unsaved?.(store.getState()) ?? null,
        lock: () => definition.onLock?.(ctx),
        resized: () => definition.onResize?.(ctx),
        cancel: () => close(null),
      };
      this.store.setState(({ open }) => ({ open: [...open, overlay] }));
      definition.opened?.(ctx);
      this.#onChange(definition);
    });
  }
}
