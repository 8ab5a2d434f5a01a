import { z } from 'zod';
import { reindexCustomer, reindexLocation } from '#db/search/build.ts';
import type { Db } from '#db/schema.ts';
import { type Call, command } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';

/** Records whose look-up keys are made anew in one transaction. */
const PAGE = 500;

/** Where the records that hold a field go on; null: that was the last. */
export type Resume = number | null;

/** Makes the look-up keys of a page of records anew that hold a field, those after an identity. */
export async function indexPage(db: Db, field: string, after: number): Promise<Resume> {
  const rows = await db
    .selectFrom('custom_field_value')
    .select(['id', 'customer_id', 'location_id'])
    .where('field', '=', field)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
  for (const { customer_id: customer, location_id: location } of rows) {
    if (customer !== null) await reindexCustomer(db, customer);
    if (location !== null) await reindexLocation(db, location);
  }
  return rows.length < PAGE ? null : rows.at(-1)!.id;
}

/** After a field became searchable or ceased to be: called until it answers null. */
export const indexField = command({
  name: 'customField.index',
  summary: 'Bring the look-up up to a field that became searchable or ceased to be, a page of records at a time',
  permission: 'options.edit',
  unaudited: true,
  input: z.object({ field: shortText(40).min(1, 'Name the field'), after: z.int().nonnegative().default(0) }),
  run: async ({ db }, { field, after }): Promise<{ readonly resume: Resume }> => ({
    resume: await indexPage(db, field, after),
  }),
});

/** Page by page until the look-up knows all that some fields hold; nobody waits for more than a page. */
export async function indexFields(call: Call, fields: readonly string[]): Promise<void> {
  for (const field of fields) {
    for (let after: Resume = 0; after !== null;) after = (await call(indexField, { field, after })).resume;
  }
}
