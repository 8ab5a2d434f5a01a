import type { RecentRecord } from '#ui/screen.ts';
import type { Entry } from './navigation.ts';

/** Records that are remembered. */
const MOST = 20;

/** Records opened since signing in, the last first, each once. */
export class Recent {
  #records: readonly RecentRecord[] = [];

  get records(): readonly RecentRecord[] {
    return this.#records;
  }

  /** Notes the record that a screen shows, if it shows one. */
  note({ definition, store }: Entry): void {
    const recalled = definition.recall?.(store.getState());
    if (!recalled) return;
    const others = this.#records.filter(({ key, screenId }) => key !== recalled.key || screenId !== definition.id);
    this.#records = [{ ...recalled, screenId: definition.id }, ...others].slice(0, MOST);
  }

  clear(): void {
    this.#records = [];
  }
}
