import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { codeTable } from '#domain/code-tables/index.ts';
import { query } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { codeRows } from './store.ts';

/** One value of a user-defined table. */
export interface CodeTableValue {
  readonly code: string;
  readonly name: string;
  readonly active: 0 | 1;
  /** Can be neither changed nor removed. */
  readonly system: 0 | 1;
  /** JSON of what the table adds. */
  readonly attributes: string | null;
}

/** The values in their order, active ones only unless all are asked for. */
export async function codeValues(db: Db, table: string, all = false): Promise<CodeTableValue[]> {
  return db
    .selectFrom('code_value')
    .select(['code', 'name', 'active', 'system', 'attributes'])
    .where('table_name', '=', table)
    .$if(!all, (q) => q.where('active', '=', 1))
    .orderBy('sort')
    .orderBy('code')
    .execute();
}

/** Needs no right: whoever fills in a form must see what a field may hold. */
export const listCodeValues = query({
  name: 'codeTable.values',
  summary: 'Values of a code table (note_type, phone_type, payment_method …)',
  permission: null,
  input: z.object({ table: shortText().min(1, 'Name the code table.'), all: z.boolean().default(false) }),
  run: async ({ db }, { table, all }): Promise<CodeTableValue[]> => {
    const own = codeTable(table);
    if (!own?.stored) return codeValues(db, table, all);
    const rows = await codeRows(db, own);
    return rows
      .filter(({ active }) => all || active === 1)
      .map(({ attributes, ...row }) => ({ ...row, attributes: JSON.stringify(attributes) }));
  },
});
