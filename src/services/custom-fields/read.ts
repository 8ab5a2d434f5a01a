import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { readAttributes } from '#domain/code-attributes.ts';
import { customFieldAttributes, type FieldDefinition, type RecordLevel } from '#domain/custom-field.ts';
import { type LastChange, lastChange } from '../last-change.ts';
import { query } from '../operation.ts';

/** A custom field with what a record holds in it. */
export interface CustomField extends FieldDefinition {
  /** As it is stored; null: nothing. */
  readonly value: string | null;
  /** No longer offered: shown where a record holds something. */
  readonly retired: boolean;
}

/** All custom fields of a record in their order, those no longer offered only where they hold something. */
export interface RecordFields {
  readonly fields: readonly CustomField[];
  /** The same while the same is held. */
  readonly version: number;
}

/** Fields of a record; one statement. */
export async function fieldsOf(db: Db, level: RecordLevel, recordId: number): Promise<RecordFields> {
  const column = level === 'customer' ? 'f.customer_id' : 'f.location_id';
  const rows = await db
    .selectFrom('code_value as d')
    .leftJoin('custom_field_value as f', (on) => on.onRef('f.field', '=', 'd.code').on(column, '=', recordId))
    .select(['d.code', 'd.name', 'd.active', 'd.attributes', 'f.value'])
    .where('d.table_name', '=', 'custom_field')
    .orderBy('d.sort')
    .orderBy('d.code')
    .execute();
  const fields = rows.flatMap(({ code, name, active, attributes, value }): CustomField[] => {
    const read = readAttributes(customFieldAttributes, attributes);
    if ('wrong' in read || read.values.level !== level || (active === 0 && value === null)) return [];
    return [{ ...read.values, code, name, value, retired: active === 0 }];
  });
  return { fields, version: versionOf(fields) };
}

/** Fields come and go without a row of their own to count versions in: what is held tells it (FNV-1a, 31 bits). */
function versionOf(fields: readonly CustomField[]): number {
  const held = fields.flatMap(({ code, value }) => (value === null ? [] : [[code, value]]));
  let hash = 0x811c9dc5;
  for (const sign of JSON.stringify(held)) hash = Math.imul(hash ^ sign.codePointAt(0)!, 0x01000193);
  return (hash >>> 1) + 1;
}

type Answer = RecordFields & LastChange;

export const customerFields = query({
  name: 'customField.ofCustomer',
  summary: 'Custom fields of a customer with what they hold, and who changed them last',
  permission: 'customers.read',
  input: z.object({ customerId: z.int() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async ({ db }, { customerId }): Promise<Answer> => ({
    ...(await fieldsOf(db, 'customer', customerId)),
    ...(await lastChange(db, 'Customer', customerId, ['customField.saveOfCustomer'])),
  }),
});

export const locationFields = query({
  name: 'customField.ofLocation',
  summary: 'Custom fields of a location with what they hold, and who changed them last',
  permission: 'locations.read',
  input: z.object({ locationId: z.int() }),
  subject: ({ locationId }) => ({ locationId }),
  run: async ({ db }, { locationId }): Promise<Answer> => ({
    ...(await fieldsOf(db, 'location', locationId)),
    ...(await lastChange(db, 'Location', locationId, ['customField.saveOfLocation'])),
  }),
});
