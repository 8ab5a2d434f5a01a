import { entities } from '../entities/index.ts';

/** A table that a copy takes along; the look-up tables are made anew. */
export interface CopiedTable {
  readonly name: string;
  /** The column that its rows are read by, in one order on both engines. */
  readonly key: string;
}

/** Rows of the audit trail are read in the order of the chain. */
const OTHER_KEYS: Readonly<Record<string, string>> = { audit_entry: 'seq' };

const columnOf = (property: string): string => property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

interface Described {
  readonly table: string;
  readonly key: string;
  readonly refersTo: readonly string[];
}

function describe(entity: (typeof entities)[number]): Described {
  // Names and references are filled in at the first use, by the unit of work or here.
  const { tableName, properties } = entity.init().meta;
  const all = Object.values(properties) as readonly {
    readonly name: string;
    readonly primary?: boolean;
    readonly kind?: string;
    readonly entity?: unknown;
  }[];
  const targets = all.filter(({ kind }) => kind === 'm:1').map(({ entity: target }) => targetOf(target));
  return { table: tableName, key: columnOf(all.find(({ primary }) => primary)!.name), refersTo: targets };
}

/** The table that a reference leads to; entities name one another by functions, because of their order. */
function targetOf(target: unknown): string {
  const entity = (target as () => { readonly meta: { readonly tableName: string } })();
  return entity.meta.tableName;
}

/** Every table of the entities, each behind those that it refers to. */
export function copiedTables(): CopiedTable[] {
  const described = new Map(entities.map((entity) => describe(entity)).map((one) => [one.table, one]));
  const order: CopiedTable[] = [];
  const placed = new Set<string>();
  const place = (table: string): void => {
    if (placed.has(table)) return;
    placed.add(table);
    const { key, refersTo } = described.get(table)!;
    for (const other of refersTo) place(other);
    order.push({ name: table, key: OTHER_KEYS[table] ?? key });
  };
  for (const table of described.keys()) place(table);
  return order;
}
