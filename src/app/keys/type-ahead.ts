import type { InputEvent } from '#keymap/keys.ts';

/** As many inputs as a 5250 buffered generously; what comes after them is refused with a beep. */
const LIMIT = 64;

/** Inputs kept while something loads, in order. */
export class TypeAhead {
  readonly #events: InputEvent[] = [];

  get size(): number {
    return this.#events.length;
  }

  /** False when there is no room. */
  push(event: InputEvent): boolean {
    if (this.#events.length >= LIMIT) return false;
    this.#events.push(event);
    return true;
  }

  next(): InputEvent | undefined {
    return this.#events.shift();
  }

  /** Throws all away; says how many they were. */
  discard(): number {
    return this.#events.splice(0).length;
  }
}
