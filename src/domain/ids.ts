/** 2024-01-01T00:00:00Z, the zero of the time part of identities. */
const EPOCH_SECOND = 1_704_067_200;
const SEQUENCES = 2 ** 11;
const NODES = 2 ** 10;

/**
 * Makes 53-bit identities that rise with time: 32 bits of seconds since 2024, 10 of the
 * process, 11 of a sequence. A second's sequence begins anywhere in its lower half, so that two
 * of fifty processes that drew the same number seldom meet in it; when it is used up the next
 * second is borrowed.
 */
export class IdMaker {
  readonly #seconds: () => number;
  readonly #random: () => number;
  #node: number;
  #second = 0;
  #sequence = 0;

  constructor(nowMs: () => number = Date.now, random: () => number = Math.random) {
    this.#seconds = () => Math.floor(nowMs() / 1000) - EPOCH_SECOND;
    this.#random = random;
    this.#node = Math.floor(random() * NODES);
  }

  next(): number {
    const now = this.#seconds();
    if (now > this.#second) {
      this.#second = now;
      this.#sequence = Math.floor((this.#random() * SEQUENCES) / 2);
    } else if (++this.#sequence === SEQUENCES) {
      this.#second += 1;
      this.#sequence = 0;
    }
    return (this.#second * NODES + this.#node) * SEQUENCES + this.#sequence;
  }

  /** Another process turned out to have the same node number: take a different one. */
  reseed(): void {
    this.#node = (this.#node + 1 + Math.floor(this.#random() * (NODES - 1))) % NODES;
  }
}

/** No identity made at or after that instant (epoch ms) is lower: finds the newest rows by their key. */
export const lowestIdAt = (ms: number): number => Math.max(0, Math.floor(ms / 1000) - EPOCH_SECOND) * NODES * SEQUENCES;
