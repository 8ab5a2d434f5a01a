/** A seeded source of choices (sfc32): the same seed makes the same utility on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #count = 1;

  constructor(seed: number) {
    this.#a = seed | 0;
    this.#b = (seed / 2 ** 32) | 0;
    this.#c = 0x9e3779b9 | 0;
    for (let i = 0; i < 15; i++) this.next();
  }

  /** At least 0 and below 1. */
  next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#count) | 0;
    this.#count = (this.#count + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** An integer from 0 to `n` − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n);
  }

  /** An integer from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** Picks by weight; the weights need not add up to anything. */
  weighted<T>(from: readonly (readonly [weight: number, value: T])[]): T {
    let total = 0;
    for (const [weight] of from) total += weight;
    let at = this.next() * total;
    for (const [weight, value] of from) {
      at -= weight;
      if (at < 0) return value;
    }
    return from.at(-1)![1];
  }

  /** Roughly normal around 1 with that spread, never below a tenth. */
  spread(deviation: number): number {
    const bell = (this.next() + this.next() + this.next() + this.next() - 2) * 1.73;
    return Math.max(0.1, 1 + bell * deviation);
  }
}
