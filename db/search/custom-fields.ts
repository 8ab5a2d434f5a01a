import { readAttributes } from '#domain/code-attributes.ts';
import { customFieldAttributes, fieldSearched } from '#domain/custom-field.ts';
import type { Db } from '../schema.ts';

/** What searchable custom fields hold of the records of a range of identities; one statement. */
export async function searchedFields(
  db: Db,
  column: 'customer_id' | 'location_id',
  first: number,
  last: number,
): Promise<(id: number) => readonly string[]> {
  const rows = await db
    .selectFrom('custom_field_value as f')
    .innerJoin('code_value as d', (on) => on.on('d.table_name', '=', 'custom_field').onRef('d.code', '=', 'f.field'))
    .select([`f.${column} as owner`, 'f.value', 'd.attributes'])
    .where(`f.${column}`, '>=', first)
    .where(`f.${column}`, '<=', last)
    .orderBy('f.field')
    .execute();
  const texts = new Map<number, string[]>();
  for (const { owner, value, attributes } of rows) {
    const read = readAttributes(customFieldAttributes, attributes);
    if (owner === null || 'wrong' in read || read.values.searchable === 0) continue;
    const text = fieldSearched(read.values, value);
    if (text !== null) texts.set(owner, [...(texts.get(owner) ?? []), text]);
  }
  return (id) => texts.get(id) ?? [];
}
