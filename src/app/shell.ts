import { createStore, type StoreApi } from 'zustand/vanilla';
import { bindAll } from '#keymap/bind.ts';
import type { InputEvent } from '#keymap/keys.ts';
import { may, type Actor } from '#services/actor.ts';
import { Failure } from '#services/failure.ts';
import type { AnyScreen, Size } from '#ui/screen.ts';
import type { Theme } from '#ui/theme/tokens.ts';
import type { Backend } from './backend.ts';
import { Desktop } from './desktop.ts';
import { Dispatcher } from './dispatcher.ts';
import type { FindSource } from './find-source.ts';
import { bareCommands, globalCommands, overOverlays } from './global-commands.ts';
import { IdleLock } from './lock.ts';
import { Navigation, type Entry } from './navigation.ts';
import type { Outside } from './outside.ts';
import { confirmOverlay } from './overlays/confirm.tsx';
import { Overlays } from './overlays.ts';
import { createRegistry, type Registry } from './registry.ts';
import type { Scope } from './scope.ts';
import { type LastSignIn, lastSignInWords } from './sign-in/words.ts';
import { SignIn } from './sign-in/sign-in.ts';
import type { Timers } from './timers.ts';

export type MessageTone = 'info' | 'good' | 'warning' | 'bad';

export interface ShellState {
  readonly size: Size;
  readonly theme: Theme;
  readonly actor: Actor | null;
  readonly message: { readonly text: string; readonly tone: MessageTone; readonly on?: Entry } | null;
  /** Who else has the open record open, in words; empty when nobody has. */
  readonly alsoHere: string;
  /** Inputs kept for later. */
  readonly waiting: number;
  /** A command is at work. */
  readonly working: boolean;
}

export interface ShellOptions {
  readonly screens: readonly AnyScreen[];
  readonly timers: Timers;
  readonly outside: Outside;
  readonly theme: Theme;
  readonly size: Size;
  /** Looks up records for the find box; without it the box has commands and screens only. */
  readonly find?: FindSource;
  /** No boxes over the screen: the top overlay alone is shown, in reading order. */
  readonly screenReader?: boolean;
}

const MESSAGE_MS = { info: 6000, good: 6000, warning: 10_000, bad: 20_000 } as const;

/**
 * The shell: every input comes here, is offered to the overlay, the screen and what works
 * everywhere, in this order, and changes stores. Views only show the stores.
 */
export class Shell {
  readonly store: StoreApi<ShellState>;
  readonly options: ShellOptions;
  /** Empty until the screens are loaded, behind the sign-in screen. */
  registry: Registry;
  readonly navigation = new Navigation();
  readonly overlays: Overlays;
  readonly signIn: SignIn;
  readonly lock: IdleLock;
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
    this.desktop = new Desktop(this);
  }

  /**
   * Keeps what is typed in every open form: before the lock, at the end of a session, when the
   * line drops. Safe at any time, whoever is signed in; resolves when it is written, never rejects.
   */
  async keepDrafts(): Promise<void> {
    this.keys.forget();
    for (const overlay of this.overlays.store.getState().open) overlay.lock();
    await this.desktop.draftsKept();
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
    this.desktop.begin(actor);
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
  rightsChanged(actor: Actor): void {
    if (this.store.getState().actor?.userId !== actor.userId) return;
    this.store.setState({ actor });
    this.toast('Your rights have been changed.', 'info');
  }

  /** Leaves everything and shows the sign-in again. */
  signOut(): void {
    void this.leave();
    this.desktop.end();
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
