import { type BoundCommand, resolveKey } from '#keymap/bind.ts';
import type { InputEvent } from '#keymap/keys.ts';
import { confirmOverlay } from '../overlays/confirm.tsx';
import { isPrintable } from '../shell/scope.ts';
import type { Keys, Shell } from '../shell/shell.ts';
import { TypeAhead } from './type-ahead.ts';

/** A question takes no answer so soon after it appeared, ms. */
const GUARD = 300;
/** Keys that arrive this close behind a paste belong to it, ms. */
const PASTE_TAIL = 50;
/** A command that is done sooner is not said to be at work: the word would only flicker, ms. */
const UNNOTICED = 100;

/**
 * Everything typed, in order: kept while something loads, then offered to the overlay, the
 * screen and what works everywhere, until one of them uses it.
 */
export class Dispatcher implements Keys {
  readonly #shell: Shell;
  readonly #typeAhead = new TypeAhead();
  /** How many overlays were open when each command now at work began. */
  readonly #running: number[] = [];
  #lastPaste = Number.NEGATIVE_INFINITY;
  #draining = false;
  /** Calls off the word that something is at work; null while none is to come. */
  #soonWorking: (() => void) | null = null;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  /** The one way in for everything typed. */
  dispatch(event: InputEvent): void {
    if (event.type === 'paste') this.#lastPaste = this.#shell.options.timers.now();
    if (!this.#shell.lock.locked) {
      // A key that finds the time over was for the screen behind the lock, and is no password.
      if (this.#shell.lock.review()) return;
      this.#shell.lock.touch();
    }
    if (!this.held) return this.#handle(event);
    const gaveUp = event.type === 'key' && (event.key === 'escape' || event.key === 'f12');
    if (gaveUp) this.#giveUp();
    else if (!this.#typeAhead.push(event)) this.#shell.options.outside.beep();
    this.#showWaiting();
  }

  /** Esc while something loads: forgets what was typed ahead; with nothing to forget, leaves the screen that loads. */
  #giveUp(): void {
    if (this.#typeAhead.discard() > 0) return this.#shell.toast('What was typed ahead is forgotten.', 'info');
    const top = this.#shell.navigation.top;
    if (this.#shell.overlays.depth === 0 && top && !top.status.getState().opened) this.#shell.desktop.back();
  }

  /** Whether inputs are kept for what comes: a screen opens, a command is at work, the password is checked. */
  get held(): boolean {
    if (this.#shell.signIn.checking) return true;
    if (this.#shell.store.getState().actor === null || this.#shell.lock.locked) return false;
    const depth = this.#shell.overlays.depth;
    if (this.#running.includes(depth)) return true;
    return depth === 0 && this.#shell.navigation.top?.status.getState().opened === false;
  }

  /** Delivers what was kept, as far as nothing holds it again. */
  drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    try {
      while (!this.held) {
        const event = this.#typeAhead.next();
        if (event === undefined) break;
        this.#handle(event);
      }
    } finally {
      this.#draining = false;
      this.#showWaiting();
    }
  }

  /** Forgets what was typed ahead: something happened that the operator has not seen yet. */
  forget(): number {
    const dropped = this.#typeAhead.discard();
    this.#showWaiting();
    return dropped;
  }

  #showWaiting(): void {
    const { held } = this;
    const now = this.#shell.store.getState();
    const waiting = this.#typeAhead.size;
    const working = held && now.working;
    if (now.waiting !== waiting || now.working !== working) this.#shell.store.setState({ waiting, working });
    if (held && !working) {
      this.#soonWorking ??= this.#shell.options.timers.after(UNNOTICED, () => {
        this.#soonWorking = null;
        if (this.held) this.#shell.store.setState({ working: true });
      });
    } else if (!held) {
      this.#soonWorking?.();
      this.#soonWorking = null;
    }
  }

  #handle(event: InputEvent): void {
    if (this.#shell.lock.locked) return this.#handleLocked(event);
    if (this.#tooSoon(event)) return;
    const { depth } = this.#shell.overlays;
    for (const scope of this.#shell.scopes()) {
      try {
        const taken = scope.input?.(event) ?? false;
        if (taken instanceof Promise) return void this.#finish(taken, depth);
        if (taken) return;
      } catch (error) {
        return this.#shell.fail(error);
      }
      if (event.type !== 'key') continue;
      if (scope.typing && isPrintable(event)) return;
      const command = resolveKey(scope.commands, event.key);
      if (command) return void this.run(command);
    }
  }

  #handleLocked(event: InputEvent): void {
    if (this.#shell.lock.input(event) || event.type !== 'key') return;
    if (event.key === 'enter') void this.#shell.lock.unlock().catch((error: unknown) => this.#shell.fail(error));
    else if (event.key === 'ctrl+c') this.#shell.lock.leave();
    else if (event.key === 'ctrl+l') this.#shell.options.outside.repaint();
  }

  /** A question takes nothing that was on its way before it could be read. */
  #tooSoon(event: InputEvent): boolean {
    const overlay = this.#shell.overlays.top;
    if (!overlay?.definition.guarded) return false;
    const now = this.#shell.options.timers.now();
    if (event.type === 'paste' || now - this.#lastPaste < PASTE_TAIL) return true;
    return now - overlay.openedAt < GUARD;
  }

  /** Runs a command; its reason when it is not possible, its failure when it fails, are said. */
  async run(command: BoundCommand): Promise<void> {
    const when = command.when();
    if (when !== true) {
      this.forget();
      return this.#shell.toast(when, 'warning');
    }
    const depth = this.#shell.overlays.depth;
    try {
      if (command.danger === 'confirm' && !(await this.ask(command))) return;
      const done = command.run();
      if (!(done instanceof Promise)) return;
      if (command.background) return await done;
      await this.#finish(done, depth);
    } catch (error) {
      this.#shell.fail(error);
    } finally {
      this.drain();
    }
  }

  /** Keeps inputs for what comes of something that is at work; that it failed is said. Never rejects. */
  async #finish(work: Promise<void>, depth: number): Promise<void> {
    this.#running.push(depth);
    this.#showWaiting();
    try {
      await work;
    } catch (error) {
      this.#shell.fail(error);
    } finally {
      this.#running.splice(this.#running.indexOf(depth), 1);
      this.drain();
    }
  }

  /** Keeps inputs while nothing more than `depth` overlays are open, until what comes is there. */
  hold(depth: number): () => void {
    this.#running.push(depth);
    return () => {
      this.#running.splice(this.#running.indexOf(depth), 1);
      this.drain();
    };
  }

  ask(command: BoundCommand): Promise<boolean> {
    return this.#shell.overlays
      .open(confirmOverlay({ title: command.title, lines: ['This cannot be taken back.'], action: command.title }))
      .then((answer) => answer === true);
  }
}
