import type { Actor } from '#services/actor.ts';
import { Actions } from './shell/actions.ts';
import type { Desk } from './shell/desk.ts';
import type { AlsoHere } from './colleagues/also-here.ts';
import { draftsFor } from './drafts/store.ts';
import type { Drafts } from './drafts/drafts.ts';
import { openFind } from './find/open.ts';
import { listDialogs } from './overlays/list-dialogs.ts';
import { Live } from './colleagues/live.ts';
import { chooseOverlay } from './overlays/choose.tsx';
import { conflictOverlay } from './overlays/conflict/overlay.ts';
import { confirmOverlay } from './overlays/confirm.tsx';
import { formOverlay } from './overlays/form/overlay.tsx';
import { secretOverlay } from './overlays/secret.tsx';
import { textOverlay } from './overlays/text.tsx';
import { tellLastAction } from './last-action.ts';
import { openDrafts } from './commands/drafts.ts';
import { ScreenDrafts } from './drafts/of-screens.ts';
import type { Session, Shell } from './shell/shell.ts';
import { takings } from './takings/takings.ts';
import { Undos } from './shell/undos.ts';
import { watchOthers } from './colleagues/whereabouts.ts';

/** Id of the first screen. */
const HOME = 'home';

/** An operator's time at work: from the sign-in to its end, with all that anything on the screen can do meanwhile. */
export class OperatorSession implements Session {
  readonly #shell: Shell;
  readonly #live: Live;
  readonly #alsoHere: AlsoHere;
  #desk: Desk | null = null;
  #drafts: Drafts | null = null;
  #inHand: ScreenDrafts | null = null;
  /** The commands of this session. */
  readonly actions: Actions;
  readonly undos: Undos;

  constructor(shell: Shell) {
    this.#shell = shell;
    this.actions = new Actions(shell.options.timers.now);
    this.undos = new Undos({
      navigation: shell.navigation,
      desk: () => this.desk,
      refresh: () => shell.desktop.refresh(),
    });
    this.#live = new Live(shell.options.timers, {
      counter: () => shell.backend!.changeCounter(),
      changed: () => void shell.desktop.refresh(true),
      looked: () => void this.#alsoHere.look(),
    });
    this.#alsoHere = watchOthers(shell);
  }

  get begun(): boolean {
    return this.#desk !== null;
  }

  get desk(): Desk {
    if (!this.#desk) throw new Error('nobody is signed in');
    return this.#desk;
  }

  /** Keeps what is in hand and what is typed in open screens; resolves when every draft that was to be kept is written. */
  draftsKept(): Promise<unknown> {
    this.#inHand?.keep();
    const { navigation, desktop } = this.#shell;
    const { stack } = navigation.store.getState();
    for (const entry of this.#desk ? stack : []) entry.definition.keep?.(desktop.contextOf(entry));
    return this.#drafts?.settled() ?? Promise.resolve();
  }

  /** `rightsChanged` hears of rights that were given or taken away since. */
  begin(actor: Actor, rightsChanged: (fresh: Actor) => void): void {
    const [shell, backend] = [this.#shell, this.#shell.backend!];
    const call = backend.callAs(actor, rightsChanged);
    this.#drafts = draftsFor(shell, call);
    this.#inHand = new ScreenDrafts(shell.navigation, this.#drafts);
    this.#desk = this.#makeDesk(actor, this.actions.watched(call));
    shell.desktop.open(HOME, undefined);
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
    this.#shell.desktop.recent.clear();
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
      open: (screenId, params) => shell.desktop.open(screenId, params),
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
      recent: () => shell.desktop.recent.records,
      drafts: () => void openDrafts(shell).catch((error: unknown) => shell.fail(error)),
      find: (typed) => void openFind(shell, typed ?? '').catch((error: unknown) => shell.fail(error)),
    };
    return desk;
  }
}
