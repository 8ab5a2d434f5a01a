import { type Actor, may } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { AnyScreen, ScreenContext } from '#ui/screen.ts';
import { Actions } from './actions.ts';
import type { Desk } from './desk.ts';
import type { AlsoHere } from './also-here.ts';
import { draftsFor } from './draft-store.ts';
import type { Drafts } from './drafts.ts';
import { openFind } from './find.ts';
import { listDialogs } from './list-dialogs.ts';
import { Live } from './live.ts';
import type { Entry } from './navigation.ts';
import { chooseOverlay } from './overlays/choose.tsx';
import { conflictOverlay } from './overlays/conflict/overlay.ts';
import { confirmOverlay } from './overlays/confirm.tsx';
import { formOverlay } from './overlays/form.tsx';
import { secretOverlay } from './overlays/secret.tsx';
import { textOverlay } from './overlays/text.tsx';
import { tellLastAction } from './last-action.ts';
import { Recent } from './recent.ts';
import { openDrafts } from './resume.ts';
import { ScreenDrafts } from './screen-drafts.ts';
import type { Shell } from './shell.ts';
import { takings } from './takings.ts';
import { Undos } from './undo.ts';
import { watchOthers } from './whereabouts.ts';

// oxlint-disable-next-line typescript/no-explicit-any
type AnyContext = ScreenContext<any, any>;

/** Id of the first screen. */
export const HOME = 'home';

/** A signed-in operator's place of work: opens screens, loads them and gives them what they can do. */
export class Desktop {
  readonly #shell: Shell;
  readonly #contexts = new WeakMap<object, AnyContext>();
  readonly #loads = new WeakMap<object, { again: boolean }>();
  readonly #live: Live;
  readonly #alsoHere: AlsoHere;
  #desk: Desk | null = null;
  #drafts: Drafts | null = null;
  #inHand: ScreenDrafts | null = null;
  readonly #recent = new Recent();
  /** The commands of this session. */
  readonly actions: Actions;
  readonly undos: Undos;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.actions = new Actions(shell.options.timers.now);
    this.undos = new Undos(shell);
    this.#live = new Live(shell.options.timers, {
      counter: () => shell.backend!.changeCounter(),
      changed: () => void this.refresh(true),
      looked: () => void this.#alsoHere.look(),
    });
    this.#alsoHere = watchOthers(shell);
  }

  get desk(): Desk {
    if (!this.#desk) throw new Error('nobody is signed in');
    return this.#desk;
  }

  /** Keeps what is in hand and what is typed in open screens; resolves when every draft that was to be kept is written. */
  draftsKept(): Promise<unknown> {
    this.#inHand?.keep();
    const { stack } = this.#shell.navigation.store.getState();
    for (const entry of this.#desk ? stack : []) entry.definition.keep?.(this.contextOf(entry));
    return this.#drafts?.settled() ?? Promise.resolve();
  }

  begin(actor: Actor): void {
    const [shell, backend] = [this.#shell, this.#shell.backend!];
    const call = backend.callAs(actor, (fresh) => shell.rightsChanged(fresh));
    this.#drafts = draftsFor(shell, call);
    this.#inHand = new ScreenDrafts(shell.navigation, this.#drafts);
    this.#desk = this.#makeDesk(actor, this.actions.watched(call));
    this.open(HOME, undefined);
    const failed = (error: unknown): void => shell.fail(error);
    void tellLastAction(shell, actor, call).catch(failed);
    void backend.limits(actor).then((limits) => shell.lock.start(limits), failed);
    this.#live.start();
    this.#alsoHere.start(actor);
  }

  /** Looks for other people's changes no more, and is nowhere any more. */
  watchNoMore(): void {
    this.#live.stop();
    this.#alsoHere.stop();
  }

  end(): void {
    this.watchNoMore();
    this.#inHand?.end();
    this.#recent.clear();
    this.undos.clear();
    this.#desk = null;
  }

  #makeDesk(signedIn: Actor, call: Desk['call']): Desk {
    const [shell, drafts] = [this.#shell, this.#drafts!];
    const { overlays, options } = shell;
    const desk: Desk = {
      get actor() {
        return shell.store.getState().actor ?? signedIn;
      },
      get today() {
        return shell.backend!.today();
      },
      call,
      open: (screenId, params) => this.open(screenId, params),
      toast: (text, tone) => shell.toast(this.undos.told(text, tone), tone),
      tell: (text) => void (shell.store.getState().message ?? shell.toast(text, 'info')),
      confirm: async (question) => (await overlays.open(confirmOverlay(question))) === true,
      choose: async (title, choices) => (await overlays.open(chooseOverlay(title, choices)))?.value ?? null,
      ...listDialogs(overlays, (question) => desk.confirm(question)),
      form: async (definition) => {
        const draft = definition.draft ? await drafts.find(definition.draft) : null;
        const answer = await overlays.open(formOverlay(definition, { desk, drafts, now: options.timers.now }, draft));
        return answer ? answer.saved : null;
      },
      resolve: (facts, edit) => overlays.open(conflictOverlay(facts, edit)),
      typed: drafts,
      undo: this.undos,
      show: async (...shown) => void (await overlays.open(textOverlay(...shown))),
      showSecret: async (secret) => void (await overlays.open(secretOverlay(secret, shell.options.timers, desk.copy))),
      ...takings(shell, () => desk),
      recent: () => this.#recent.records,
      drafts: () => void openDrafts(shell).catch((error: unknown) => shell.fail(error)),
      find: (typed) => void openFind(shell, typed ?? '').catch((error: unknown) => shell.fail(error)),
    };
    return desk;
  }

  /** What a screen can do; one for the life of the open screen. */
  contextOf(entry: Entry): AnyContext {
    const known = this.#contexts.get(entry.store);
    if (known) return known;
    const shell = this.#shell;
    const { desk } = this;
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
      size: () => shell.bodySize,
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
    const { top } = this.#shell.navigation;
    return top?.definition.id === screenId && top.status.getState().failure === null ? this.contextOf(top) : null;
  }

  /** Ends what was nested and goes to a screen: `=CODE`. */
  jump(screenId: string, params: unknown): void {
    void this.#show(screenId, params, 'jump');
  }

  async #show(screenId: string, params: unknown, how: 'push' | 'replace' | 'jump'): Promise<void> {
    const definition = this.#shell.registry.byId(screenId);
    if (!definition) return this.#shell.toast(`There is no screen "${screenId}".`, 'bad');
    if (!this.allowed(definition)) return this.#shell.toast(`You may not open ${definition.title}.`, 'warning');
    this.leaving();
    const entry = this.#shell.navigation.entry(definition, params);
    this.#shell.navigation[how](entry);
    await this.load(entry);
  }

  allowed({ permission }: AnyScreen): boolean {
    const { actor } = this.#shell.store.getState();
    return actor !== null && may(actor, permission);
  }

  /** The open screen is about to be left: its record is one opened lately. */
  leaving(): void {
    const { top } = this.#shell.navigation;
    if (top) this.#recent.note(top);
  }

  /** One level up, with fresh data; false at Home. */
  back(): boolean {
    this.leaving();
    const went = this.#shell.navigation.pop();
    if (went) this.shown();
    return went;
  }

  /** A screen came to the front again: its data may have changed meanwhile. */
  shown(): void {
    void this.refresh();
    this.#shell.keys.drain();
  }

  /** Loads the open screen anew, without holding keys; `unasked` when nobody pressed a key for it. */
  async refresh(unasked = false): Promise<void> {
    const { top } = this.#shell.navigation;
    if (top && this.#desk && !this.#shell.lock.locked) await this.load(top, unasked);
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
      if (this.#shell.navigation.top === entry && !unasked) this.#shell.fail(error);
      status.setState({ opened: true, failure: words });
    } finally {
      this.#loads.delete(entry.store);
      status.setState({ loading: false });
      this.#shell.keys.drain();
    }
  }
}
