import { type Actor, may } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { AnyScreen, ScreenContext, Size } from '#ui/screen.ts';
import type { Desk } from './desk.ts';
import type { Entry, Navigation } from './navigation.ts';
import { Recent } from './recent.ts';
import type { Registry } from './registry.ts';

// oxlint-disable-next-line typescript/no-explicit-any
type AnyContext = ScreenContext<any, any>;

/** What open screens need of the shell. */
export interface DesktopHost {
  readonly navigation: Navigation;
  readonly registry: () => Registry;
  /** Who is signed in; null when nobody is. */
  readonly actor: () => Actor | null;
  /** Somebody works here: is signed in, and the screen is not locked. */
  readonly atWork: () => boolean;
  /** What is the same for every screen; only while somebody is signed in. */
  readonly desk: () => Desk;
  readonly bodySize: () => Size;
  readonly toast: (text: string, tone: 'warning' | 'bad') => void;
  readonly fail: (error: unknown) => void;
  /** A screen can take what was typed ahead. */
  readonly drain: () => void;
}

/** Opens screens, loads them and leaves them. */
export class Desktop {
  readonly #host: DesktopHost;
  readonly #contexts = new WeakMap<object, AnyContext>();
  readonly #loads = new WeakMap<object, { again: boolean }>();
  /** Records opened since signing in. */
  readonly recent = new Recent();

  constructor(host: DesktopHost) {
    this.#host = host;
  }

  /** What a screen can do; one for the life of the open screen. */
  contextOf(entry: Entry): AnyContext {
    const known = this.#contexts.get(entry.store);
    if (known) return known;
    const desk = this.#host.desk();
    const ctx: AnyContext = {
      ...desk,
      get actor() {
        return desk.actor;
      },
      get today() {
        return desk.today;
      },
      params: entry.params,
      get: () => entry.store.getState(),
      set: (patch) => entry.store.setState(patch as object),
      size: this.#host.bodySize,
      replace: (screenId, params) => void this.#show(screenId, params, 'replace'),
      back: () => this.back(),
      reload: () => this.load(entry),
    };
    this.#contexts.set(entry.store, ctx);
    return ctx;
  }

  open(screenId: string, params: unknown): void {
    void this.#show(screenId, params, 'push');
  }

  /** Opens a screen; its context when its data is there, null when it could not be loaded or is left already. */
  async opened(screenId: string, params: unknown): Promise<AnyContext | null> {
    await this.#show(screenId, params, 'push');
    const { top } = this.#host.navigation;
    return top?.definition.id === screenId && top.status.getState().failure === null ? this.contextOf(top) : null;
  }

  /** Ends what was nested and goes to a screen: `=CODE`. */
  jump(screenId: string, params: unknown): void {
    void this.#show(screenId, params, 'jump');
  }

  async #show(screenId: string, params: unknown, how: 'push' | 'replace' | 'jump'): Promise<void> {
    const definition = this.#host.registry().byId(screenId);
    if (!definition) return this.#host.toast(`There is no screen "${screenId}".`, 'bad');
    if (!this.allowed(definition)) return this.#host.toast(`You may not open ${definition.title}.`, 'warning');
    this.leaving();
    const entry = this.#host.navigation.entry(definition, params);
    this.#host.navigation[how](entry);
    await this.load(entry);
  }

  allowed({ permission }: AnyScreen): boolean {
    const actor = this.#host.actor();
    return actor !== null && may(actor, permission);
  }

  /** The open screen is about to be left: its record is one opened lately. */
  leaving(): void {
    const { top } = this.#host.navigation;
    if (top) this.recent.note(top);
  }

  /** One level up, with fresh data; false at Home. */
  back(): boolean {
    this.leaving();
    const went = this.#host.navigation.pop();
    if (went) this.shown();
    return went;
  }

  /** A screen came to the front again: its data may have changed meanwhile. */
  shown(): void {
    void this.refresh();
    this.#host.drain();
  }

  /** Loads the open screen anew, without holding keys; `unasked` when nobody pressed a key for it. */
  async refresh(unasked = false): Promise<void> {
    const { top } = this.#host.navigation;
    if (top && this.#host.atWork()) await this.load(top, unasked);
  }

  /** Runs a screen's loader; one at a time for each screen, the last wish counts. */
  async load(entry: Entry, unasked = false): Promise<void> {
    const { definition, status } = entry;
    if (!definition.load) return;
    const running = this.#loads.get(entry.store);
    if (running) {
      running.again = true;
      return;
    }
    const own = { again: false };
    this.#loads.set(entry.store, own);
    status.setState({ loading: true });
    try {
      do {
        own.again = false;
        await definition.load(this.contextOf(entry));
      } while (own.again);
      status.setState({ opened: true, failure: null });
    } catch (error) {
      const words = error instanceof Failure ? error.message : 'It could not be loaded; the log has it.';
      // A failure forgets what was typed ahead, which an unasked refresh must not cost; the status line has it.
      if (this.#host.navigation.top === entry && !unasked) this.#host.fail(error);
      status.setState({ opened: true, failure: words });
    } finally {
      this.#loads.delete(entry.store);
      status.setState({ loading: false });
      this.#host.drain();
    }
  }
}
