import { DEMO_TABLES } from './tables.ts';

/** A table that the generator fills. */
export type DemoTable = keyof typeof DEMO_TABLES;
/** The last identity given out in each table, and the last receipt. */
export type Serials = Record<DemoTable | 'receipt', number>;

export const newSerials = (): Serials => ({
  ...(Object.fromEntries(Object.keys(DEMO_TABLES).map((table) => [table, 0])) as Record<DemoTable, number>),
  receipt: 0,
});

/** What a column takes. */
export type Cell = string | number | null;

/** Where generated rows go; values in the order of {@link DEMO_TABLES}. */
export interface Sink {
  readonly add: (table: DemoTable, ...values: Cell[]) => void;
  /** Called between households: writes what is worth writing and lets others run. */
  readonly breathe: () => Promise<void>;
}
