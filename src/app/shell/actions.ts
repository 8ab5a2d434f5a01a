import type { Call } from '#services/operation.ts';

/** A command that the operator gave, and what became of it as far as this process knows. */
export interface Action {
  readonly operation: string;
  /** In the operator's words. */
  readonly summary: string;
  /** Epoch ms, before the command was begun. */
  readonly startedAt: number;
  readonly outcome: 'at work' | 'saved' | 'not saved';
}

/** Follows the commands of a session: which are at work, and what became of the last. */
export class Actions {
  readonly #now: () => number;
  readonly #atWork = new Set<Promise<unknown>>();
  #last: Action | null = null;
  #lastEnd = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** The same way in, followed. Queries change nothing and are not. */
  watched(call: Call): Call {
    return (operation, input, options) => {
      const work = call(operation, input, options);
      if (operation.kind === 'command') this.#follow(operation, work);
      return work;
    };
  }

  /** The last command, when it is at work or ended so short ago that its answer may not have been seen. */
  unseen(withinMs: number): Action | null {
    const last = this.#last;
    return last && (last.outcome === 'at work' || this.#now() - this.#lastEnd < withinMs) ? last : null;
  }

  /** Resolves when nothing is at work. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#atWork);
  }

  #follow({ name, summary }: { readonly name: string; readonly summary: string }, work: Promise<unknown>): void {
    const action: Action = { operation: name, summary, startedAt: this.#now(), outcome: 'at work' };
    this.#last = action;
    const ended = (outcome: Action['outcome']): void => {
      this.#atWork.delete(followed);
      if (this.#last !== action) return;
      this.#last = { ...action, outcome };
      this.#lastEnd = this.#now();
    };
    const followed = work.then(
      () => ended('saved'),
      () => ended('not saved'),
    );
    this.#atWork.add(followed);
  }
}
