import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { RecordLevel } from '#domain/custom-field.ts';
import { query } from '../operation.ts';
import { hiddenResident, shownCustomer } from '../shown.ts';
import { shortText } from '#domain/typed-text.ts';

/** A user-defined code of a customer or a location. */
export interface UserCodeRow {
  readonly id: number;
  readonly caption: string;
  readonly captionName: string;
  readonly value: string;
  readonly valueName: string;
  readonly version: number;
}

/** Codes of a record in the order of their captions; one statement. */
export async function userCodesOf(db: Db, level: RecordLevel, recordId: number): Promise<UserCodeRow[]> {
  const rows = await db
    .selectFrom('user_code as u')
    .leftJoin('code_value as c', (on) => on.on('c.table_name', '=', 'udc_caption').onRef('c.code', '=', 'u.caption'))
    .leftJoin('code_value as v', (on) => on.on('v.table_name', '=', 'udc_value').onRef('v.code', '=', 'u.value'))
    .select(['u.id', 'u.caption', 'u.value', 'u.version', 'c.name as captionName', 'v.name as valueName'])
    .where(level === 'customer' ? 'u.customer_id' : 'u.location_id', '=', recordId)
    .orderBy('c.sort')
    .orderBy('u.caption')
    .execute();
  return rows.map((row) => ({
    ...row,
    captionName: row.captionName ?? row.caption,
    valueName: row.valueName ?? row.value,
  }));
}

export const customerCodes = query({
  name: 'userCode.ofCustomer',
  summary: 'User-defined codes of a customer',
  permission: 'customers.read',
  input: z.object({ customerId: z.int() }),
  subject: ({ customerId }) => ({ customerId }),
  run: ({ db }, { customerId }) => userCodesOf(db, 'customer', customerId),
});

export const locationCodes = query({
  name: 'userCode.ofLocation',
  summary: 'User-defined codes of a location',
  permission: 'locations.read',
  input: z.object({ locationId: z.int() }),
  subject: ({ locationId }) => ({ locationId }),
  run: ({ db }, { locationId }) => userCodesOf(db, 'location', locationId),
});

/** A customer or a location that has a code. */
export interface CodedRecord {
  readonly level: RecordLevel;
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly value: string;
}

/** Who or what has a code, by number; a location where somebody who may not be seen lives is left out. */
export const findUserCodes = query({
  name: 'userCode.find',
  summary: 'Customers and locations that have a user-defined code, by number',
  permission: 'lookup.use',
  input: z.object({
    caption: shortText(40).min(1, 'Name the caption'),
    /** Left out: any value of the caption. */
    value: shortText(61).optional(),
    /** The number after which the list goes on. */
    after: shortText(60).default(''),
    limit: z.int().min(1).max(1000).default(200),
  }),
  run: async ({ db, sight }, { caption, value, after, limit }): Promise<CodedRecord[]> => {
    const customers = await db
      .selectFrom('user_code as u')
      .innerJoin('customer as c', 'c.id', 'u.customer_id')
      .select(['c.id', 'c.number', 'c.display_name as name', 'u.value'])
      .where('u.caption', '=', caption)
      .$if(value !== undefined, (q) => q.where('u.value', '=', value!))
      .where('c.number', '>', after)
      .where((eb) => eb.exists(shownCustomer(db, eb.ref('c.id'), sight)))
      .orderBy('c.number')
      .limit(limit)
      .execute();
    const locations = await db
      .selectFrom('user_code as u')
      .innerJoin('location as l', 'l.id', 'u.location_id')
      .select(['l.id', 'l.number', 'l.line1 as name', 'u.value'])
      .where('u.caption', '=', caption)
      .$if(value !== undefined, (q) => q.where('u.value', '=', value!))
      .where('l.number', '>', after)
      .where((eb) => eb.not(eb.exists(hiddenResident(db, eb.ref('l.id'), sight))))
      .orderBy('l.number')
      .limit(limit)
      .execute();
    const of =
      (level: RecordLevel) =>
      (row: Omit<CodedRecord, 'level'>): CodedRecord => ({ level, ...row });
    return [...customers.map(of('customer')), ...locations.map(of('location'))].slice(0, limit);
  },
});
