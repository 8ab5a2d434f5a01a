import type { StoreApi } from 'zustand/vanilla';
import type { BoundCommand } from '#keymap/bind.ts';
import type { Actor } from '#services/actor.ts';
import type { AnyScreen, Size } from '#ui/screen.ts';
import type { Theme } from '#ui/theme/tokens.ts';
import type { SignIn } from '../sign-in/sign-in.ts';
import type { Backend } from '../surroundings/backend.ts';
import type { FindSource } from '../surroundings/find-source.ts';
import type { Outside } from '../surroundings/outside.ts';
import type { Timers } from '../surroundings/timers.ts';
import type { Actions } from './actions.ts';
import type { Desk } from './desk.ts';
import type { IdleLock } from './lock.ts';
import type { Entry, Navigation } from './navigation.ts';
import type { Desktop } from './desktop.ts';
import type { Overlays } from './overlays.ts';
import type { Registry } from './registry.ts';
import type { Scope } from './scope.ts';
import type { Undos } from './undos.ts';

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

/** Everything typed comes through here. */
export interface Keys {
  /** Throws away what was typed ahead; answers how much that was. */
  readonly forget: () => number;
  /** Delivers what was kept, as far as nothing holds it again. */
  readonly drain: () => void;
  /** Keeps inputs while nothing more than `depth` overlays are open, until the answer is called. */
  readonly hold: (depth: number) => () => void;
  /** Runs a command; why it is not possible, or failed, is said. */
  readonly run: (command: BoundCommand) => Promise<void>;
}

/** What is there as long as somebody is signed in. */
export interface Session {
  /** @throws Error while nobody is */
  readonly desk: Desk;
  /** The commands of this session. */
  readonly actions: Actions;
  readonly undos: Undos;
  /** Keeps what is typed in open screens; resolves when every draft that was to be kept is written. */
  readonly draftsKept: () => Promise<unknown>;
  /** Looks for other people's changes no more, and is nowhere any more. */
  readonly watchNoMore: () => void;
}

/**
 * The shell as what belongs to it may use it: the commands that work everywhere, the find box, what
 * puts lists on paper, the views. It knows none of them; {@link OperatorShell} puts all together.
 */
export interface Shell {
  readonly store: StoreApi<ShellState>;
  readonly options: ShellOptions;
  /** Empty until the screens are loaded, behind the sign-in screen. */
  readonly registry: Registry;
  readonly navigation: Navigation;
  readonly overlays: Overlays;
  readonly desktop: Desktop;
  readonly signIn: SignIn;
  readonly lock: IdleLock;
  readonly session: Session;
  readonly keys: Keys;
  /** Null until the database is open. */
  readonly backend: Backend | null;
  /** Keeps what is typed in every open form. Safe at any time; resolves when it is written, never rejects. */
  readonly keepDrafts: () => Promise<void>;
  /** The session ends, by itself or with the program: resolves when the audit knows. */
  readonly leave: () => Promise<void>;
  /** Leaves everything and shows the sign-in again. */
  readonly signOut: () => void;
  /** The levels that get an input, innermost first. */
  readonly scopes: () => Scope[];
  /** Closes all overlays, asking when one holds something unsaved; false when the operator stays. */
  readonly leaveOverlays: () => Promise<boolean>;
  /** Says what went wrong; what was typed ahead is not for this. */
  readonly fail: (error: unknown) => void;
  /** A screen that could not be drawn: to the log; its place says so itself. */
  readonly broken: (error: unknown) => void;
  /** A line at the bottom, for some seconds. */
  readonly toast: (text: string, tone?: MessageTone) => void;
}
