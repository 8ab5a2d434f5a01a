import { defineEntity } from '@mikro-orm/core';
import { idColumn, key, p, pk, text, version } from '../columns.ts';

/** A user-defined code of a customer or a location: one value for each caption. */
export const UserCode = defineEntity({
  name: 'UserCode',
  tableName: 'user_code',
  properties: {
    id: pk(),
    level: p.enum(['customer', 'location'] as const),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    /** Code of table `udc_caption`. */
    caption: key(),
    /** Code of table `udc_value`. */
    value: key(),
    version: version(),
  },
  uniques: [
    { name: 'user_code_customer', properties: ['customerId', 'caption'] },
    { name: 'user_code_location', properties: ['locationId', 'caption'] },
  ],
  indexes: [{ name: 'user_code_value', properties: ['caption', 'value'] }],
});

/** What a custom field holds for a customer or a location; fields without a value have no row. */
export const CustomFieldValue = defineEntity({
  name: 'CustomFieldValue',
  tableName: 'custom_field_value',
  properties: {
    id: pk(),
    level: p.enum(['customer', 'location'] as const),
    customerId: idColumn().nullable(),
    locationId: idColumn().nullable(),
    /** Code of table `custom_field`, which tells the kind. */
    field: key(),
    /** Text as it is; number and amount as integers (thousandths, cents); `YYYY-MM-DD`; 0 or 1; a list's code. */
    value: text(),
    version: version(),
  },
  uniques: [
    { name: 'custom_field_value_customer', properties: ['customerId', 'field'] },
    { name: 'custom_field_value_location', properties: ['locationId', 'field'] },
  ],
  indexes: [{ name: 'custom_field_value_field', properties: ['field'] }],
});
