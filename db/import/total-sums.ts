/** Name, dimension and label of a control total's group; the whole has neither dimension nor label. */
export type TotalKey = readonly [name: string, dimension: string, label: string];

type Side = 'source' | 'ledger';
type Sums = Map<string, { readonly key: TotalKey; n: number; sum: number }>;

/** Groups held in memory before they are written away. */
const HELD = 20_000;

/** Sums control totals in memory, and hands them over when there are many groups. */
export class TotalSums {
  readonly #store: (side: Side, sums: Iterable<readonly [TotalKey, { n: number; sum: number }]>) => void;
  readonly #sums: Record<Side, Sums> = { source: new Map(), ledger: new Map() };

  constructor(store: (side: Side, sums: Iterable<readonly [TotalKey, { n: number; sum: number }]>) => void) {
    this.#store = store;
  }

  /** Adds an amount to the whole and to each group. */
  add(side: Side, name: string, labels: Readonly<Record<string, string>>, amount: number): void {
    this.#add(side, [name, '', ''], amount);
    for (const [dimension, label] of Object.entries(labels)) this.#add(side, [name, dimension, label], amount);
    if (this.#sums[side].size >= HELD) this.#flush(side);
  }

  #add(side: Side, key: TotalKey, amount: number): void {
    const id = key.join('\0');
    const held = this.#sums[side].get(id);
    if (held) {
      held.n += 1;
      held.sum += amount;
    } else this.#sums[side].set(id, { key, n: 1, sum: amount });
  }

  #flush(side: Side): void {
    this.#store(
      side,
      [...this.#sums[side].values()].map(({ key, n, sum }) => [key, { n, sum }] as const),
    );
    this.#sums[side].clear();
  }

  /** Hands over everything held. */
  flush(): void {
    this.#flush('source');
    this.#flush('ledger');
  }
}
