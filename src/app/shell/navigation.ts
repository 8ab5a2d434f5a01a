import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AnyScreen } from '#ui/screen.ts';

/** How an open screen stands with its data. */
export interface EntryStatus {
  readonly loading: boolean;
  /** Whether its data was there once: until then keys are kept for it. */
  readonly opened: boolean;
  readonly failure: string | null;
}

/** An open screen with its state; kept on the stack, so that coming back finds it as it was. */
export interface Entry {
  readonly key: number;
  readonly definition: AnyScreen;
  readonly params: unknown;
  readonly store: StoreApi<object>;
  readonly status: StoreApi<EntryStatus>;
}

export interface NavigationState {
  /** The way from Home to the open screen: the crumbs. */
  readonly stack: readonly Entry[];
  /** Every way taken, for going back and forth in time. */
  readonly history: readonly (readonly Entry[])[];
  readonly at: number;
}

/** Ways that are remembered. */
const HISTORY = 50;

/** The stack of open screens and the history of stacks. */
export class Navigation {
  readonly store = createStore<NavigationState>(() => ({ stack: [], history: [], at: -1 }));
  #next = 1;

  get top(): Entry | undefined {
    return this.store.getState().stack.at(-1);
  }

  /** A fresh screen; not shown yet. */
  entry(definition: AnyScreen, params: unknown): Entry {
    return {
      key: this.#next++,
      definition,
      params,
      store: createStore<object>(() => definition.create(params) as object),
      status: createStore<EntryStatus>(() => ({ loading: false, opened: !definition.load, failure: null })),
    };
  }

  push(entry: Entry): void {
    this.#go([...this.store.getState().stack, entry]);
  }

  replace(entry: Entry): void {
    this.#go([...this.store.getState().stack.slice(0, -1), entry]);
  }

  /** Home and this screen: a jump ends what was nested. */
  jump(entry: Entry): void {
    this.#go([...this.store.getState().stack.slice(0, 1), entry]);
  }

  /** One level up; false at the root. */
  pop(): boolean {
    const { stack } = this.store.getState();
    if (stack.length < 2) return false;
    this.#go(stack.slice(0, -1));
    return true;
  }

  /** To the way before (-1) or after (1) in time; false when there is none. */
  travel(step: -1 | 1): boolean {
    const { history, at } = this.store.getState();
    const stack = history[at + step];
    if (!stack) return false;
    this.store.setState({ stack, at: at + step });
    return true;
  }

  /** To the screen seen just before, and with the next call back again. */
  toggle(): boolean {
    const { history, at } = this.store.getState();
    const previous = history[at - 1];
    if (!previous) return false;
    this.#go(previous);
    return true;
  }

  clear(): void {
    this.store.setState({ stack: [], history: [], at: -1 });
  }

  #go(stack: readonly Entry[]): void {
    const { history, at } = this.store.getState();
    const kept = [...history.slice(0, at + 1), stack].slice(-HISTORY);
    this.store.setState({ stack, history: kept, at: kept.length - 1 });
  }
}
