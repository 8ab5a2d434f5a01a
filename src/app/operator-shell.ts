import { createStore, type StoreApi } from 'zustand/vanilla';
import { bindAll } from '#keymap/bind.ts';
import type { InputEvent } from '#keymap/keys.ts';
import { may, type Actor } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { LastSignIn } from '#services/users/last-sign-in.ts';
import type { AnyScreen, Size } from '#ui/screen.ts';
import { bareCommands, globalCommands, overOverlays } from './commands/everywhere.ts';
import { Dispatcher } from './keys/dispatcher.ts';
import { OperatorSession } from './operator-session.ts';
import { confirmOverlay } from './overlays/confirm.tsx';
import { Desktop } from './shell/desktop.ts';
import { IdleLock } from './shell/lock.ts';
import { Navigation, type Entry } from './shell/navigation.ts';
import { Overlays } from './shell/overlays.ts';
import { createRegistry, type Registry } from './shell/registry.ts';
import type { Scope } from './shell/scope.ts';
import type { MessageTone, Shell, ShellOptions, ShellState } from './shell/shell.ts';
import { SignIn } from './sign-in/sign-in.ts';
import { lastSignInWords } from './sign-in/words.ts';
import type { Backend } from './surroundings/backend.ts';

const MESSAGE_MS = { info: 6000, good: 6000, warning: 10_000, bad: 20_000 } as const;

/**
 * The shell: every input comes here, is offered to the overlay, the screen and what works
 * everywhere, in this order, and changes stores. Views only show the stores.
 */
export class OperatorShell implements Shell {
  readonly store: StoreApi<ShellState>;
  readonly options: ShellOptions;
  /** Empty until the screens are loaded, behind the sign-in screen. */
  registry: Registry;
  readonly navigation = new Navigation();
  readonly overlays: Overlays;
  readonly signIn: SignIn;
  readonly lock: IdleLock;
  readonly session: OperatorSession;
  readonly desktop: Desktop;
  backend: Backend | null = null;
  readonly keys = new Dispatcher(this);
  #stopMessage: () => void = () => {};

  constructor(options: ShellOptions) {
    this.options = options;
    this.store = createStore<ShellState>(() => ({
      size: options.size,
      theme: options.theme,
      actor: null,
      message: null,
      alsoHere: '',
      waiting: 0,
      working: false,
    }));
    this.registry = createRegistry(options.screens);
    this.overlays = new Overlays(
      options.timers.now,
      () => this.size,
      (opened) => {
        if (opened?.guarded) this.keys.forget();
        this.keys.drain();
      },
    );
    this.signIn = new SignIn({
      welcome: (actor, last) => this.enter(actor, last),
      forget: () => void this.keys.forget(),
      now: options.timers.now,
    });
    this.lock = new IdleLock({
      timers: options.timers,
      warn: (text) => this.toast(text, 'warning'),
      locking: () => void Promise.all([this.keepDrafts(), this.#record('session.lock')]),
      ended: () => {
        void this.keepDrafts();
        this.signOut();
        this.signIn.say('The session is over. Sign in again.');
      },
      check: (credentials) => this.backend!.unlock(this.store.getState().actor!, credentials),
    });
    this.desktop = new Desktop({
      navigation: this.navigation,
      registry: () => this.registry,
      actor: () => this.store.getState().actor,
      atWork: () => this.session.begun && !this.lock.locked,
      desk: () => this.session.desk,
      bodySize: () => this.bodySize,
      toast: (text, tone) => this.toast(text, tone),
      fail: (error) => this.fail(error),
      drain: () => this.keys.drain(),
    });
    this.session = new OperatorSession(this);
  }

  /**
   * Keeps what is typed in every open form: before the lock, at the end of a session, when the
   * line drops. Safe at any time, whoever is signed in; resolves when it is written, never rejects.
   */
  async keepDrafts(): Promise<void> {
    this.keys.forget();
    for (const overlay of this.overlays.store.getState().open) overlay.lock();
    await this.session.draftsKept();
  }

  get size(): Size {
    return this.store.getState().size;
  }

  /** Cells for the open screen: all but header, message line and footer. */
  get bodySize(): Size {
    return { columns: this.size.columns, rows: Math.max(1, this.size.rows - 3) };
  }

  resize(size: Size): void {
    for (const overlay of this.overlays.store.getState().open) overlay.resized();
    this.store.setState({ size });
  }

  /** The screens are loaded. */
  install(screens: readonly AnyScreen[]): void {
    this.registry = createRegistry(screens);
  }

  /** The database is open. */
  async ready(backend: Backend): Promise<void> {
    this.backend = backend;
    await this.signIn.ready(backend);
  }

  /** Somebody has signed in: Home, told of the sign-in before, and what was typed ahead goes to it. */
  enter(actor: Actor, last: LastSignIn | null = null): void {
    this.store.setState({ actor, message: null });
    this.session.begin(actor, (fresh) => this.#rightsChanged(fresh));
    const words = last && lastSignInWords(last);
    if (words) this.toast(words, last.failures > 0 ? 'warning' : 'info');
    this.keys.drain();
  }

  /** The session ends, by itself or with the program: resolves when the audit knows. */
  readonly leave = (): Promise<void> => this.#record('session.sign-out');

  async #record(event: 'session.sign-out' | 'session.lock'): Promise<void> {
    const { actor } = this.store.getState();
    if (actor) await this.backend!.record(actor, event);
  }

  /** Rights of who is signed in were given or taken away: tabs, commands and menus follow. */
  #rightsChanged(actor: Actor): void {
    if (this.store.getState().actor?.userId !== actor.userId) return;
    this.store.setState({ actor });
    this.toast('Your rights have been changed.', 'info');
  }

  /** Leaves everything and shows the sign-in again. */
  signOut(): void {
    void this.leave();
    this.session.end();
    this.lock.stop();
    for (const overlay of this.overlays.store.getState().open.toReversed()) overlay.cancel();
    this.navigation.clear();
    this.keys.forget();
    this.store.setState({ actor: null, message: null });
  }

  /** The one way in for everything typed. */
  dispatch(event: InputEvent): void {
    this.keys.dispatch(event);
  }

  /** The levels that get an input, innermost first. */
  scopes(): Scope[] {
    const { actor } = this.store.getState();
    const bare: Scope = { commands: bindAll(bareCommands, this, () => true), typing: false };
    if (actor === null) {
      const own = bindAll(this.signIn.commands, this.signIn, () => true);
      return [{ commands: own, typing: true, input: (event) => this.signIn.input(event) }, bare];
    }
    const allowed = (permission: string) => may(actor, permission);
    const everywhere = bindAll(globalCommands, this, allowed);
    const overlay = this.overlays.top;
    if (overlay) {
      const own: Scope = { commands: overlay.commands(), typing: overlay.typing(), input: overlay.input };
      return [own, { commands: everywhere.filter((command) => overOverlays.has(command.id)), typing: false }];
    }
    const top = this.navigation.top;
    return top ? [this.screenScope(top), { commands: everywhere, typing: false }] : [bare];
  }

  /** What the open screen does with an input. */
  screenScope({ definition, store, ...entry }: Entry): Scope {
    const ctx = this.desktop.contextOf({ definition, store, ...entry });
    const actor = this.store.getState().actor!;
    return {
      commands: bindAll(definition.commands, ctx, (permission) => may(actor, permission)),
      typing: definition.typing?.(store.getState()) ?? false,
      input: definition.onInput ? (event) => definition.onInput!(ctx, event) : undefined,
    };
  }

  /** Closes all overlays, asking when one holds something unsaved; false when the operator stays. */
  async leaveOverlays(): Promise<boolean> {
    const lost = this.overlays.store.getState().open.flatMap((overlay) => overlay.unsaved() ?? []);
    if (lost.length > 0) {
      const question = {
        title: 'Leave without saving?',
        lines: lost.map((what) => `Not saved: ${what}.`),
        action: 'Leave',
      };
      if ((await this.overlays.open(confirmOverlay(question))) !== true) return false;
    }
    for (const overlay of this.overlays.store.getState().open.toReversed()) overlay.cancel();
    return true;
  }

  /** Says what went wrong; what was typed ahead is not for this. */
  fail(error: unknown): void {
    this.keys.forget();
    if (error instanceof Failure) return this.toast(error.message, error.code === 'refused' ? 'warning' : 'bad');
    this.options.outside.report(error);
    this.toast('Something went wrong; the log has it. Nothing of yours is lost.', 'bad');
  }

  /** A screen that could not be drawn: to the log; its place says so itself. */
  broken(error: unknown): void {
    this.options.outside.report(error);
  }

  /** A line at the bottom, for some seconds. */
  toast(text: string, tone: MessageTone = 'info'): void {
    this.#stopMessage();
    this.store.setState({ message: { text, tone, on: this.navigation.top } });
    this.#stopMessage = this.options.timers.after(MESSAGE_MS[tone], () => this.store.setState({ message: null }));
  }
}
