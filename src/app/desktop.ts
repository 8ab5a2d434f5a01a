import type { Actor } from '#services/actor.ts';
import { may } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { AnyScreen, ScreenContext } from '#ui/screen.ts';
import { Actions } from './actions.ts';
import type { Desk } from './desk.ts';
import { Drafts } from './drafts.ts';
import { exportList } from './export.ts';
import { openFind } from './find.ts';
import { Live } from './live.ts';
import type { Entry } from './navigation.ts';
import { chooseOverlay } from './overlays/choose.tsx';
import { confirmOverlay } from './overlays/confirm.tsx';
import { formOverlay } from './overlays/form.tsx';
import { textOverlay } from './overlays/text.tsx';
import { tellLastAction } from './last-action.ts';
import { Recent } from './recent.ts';
import type { Shell } from './shell.ts';
import { takenText } from './taken.ts';

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
  #desk: Desk | null = null;
  #drafts: Drafts | null = null;
  readonly #recent = new Recent();
  /** The commands of this session. */
  readonly actions: Actions;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.actions = new Actions(shell.options.timers.now);
    this.#live = new Live(shell.options.timers, {
      counter: () => shell.backend!.changeCounter(),
      changed: () => void this.refresh(),
    });
  }

  get desk(): Desk {
    if (!this.#desk) throw new Error('nobody is signed in');
    return this.#desk;
  }

  /** Resolves when every draft that was to be kept is written. */
  draftsKept(): Promise<unknown> {
    return this.#drafts?.settled() ?? Promise.resolve();
  }

  begin(actor: Actor): void {
    const shell = this.#shell;
    const backend = shell.backend!;
    const call = backend.callAs(actor);
    this.#drafts = new Drafts(
      {
        find: async (key) => {
          const { listDrafts } = await import('#services/drafts/drafts.ts');
          return (
            (await call(listDrafts, { form: key.form })).find((draft) => draft.subjectId === key.subjectId) ?? null
          );
        },
        save: async (key, values) => {
          const { saveDraft } = await import('#services/drafts/drafts.ts');
          return call(saveDraft, { ...key, values });
        },
        discard: async (key) => {
          const { discardDraft } = await import('#services/drafts/drafts.ts');
          return call(discardDraft, key);
        },
      },
      shell.options.timers,
      (error) => shell.options.outside.log('draft.failed', { error: error instanceof Error ? error.name : '' }),
    );
    this.#desk = this.#makeDesk(actor, this.actions.watched(call));
    this.open(HOME, undefined);
    void tellLastAction(shell, actor, call).catch((error: unknown) => shell.fail(error));
    void backend.limits().then(
      (limits) => shell.lock.start(limits),
      (error: unknown) => shell.fail(error),
    );
    this.#live.start();
  }

  end(): void {
    this.#live.stop();
    this.#recent.clear();
    this.#desk = null;
  }

  #makeDesk(actor: Actor, call: Desk['call']): Desk {
    const shell = this.#shell;
    const { overlays } = shell;
    const desk: Desk = {
      actor,
      get today() {
        return shell.backend!.today();
      },
      call,
      open: (screenId, params) => this.open(screenId, params),
      toast: (text, tone) => shell.toast(text, tone),
      confirm: async (question) => (await overlays.open(confirmOverlay(question))) === true,
      choose: async (title, choices) => (await overlays.open(chooseOverlay(title, choices)))?.value ?? null,
      form: async (definition) => {
        const drafts = this.#drafts!;
        const draft = definition.draft ? await drafts.find(definition.draft) : null;
        const answer = await overlays.open(formOverlay(definition, { desk, drafts }, draft?.values ?? null));
        return answer ? answer.saved : null;
      },
      show: async (title, lines) => void (await overlays.open(textOverlay(title, lines))),
      copy: (text, what) => {
        if (shell.options.outside.copy(takenText(text))) shell.toast(`Sent to the clipboard: ${what}.`, 'good');
        else shell.toast(`Too much for the clipboard: ${what}. Export it to a file instead.`, 'warning');
      },
      exportList: (list) => exportList(shell, desk, list),
      recent: () => this.#recent.records,
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
      get today() {
        return desk.today;
      },
      params: entry.params,
      get: () => entry.store.getState(),
      set: (patch) => entry.store.setState(patch as object),
      size: () => shell.bodySize,
      replace: (screenId, params) => this.#show(screenId, params, 'replace'),
      back: () => this.back(),
      reload: () => this.load(entry),
    };
    this.#contexts.set(entry.store, ctx);
    return ctx;
  }

  open(screenId: string, params: unknown): void {
    this.#show(screenId, params, 'push');
  }

  /** Ends what was nested and goes to a screen: `=CODE`. */
  jump(screenId: string, params: unknown): void {
    this.#show(screenId, params, 'jump');
  }

  #show(screenId: string, params: unknown, how: 'push' | 'replace' | 'jump'): void {
    const definition = this.#shell.registry.byId(screenId);
    if (!definition) return this.#shell.toast(`There is no screen "${screenId}".`, 'bad');
    if (!this.allowed(definition)) return this.#shell.toast(`You may not open ${definition.title}.`, 'warning');
    this.leaving();
    const entry = this.#shell.navigation.entry(definition, params);
    this.#shell.navigation[how](entry);
    void this.load(entry);
  }

  allowed(definition: AnyScreen): boolean {
    const { actor } = this.#shell.store.getState();
    return actor !== null && may(actor, definition.permission);
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

  /** Loads the open screen anew, without holding keys. */
  async refresh(): Promise<void> {
    const { top } = this.#shell.navigation;
    if (top && this.#desk && !this.#shell.lock.locked) await this.load(top);
  }

  /** Runs a screen's loader; one at a time for each screen, the last wish counts. */
  async load(entry: Entry): Promise<void> {
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
      if (this.#shell.navigation.top === entry) this.#shell.fail(error);
      status.setState({ opened: true, failure: words });
    } finally {
      this.#loads.delete(entry.store);
      status.setState({ loading: false });
      this.#shell.keys.drain();
    }
  }
}
