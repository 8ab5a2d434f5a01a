import { z } from 'zod';
import { reindexCustomer, reindexLocation } from '#db/search/build.ts';
import { enteredField, fieldShown, RECORD_LEVELS, type RecordLevel } from '#domain/custom-field.ts';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { type CustomField, fieldsOf, type RecordFields } from './read.ts';

/** Field → what was typed; what is left out stays as it is. */
const values = z.record(shortText(40), z.union([typedText(500), z.boolean()], 'Give a text, or yes or no'));
type Given = z.output<typeof values>;

/** Code → what will be stored. @throws Failure `invalid`, at each field */
function accepted(fields: readonly CustomField[], given: Given): Map<string, string | null> {
  const wrong: Record<string, string> = {};
  const known = new Set(fields.map(({ code }) => code));
  for (const code of Object.keys(given)) if (!known.has(code)) wrong[code] = 'There is no such field here';
  const held = new Map<string, string | null>();
  for (const field of fields.filter(({ retired }) => !retired)) {
    const typed = given[field.code];
    // A field that became required later is asked for at the next edit, whichever field that is about.
    if (typed === undefined && (field.value !== null || field.required === 0)) continue;
    const said = enteredField(field, typed ?? '', field.value);
    if ('problem' in said) wrong[field.code] = said.problem;
    else if (said.stored !== field.value) held.set(field.code, said.stored);
  }
  const [first] = Object.entries(wrong);
  if (first) throw new Failure('invalid', `${first[0]}: ${first[1]}`, wrong);
  return held;
}

async function store(ctx: CommandContext, level: RecordLevel, recordId: number, held: Map<string, string | null>) {
  const column = level === 'customer' ? 'customer_id' : 'location_id';
  for (const [field, value] of held) {
    const { db } = ctx;
    if (value === null) {
      await db.deleteFrom('custom_field_value').where(column, '=', recordId).where('field', '=', field).execute();
      continue;
    }
    const { numUpdatedRows } = await db
      .updateTable('custom_field_value')
      .set((eb) => ({ value, version: eb('version', '+', 1) }))
      .where(column, '=', recordId)
      .where('field', '=', field)
      .executeTakeFirst();
    if (numUpdatedRows > 0n) continue;
    await db
      .insertInto('custom_field_value')
      .values({ id: ctx.newId(), level, [column]: recordId, field, value, version: 1 })
      .execute();
  }
}

/** Saves fields of a record in a command's transaction. @throws Failure at the field that is wrong */
export async function saveFields(
  ctx: CommandContext,
  level: RecordLevel,
  recordId: number,
  { values: given, version }: { values: Given; version: number },
): Promise<RecordFields> {
  const before = await fieldsOf(ctx.db, level, recordId);
  if (before.version !== version) {
    throw new Failure('conflict', 'Somebody else has changed these fields meanwhile. Nothing was saved.');
  }
  const held = accepted(before.fields, given);
  if (held.size === 0) return before;
  await store(ctx, level, recordId, held);
  if (before.fields.some(({ code, searchable }) => searchable === 1 && held.has(code))) {
    await (level === 'customer' ? reindexCustomer : reindexLocation)(ctx.db, recordId);
  }
  const changes = before.fields
    .filter(({ code }) => held.has(code))
    .map((field): [string, readonly [unknown, unknown]] => {
      const shown = (value: string | null): string | null => (value === null ? null : fieldShown(field, value));
      return [`field ${field.code}`, [shown(field.value), shown(held.get(field.code) ?? null)]];
    });
  ctx.audit({
    entity: RECORD_LEVELS[level],
    entityId: recordId,
    customerId: level === 'customer' ? recordId : null,
    changes: Object.fromEntries(changes),
  });
  return fieldsOf(ctx.db, level, recordId);
}

const version = z.int();

export const saveCustomerFields = command({
  name: 'customField.saveOfCustomer',
  summary: 'Change what the custom fields of a customer hold',
  permission: 'customers.edit',
  input: z.object({ customerId: z.int(), values, version }),
  subject: ({ customerId }) => ({ customerId }),
  run: (ctx, { customerId, ...given }) => saveFields(ctx, 'customer', customerId, given),
});

export const saveLocationFields = command({
  name: 'customField.saveOfLocation',
  summary: 'Change what the custom fields of a location hold',
  permission: 'locations.edit',
  input: z.object({ locationId: z.int(), values, version }),
  subject: ({ locationId }) => ({ locationId }),
  run: (ctx, { locationId, ...given }) => saveFields(ctx, 'location', locationId, given),
});
