import type { ReactNode } from 'react';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Command } from '#keymap/command.ts';
import type { InputEvent, Taken } from '#keymap/keys.ts';
import type { Actor } from '#services/actor.ts';
import type { Call } from '#services/operation.ts';
import type { DayQuestion } from './calendar/model.ts';
import type { FormDefinition, FormValues } from './form/definition.ts';
import type { Difference } from './form/merge.ts';
import type { Opened } from './form/model.ts';
import type { ConfirmQuestion, ConflictFacts, ListExport, PaperRequest, ShownSecret } from './dialogs.ts';
import type { Choice, TickList } from './choice.ts';
import type { Theme } from './theme/tokens.ts';
import type { UndoKeeper } from './undo.ts';

/** A sign and what it means: `[ARR]`, `Payment arrangement in force`. */
export interface LegendEntry {
  readonly sign: string;
  readonly meaning: string;
}

/** A record that can be opened again as it was. */
export interface Recalled {
  /** The same record always has the same key. */
  readonly key: string;
  readonly label: string;
  readonly detail: string;
  readonly params: unknown;
}

/** A record opened lately, and the screen that it opens in. */
export interface RecentRecord extends Recalled {
  readonly screenId: string;
}

/** A form that was left with something typed, and the record that it is about. */
export interface DraftRef {
  readonly form: string;
  readonly subjectId: number | null;
}

/** What is typed and not saved, in a form or in fields of a screen itself. */
export interface TypedWork {
  /** As the list of drafts calls it. */
  readonly title: string;
  readonly values: FormValues;
  /** What it was begun with, where it edits what is there. */
  readonly opened: Opened | null;
  /** What it says in words, where the values are not for reading. */
  readonly words?: readonly string[];
}

/** Keeps what is typed while it is not saved, so that a lock, a dropped line or a crash loses nothing. */
export interface TypedKeeper {
  /** What was kept; null when nothing. */
  readonly find: (draft: DraftRef) => Promise<Pick<TypedWork, 'values' | 'opened'> | null>;
  /** Keeps it soon; typing that goes on does not put it off. */
  readonly later: (draft: DraftRef, work: () => TypedWork) => void;
  readonly now: (draft: DraftRef, work: TypedWork) => void;
  readonly discard: (draft: DraftRef) => void;
}

/** Work in hand on a screen, as it is kept while it is not done. */
export interface ScreenDraft {
  readonly ref: DraftRef;
  /** For the list of drafts. */
  readonly title: string;
  /** Everything that is needed to go on; what is typed in it is looked through for card numbers. */
  readonly values: FormValues;
  /** What it says, for whoever reads it in the list. */
  readonly words: readonly string[];
}

/** Cells given to a view. A view fills at most this and never wraps. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** A file that the scanner left; `writtenAt` in epoch ms. */
export interface ScannedName {
  readonly name: string;
  readonly bytes: number;
  readonly writtenAt: number;
}

/**
 * A screen: one folder and one line in `screens/index.ts`. State is plain data in a
 * store of its own, one per open screen, kept on the navigation stack (so that coming
 * back finds cursor, scroll and filter as they were).
 */
export interface ScreenDefinition<P, S> {
  readonly id: string;
  /** Three letters, typed after `=` to jump here; empty for screens that need a record first. */
  readonly code: string;
  /** As in menus and the palette. */
  readonly title: string;
  readonly permission: string | null;
  /** Its part of the crumbs line. */
  readonly crumb: (state: S, params: P) => string;
  /** What the argument after the jump code means: `=ACC 10023`. */
  readonly parseArgument?: (argument: string) => P;
  readonly create: (params: P) => S;
  /** Fetches; runs on opening, on F5 and when somebody else changed what it shows. Keeps the old data meanwhile. */
  readonly load?: (ctx: ScreenContext<P, S>) => Promise<void>;
  readonly commands: readonly Command<ScreenContext<P, S>>[];
  /** True while a text field has the focus: printable keys then go to `onInput`, not to commands. */
  readonly typing?: (state: S) => boolean;
  /** First chance at an event. */
  readonly onInput?: (ctx: ScreenContext<P, S>, event: InputEvent) => Taken;
  /** Signs of this screen, explained in its help: badges, marks, letters. */
  readonly legend?: (state: S) => readonly LegendEntry[];
  /** The record that is open, for the list of those opened lately; null while there is none. */
  readonly recall?: (state: S) => Recalled | null;
  /** Opens a form again that was left with something typed, after `load`; false when it is none of this screen's, or cannot be. */
  readonly resume?: (ctx: ScreenContext<P, S>, draft: DraftRef) => Promise<boolean>;
  /**
   * Which record is open, so that others at the same one are told: `account 4711`. Only what was
   * loaded under this operator's rights; null while nothing is.
   */
  readonly presence?: (state: S) => string | null;
  /** Keeps as a draft what is typed in the screen's own fields, if anything: it locks, or the line drops. */
  readonly keep?: (ctx: ScreenContext<P, S>) => void;
  /** Work in hand that is kept while it is not done, and forgotten when it is; null when there is none. */
  readonly draft?: (state: S) => ScreenDraft | null;
  /** Unsaved work that leaving would lose, in words; null when none. */
  readonly unsaved?: (state: S) => string | null;
  readonly View: (props: ViewProps<P, S>) => ReactNode;
}

export interface ViewProps<P, S> {
  readonly state: S;
  readonly params: P;
  readonly size: Size;
  readonly theme: Theme;
  readonly actor: Actor;
  readonly today: CivilDate;
}

/** What commands and loaders of a screen can do. */
export interface ScreenContext<P, S> {
  readonly params: P;
  readonly actor: Actor;
  readonly today: CivilDate;
  readonly get: () => S;
  /** Merges into the state. */
  readonly set: (patch: Partial<S>) => void;
  /** The body's size now, for paging. */
  readonly size: () => Size;
  /** Runs an operation as the signed-in user. */
  readonly call: Call;
  readonly open: (screenId: string, params?: unknown) => void;
  /** Opens in place of this screen, keeping the way back. */
  readonly replace: (screenId: string, params?: unknown) => void;
  readonly back: () => void;
  /** Reloads this screen. */
  readonly reload: () => Promise<void>;
  readonly toast: (text: string, tone?: 'info' | 'good' | 'warning' | 'bad') => void;
  /** Says what nobody asked for, such as what somebody else did; gives way to a message that is being read. */
  readonly tell: (text: string) => void;
  /** A yes/no question, doing nothing preselected. */
  readonly confirm: (question: ConfirmQuestion) => Promise<boolean>;
  /** One of several, type to filter; null when left. */
  readonly choose: <V>(title: string, choices: readonly Choice<V>[]) => Promise<V | null>;
  /** A day from a calendar; null when left. */
  readonly pickDay: (asked: DayQuestion) => Promise<CivilDate | null>;
  /** Any number of several, in their order: space ticks, type to filter; null when left. */
  readonly pickMany: (list: TickList) => Promise<readonly string[] | null>;
  /** Some of several in an order of their own, those ticked first in theirs; null when left. */
  readonly putInOrder: (list: TickList) => Promise<readonly string[] | null>;
  /** A form over the screen; resolves to the saved answer, or null when left. */
  readonly form: <V extends FormValues, R>(definition: FormDefinition<V, R>) => Promise<R | null>;
  /**
   * Asks what becomes of fields that somebody else changed meanwhile; null when left. `edit` makes
   * one text of both sides' of a field of several lines.
   */
  readonly resolve: (
    facts: ConflictFacts,
    edit: (difference: Difference) => Promise<string | null>,
  ) => Promise<readonly Difference[] | null>;
  /** Drafts of what is typed in the screen's own fields; forms keep theirs by themselves. */
  readonly typed: TypedKeeper;
  /** Changes that the operator may take back; forms that say how are there by themselves. */
  readonly undo: UndoKeeper;
  /** Lines of text in a scrolling window; `once`: never shown again, so that no key on its way closes it. */
  readonly show: (title: string, lines: readonly string[], once?: boolean) => Promise<void>;
  /** A sensitive value for some seconds, hidden by any key, a lock or another size. */
  readonly showSecret: (secret: ShownSecret) => Promise<void>;
  /** To the clipboard by OSC 52; `what` is named in the toast. */
  readonly copy: (text: string, what: string) => void;
  /** Asks for a file and writes CSV or XLSX. */
  readonly exportList: (list: ListExport) => Promise<void>;
  /**
   * The lines of a file by its path as typed, and its name.
   * @throws Failure `refused` at the field `path`, in the operator's words
   */
  readonly readFile: (path: string) => Promise<{ readonly name: string; readonly lines: readonly string[] }>;
  /** Files that may become documents, by name only. */
  readonly files: {
    /** Paths that begin as typed; folders with a slash behind. */
    readonly browse: (typed: string) => Promise<readonly string[]>;
    /** What lies in the scanner's folder, the newest first. @throws Failure `refused` */
    readonly scans: (folder: string) => Promise<readonly ScannedName[]>;
  };
  /** Asks for format and destination, and prints, writes or sends. */
  readonly paper: (request: PaperRequest) => Promise<void>;
  /** Writes a kept document to a file that it asks for. */
  readonly saveDocument: (document: { readonly name: string; readonly content: string }) => Promise<void>;
  /** Sends what was queued, in the background; says what became of it. */
  readonly deliver: (communicationIds: readonly number[]) => void;
  /** Records opened since signing in, the last first. */
  readonly recent: () => readonly RecentRecord[];
  /** Opens the find box, with these characters typed already. */
  readonly find: (typed?: string) => void;
  /** Lists the forms that were left with something typed. */
  readonly drafts: () => void;
}

/** A screen of any parameters and state, as the list of screens holds them. */
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyScreen = ScreenDefinition<any, any>;
