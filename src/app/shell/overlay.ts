import type { ReactNode } from 'react';
import type { Command } from '#keymap/command.ts';
import type { InputEvent, Taken } from '#keymap/keys.ts';
import type { Size } from '#ui/screen.ts';
import type { Theme } from '#ui/theme/tokens.ts';

/** Cells of the whole screen that an overlay covers. */
export interface OverlayBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface OverlayContext<S, R> {
  readonly get: () => S;
  readonly set: (patch: Partial<S>) => void;
  /** Takes the overlay away and answers who opened it; null: left without an answer. */
  readonly close: (answer: R | null) => void;
  /** The terminal's size now. */
  readonly size: () => Size;
}

export interface OverlayViewProps<S> {
  readonly state: S;
  readonly box: OverlayBox;
  readonly theme: Theme;
}

/**
 * Something over the screen that has all input until it is closed: a question, a list to
 * choose from, a form, a text, the find box, help. Built like a small screen.
 */
export interface OverlayDefinition<S, R> {
  readonly kind:
    | 'calendar'
    | 'confirm'
    | 'choose'
    | 'pick'
    | 'order'
    | 'form'
    | 'text'
    | 'find'
    | 'help'
    | 'conflict'
    | 'secret';
  readonly state: S;
  readonly commands: readonly Command<OverlayContext<S, R>>[];
  readonly typing?: (state: S) => boolean;
  readonly onInput?: (ctx: OverlayContext<S, R>, event: InputEvent) => Taken;
  /** Called once, when it is on the screen. */
  readonly opened?: (ctx: OverlayContext<S, R>) => void;
  readonly box: (state: S, size: Size) => OverlayBox;
  readonly View: (props: OverlayViewProps<S>) => ReactNode;
  /** A question: what was typed ahead is thrown away, and what comes at once is not an answer. */
  readonly guarded?: boolean;
  /** What leaving would lose, in words. */
  readonly unsaved?: (state: S) => string | null;
  /** Called when the screen locks: the chance to keep a draft. */
  readonly onLock?: (ctx: OverlayContext<S, R>) => void;
  /** Called when the terminal has another size. */
  readonly onResize?: (ctx: OverlayContext<S, R>) => void;
}

/** A box of that size in the middle of the screen, never beyond it. */
export function centered(size: Size, width: number, height: number): OverlayBox {
  const w = Math.max(10, Math.min(width, size.columns - 2));
  const h = Math.max(3, Math.min(height, size.rows - 2));
  return { x: (size.columns - w) >> 1, y: (size.rows - h) >> 1, width: w, height: h };
}
