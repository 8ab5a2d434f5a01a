import type { InputEvent } from '#keymap/keys.ts';
import { Decoder } from './decode.ts';
import type { Decoded } from './decode.ts';

/** The part of a terminal's input stream that is used. */
export interface InputStream {
  readonly isTTY?: boolean;
  setEncoding(encoding: 'utf8'): unknown;
  setRawMode?(on: boolean): unknown;
  on(event: 'data', listener: (chunk: string) => void): unknown;
  off(event: 'data', listener: (chunk: string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface InputOptions {
  readonly stream: InputStream;
  /** The one dispatcher. Called for each event in turn; pausing in it holds back those that follow. */
  readonly onEvent: (event: InputEvent) => void;
  /** Answers of the terminal to requests. */
  readonly onReport?: (sequence: string) => void;
  /** Keys typed ahead that found no room, or were thrown away by Escape: time to beep. */
  readonly onDropped?: (count: number) => void;
  /** How long an Escape may wait for the rest of a sequence, in ms; slow lines split sequences. */
  readonly escapeTimeout?: number;
  /** How long a paste may be silent before its end counts as lost, in ms. */
  readonly pasteTimeout?: number;
  /** Events kept while paused. */
  readonly limit?: number;
}

export const ESCAPE_TIMEOUT = 75;
const PASTE_TIMEOUT = 1500;
const TYPE_AHEAD = 64;

/** Keys that give up what was typed ahead, as Error Reset did on a 5250. */
const RESET_KEYS: ReadonlySet<string> = new Set(['escape', 'f12']);

/**
 * Standard input as events, in order, to one dispatcher. While paused (something loads) keys
 * are kept, up to a limit, and delivered on `resume`; Escape throws them away.
 */
export class Input {
  readonly #options: InputOptions;
  readonly #decoder = new Decoder();
  readonly #queue: InputEvent[] = [];
  #timer: NodeJS.Timeout | null = null;
  #attached = false;
  #paused = false;
  #draining = false;

  /** When the last paste arrived, by `performance.now()`: confirmations ignore keys right after one. */
  lastPaste = Number.NEGATIVE_INFINITY;

  constructor(options: InputOptions) {
    this.#options = options;
  }

  /** Starts reading: raw mode, one listener. */
  attach(): void {
    if (this.#attached) return;
    this.#attached = true;
    const { stream } = this.#options;
    stream.setEncoding('utf8');
    stream.setRawMode?.(true);
    stream.on('data', this.#read);
    stream.resume();
  }

  /** Stops reading and gives raw mode back, so that another program can have the terminal. */
  detach(): void {
    if (!this.#attached) return;
    this.#attached = false;
    const { stream } = this.#options;
    this.#clearTimer();
    this.#accept(this.#decoder.flush());
    stream.off('data', this.#read);
    stream.setRawMode?.(false);
    stream.pause();
  }

  /** Text that somebody else read from the terminal before, as the terminal sent it. */
  feed(text: string): void {
    this.#read(text);
  }

  get paused(): boolean {
    return this.#paused;
  }

  /** Holds events back, to be typed ahead. */
  pause(): void {
    this.#paused = true;
  }

  /** Delivers what was held back and all that follows. */
  resume(): void {
    this.#paused = false;
    this.#drain();
  }

  /** Throws away what was typed ahead; returns how many events that were. */
  discard(): number {
    return this.#queue.splice(0).length;
  }

  readonly #read = (chunk: string): void => {
    this.#clearTimer();
    this.#accept(this.#decoder.feed(chunk));
    const { waiting } = this.#decoder;
    if (waiting === null) return;
    const { escapeTimeout = ESCAPE_TIMEOUT, pasteTimeout = PASTE_TIMEOUT } = this.#options;
    this.#timer = setTimeout(this.#expire, waiting === 'paste' ? pasteTimeout : escapeTimeout);
  };

  readonly #expire = (): void => {
    this.#timer = null;
    this.#accept(this.#decoder.flush());
  };

  #clearTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #accept(decoded: readonly Decoded[]): void {
    for (const event of decoded) {
      if (event.type === 'report') this.#options.onReport?.(event.sequence);
      else this.#enqueue(event);
    }
    this.#drain();
  }

  #enqueue(event: InputEvent): void {
    if (event.type === 'paste') this.lastPaste = performance.now();
    if (!this.#paused) {
      this.#queue.push(event);
      return;
    }
    if (event.type === 'key' && RESET_KEYS.has(event.key)) {
      const dropped = this.discard();
      if (dropped > 0) this.#options.onDropped?.(dropped);
    }
    if (this.#queue.length < (this.#options.limit ?? TYPE_AHEAD)) this.#queue.push(event);
    else this.#options.onDropped?.(1);
  }

  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    try {
      while (!this.#paused) {
        const event = this.#queue.shift();
        if (event === undefined) break;
        this.#options.onEvent(event);
      }
    } finally {
      this.#draining = false;
    }
  }
}
