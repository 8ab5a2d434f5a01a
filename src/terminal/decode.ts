import { decodeOne, flushed } from './sequences.ts';
import type { Decoded } from './sequences.ts';

export type { Decoded, Report } from './sequences.ts';

const PASTE_START = '\x1b[200~';
const PASTE_END = '\x1b[201~';
/** A paste longer than this is cut: no field takes as much. */
const PASTE_LIMIT = 1_000_000;
/**
 * Terminal text to keys and pastes: pure and resumable, so that the same bytes give the same
 * events however they were split on the way. What is not known is dropped, never typed.
 */
export class Decoder {
  #rest = '';
  #paste: string | null = null;
  #pasteTail = '';

  /** What the decoder is waiting for: the rest of an escape sequence, the end of a paste, or nothing. */
  get waiting(): 'escape' | 'paste' | null {
    if (this.#paste !== null) return 'paste';
    return this.#rest === '' ? null : 'escape';
  }

  feed(chunk: string): Decoded[] {
    const events: Decoded[] = [];
    let text = this.#rest + chunk;
    this.#rest = '';
    let index = 0;
    for (;;) {
      if (this.#paste !== null) {
        text = this.#pasted(text.slice(index), events);
        index = 0;
      }
      if (index >= text.length) break;
      if (text.startsWith(PASTE_START, index)) {
        this.#paste = '';
        index += PASTE_START.length;
        continue;
      }
      const step = decodeOne(text, index);
      if (step === null) {
        this.#rest = text.slice(index);
        break;
      }
      events.push(...step.events);
      index += step.length;
    }
    return events;
  }

  /** The time to wait is over: what came is all there is. An Escape is the key; a lost paste end ends the paste. */
  flush(): Decoded[] {
    if (this.#paste !== null) {
      const text = this.#paste + this.#pasteTail;
      this.#paste = null;
      this.#pasteTail = '';
      return text === '' ? [] : [{ type: 'paste', text: lineBreaks(text) }];
    }
    const rest = this.#rest;
    this.#rest = '';
    return flushed(rest);
  }

  /** Takes the part of a paste in `text`; returns what follows its end. */
  #pasted(text: string, events: Decoded[]): string {
    const all = this.#pasteTail + text;
    const end = all.indexOf(PASTE_END);
    if (end >= 0) {
      const pasted = ((this.#paste ?? '') + all.slice(0, end)).slice(0, PASTE_LIMIT);
      this.#paste = null;
      this.#pasteTail = '';
      events.push({ type: 'paste', text: lineBreaks(pasted) });
      return all.slice(end + PASTE_END.length);
    }
    const keep = unfinishedEnd(all);
    this.#paste = ((this.#paste ?? '') + all.slice(0, all.length - keep)).slice(0, PASTE_LIMIT);
    this.#pasteTail = all.slice(all.length - keep);
    return '';
  }
}

/** How much of the end may be the beginning of the paste's end marker. */
function unfinishedEnd(text: string): number {
  for (let length = Math.min(PASTE_END.length - 1, text.length); length > 0; length -= 1) {
    if (PASTE_END.startsWith(text.slice(-length))) return length;
  }
  return 0;
}

const lineBreaks = (text: string): string => text.replace(/\r\n?/g, '\n');
