import { EventEmitter } from 'node:events';
import { blankRow, parseRow, type Row } from './cells.ts';
import { readFrame } from './frame.ts';
import { Pace } from './pace.ts';
import { Painter } from './paint.ts';
import { findScroll, scrolled } from './scroll.ts';
import type { Sink } from './sink.ts';

const BEGIN_SYNCHRONISED = '\x1b[?2026h';
const END_SYNCHRONISED = '\x1b[?2026l';
/** Output from which on a frame is marked to be shown at once, where terminals know how. */
const LARGE = 1024;

export interface ScreenOptions {
  readonly columns: number;
  readonly rows: number;
  readonly sink: Sink;
  /** Rows that are on the screen already, painted before there was a writer. */
  readonly painted?: readonly string[];
  /** True on lines that may be slow: frames wait for the terminal's answer. */
  readonly paced?: boolean;
}

/**
 * Options for Ink's `render` that suit a `Screen` given as `stdout`. A key often changes the
 * screen twice (at work, done): were Ink to wait between frames, the second would be late, and
 * frames too many for the line are dropped here anyway.
 */
export const INK_OPTIONS = {
  alternateScreen: false,
  incrementalRendering: false,
  patchConsole: false,
  exitOnCtrlC: false,
  interactive: true,
  maxFps: 500,
} as const;

type Done = (error?: Error | null) => void;
/**
 * A terminal's screen beneath Ink: takes whole frames and writes only the cells that changed,
 * by the shortest way, with scroll regions where rows moved, in one write a frame. While the
 * line is busy newer frames replace older ones; the last is always shown. Nothing leaves but
 * text, SGR, cursor movements, scrolling and links that the program composed.
 */
export class Screen extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly destroyed = false;
  readonly writableEnded = false;
  columns: number;
  rows: number;
  readonly #sink: Sink;
  readonly #painter = new Painter();
  readonly #pace: Pace;
  /** Rows by their text, of the frames shown and to be shown. */
  #known = new Map<string, Row>();
  #shown: Row[] | null = null;
  #lines: readonly string[] = [];
  #lastRow = 0;
  #cursor: { readonly x: number; readonly y: number } | null = null;
  /** Whoever painted before left it shown. */
  #cursorShown = true;
  #controls = '';
  #synchronised = false;
  #stale = false;
  #busy = false;
  #suspended = false;
  #waiting: (() => void)[] = [];

  constructor(options: ScreenOptions) {
    super();
    this.columns = options.columns;
    this.rows = options.rows;
    this.#sink = options.sink;
    this.#pace = new Pace(options.paced ?? false, () => this.#flush());
    if (options.painted && options.painted.length > 0) {
      this.#lines = options.painted;
      this.#shown = this.#rowsOf(options.painted);
      this.#painter.forget();
    }
    this.setMaxListeners(0);
  }

  /** As Ink's `stdout`. */
  get stream(): NodeJS.WriteStream {
    return this as unknown as NodeJS.WriteStream;
  }

  /** A frame, as Ink writes it; `done` is called when it, or a newer one, has been taken by the line. */
  write(chunk: string | Uint8Array, encoding?: BufferEncoding | Done, done?: Done): boolean {
    const finished = typeof encoding === 'function' ? encoding : done;
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (text === BEGIN_SYNCHRONISED) this.#synchronised = true;
    else if (text === END_SYNCHRONISED) this.#synchronised = false;
    else if (text !== '') this.#accept(text);
    if (!this.#synchronised) this.#flush();
    if (finished) void this.settled().then(() => finished());
    return true;
  }

  end(): this {
    return this;
  }

  cork(): void {}

  uncork(): void {}

  getWindowSize(): [columns: number, rows: number] {
    return [this.columns, this.rows];
  }

  /** The terminal has another size: everything is painted anew. */
  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.#known.clear();
    this.#shown = null;
    this.#stale = true;
    this.#synchronised = true;
    this.emit('resize');
    this.#synchronised = false;
    // Ink writes nothing when its frame is the same at both sizes.
    setImmediate(() => this.#flush());
  }

  /** Paints everything anew, whatever the terminal shows (Ctrl+L, after another program). */
  repaint(): void {
    this.#shown = null;
    this.#stale = true;
    this.#flush();
  }

  /** The terminal belongs to somebody else: frames are kept, nothing is written. */
  suspend(): void {
    this.#suspended = true;
  }

  resume(): void {
    this.#suspended = false;
    this.repaint();
  }

  /** A control sequence of this program's own (clipboard, bell), in order with the frames. */
  control(sequence: string): void {
    this.#controls += sequence;
    this.#stale = true;
    if (!this.#synchronised) this.#flush();
  }

  /** An answer of the terminal; true when it was for the screen. */
  readonly report = (sequence: string): boolean => this.#pace.report(sequence);

  /** Resolves when the terminal owes no answer: one that comes later would be input of whoever reads next. */
  readonly answered = (): Promise<void> => this.#pace.answered();

  /** Resolves when the newest frame has been taken by the line. */
  settled(): Promise<void> {
    if (!this.#busy && (!this.#stale || this.#suspended)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #accept(text: string): void {
    const frame = readFrame(text, this.#lastRow);
    if (frame.lines) {
      this.#lastRow = frame.lines.length - 1;
      this.#lines = frame.lines.at(-1) === '' ? frame.lines.slice(0, -1) : frame.lines;
    }
    if (frame.cursor !== undefined) this.#cursor = frame.cursor;
    this.#stale ||= frame.lines !== null || frame.cursor !== undefined;
  }

  #flush(): void {
    if (!this.#stale || this.#busy || this.#suspended || !this.#pace.open) {
      this.#release();
      return;
    }
    this.#stale = false;
    // Without any frame (a screen reader's linear output goes elsewhere) there is nothing to paint.
    const output = this.#controls + (this.#lines.length > 0 ? this.#changes() : '');
    this.#controls = '';
    if (output === '') {
      this.#release();
      return;
    }
    const whole = output.length >= LARGE ? BEGIN_SYNCHRONISED + output + END_SYNCHRONISED : output;
    this.#busy = true;
    this.#sink.write(whole + this.#pace.request(), () => {
      this.#busy = false;
      this.#flush();
    });
  }

  #release(): void {
    if (this.#busy || (this.#stale && !this.#suspended)) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Output that turns what is shown into the newest frame. */
  #changes(): string {
    const next = this.#rowsOf(this.#lines);
    const painter = this.#painter;
    let shown = this.#shown;
    if (shown === null) {
      painter.forget();
      painter.clear();
      this.#cursorShown = true;
      const blank = blankRow(this.columns);
      shown = next.map(() => blank);
    } else {
      const scroll = findScroll(shown, next);
      if (scroll) {
        painter.scroll(scroll);
        shown = scrolled(shown, scroll, blankRow(this.columns));
      }
    }
    next.forEach((row, y) => painter.row(y, shown[y] ?? row, row));
    this.#shown = next;
    return painter.take() + this.#placeCursor();
  }

  #placeCursor(): string {
    const cursor = this.#cursor;
    if (cursor === null || cursor.y >= this.rows || cursor.x >= this.columns) {
      if (!this.#cursorShown) return '';
      this.#cursorShown = false;
      return '\x1b[?25l';
    }
    this.#painter.moveTo(cursor.x, cursor.y);
    const moved = this.#painter.take();
    if (this.#cursorShown) return moved;
    this.#cursorShown = true;
    return `${moved}\x1b[?25h`;
  }

  #rowsOf(lines: readonly string[]): Row[] {
    const known = new Map<string, Row>();
    const rows = Array.from({ length: this.rows }, (_, y) => {
      const text = lines[y] ?? '';
      const row = known.get(text) ?? this.#known.get(text) ?? parseRow(text, this.columns);
      known.set(text, row);
      return row;
    });
    this.#known = known;
    return rows;
  }
}
