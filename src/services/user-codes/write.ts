import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import { readAttributes } from '#domain/code-attributes.ts';
import { RECORD_LEVELS, type RecordLevel } from '#domain/custom-field.ts';
import { captionAttributes, valueAttributes } from '#domain/user-code.ts';
import { Failure } from '../failure.ts';
import { type CommandContext, command } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';
import { type UserCodeRow, userCodesOf } from './read.ts';

/** Whose code it is. */
interface Whose {
  readonly level: RecordLevel;
  readonly recordId: number;
}

const caption = shortText(40).min(1, 'Choose a caption');
const value = shortText(61).min(1, 'Choose a value');
const which = z.object({ id: z.int(), version: z.int() });

async function codeValue(db: Db, table: 'udc_caption' | 'udc_value', code: string) {
  return db
    .selectFrom('code_value')
    .select(['name', 'active', 'attributes'])
    .where('table_name', '=', table)
    .where('code', '=', code)
    .executeTakeFirst();
}

const refuse = (field: 'caption' | 'value', message: string): Failure =>
  new Failure('invalid', `${field}: ${message}`, { [field]: message });

/** @throws Failure `invalid` for a caption of the other level, or one that is no longer offered */
async function assertCaption(db: Db, level: RecordLevel, code: string): Promise<void> {
  const row = await codeValue(db, 'udc_caption', code);
  if (!row || row.active === 0) throw refuse('caption', 'Choose one of the captions');
  const said = readAttributes(captionAttributes, row.attributes);
  if ('wrong' in said || said.values.level !== level) {
    throw refuse('caption', `This caption is not for a ${RECORD_LEVELS[level].toLowerCase()}`);
  }
}

/** @throws Failure `invalid` for a value of another caption, or one that is no longer offered */
async function assertValue(db: Db, captionCode: string, code: string): Promise<void> {
  const row = await codeValue(db, 'udc_value', code);
  const said = row && readAttributes(valueAttributes, row.attributes);
  if (!row || row.active === 0 || !said || 'wrong' in said || said.values.caption !== captionCode) {
    throw refuse('value', 'Choose one of the values of the caption');
  }
}

/** What the audit trail tells: of the customer, or of the location. */
function told(
  ctx: CommandContext,
  { level, recordId }: Whose,
  code: string,
  change: readonly [unknown, unknown],
): void {
  ctx.audit({
    entity: RECORD_LEVELS[level],
    entityId: recordId,
    customerId: level === 'customer' ? recordId : null,
    changes: { [`code ${code}`]: change },
  });
}

async function present(ctx: CommandContext, whose: Whose, id: number): Promise<UserCodeRow | undefined> {
  return (await userCodesOf(ctx.db, whose.level, whose.recordId)).find((row) => row.id === id);
}

async function add(ctx: CommandContext, whose: Whose, given: { caption: string; value: string }): Promise<UserCodeRow> {
  await assertCaption(ctx.db, whose.level, given.caption);
  await assertValue(ctx.db, given.caption, given.value);
  const there = (await userCodesOf(ctx.db, whose.level, whose.recordId)).find((row) => row.caption === given.caption);
  if (there) throw refuse('caption', `${there.captionName} is ${there.valueName} already: edit that`);
  const id = ctx.newId();
  const owner = whose.level === 'customer' ? { customer_id: whose.recordId } : { location_id: whose.recordId };
  await ctx.db
    .insertInto('user_code')
    .values({ id, level: whose.level, ...owner, ...given, version: 1 })
    .execute();
  told(ctx, whose, given.caption, [null, given.value]);
  return (await present(ctx, whose, id))!;
}

/** The code at the version that was read. @throws Failure `not_found`, `conflict` */
async function codeAt(ctx: CommandContext, whose: Whose, { id, version }: { id: number; version: number }) {
  const row = await present(ctx, whose, id);
  if (!row) throw new Failure('not_found', 'This code is gone: somebody took it away.');
  if (row.version !== version) {
    throw new Failure('conflict', `Somebody has changed ${row.captionName} meanwhile. Nothing was saved.`);
  }
  return row;
}

async function change(
  ctx: CommandContext,
  whose: Whose,
  given: { id: number; version: number; value: string },
): Promise<UserCodeRow> {
  const row = await codeAt(ctx, whose, given);
  if (row.value === given.value) return row;
  await assertValue(ctx.db, row.caption, given.value);
  await ctx.db
    .updateTable('user_code')
    .set({ value: given.value, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute();
  told(ctx, whose, row.caption, [row.value, given.value]);
  return (await present(ctx, whose, row.id))!;
}

async function remove(ctx: CommandContext, whose: Whose, given: { id: number; version: number }): Promise<UserCodeRow> {
  const row = await codeAt(ctx, whose, given);
  await ctx.db.deleteFrom('user_code').where('id', '=', row.id).execute();
  told(ctx, whose, row.caption, [row.value, null]);
  return row;
}

const customer = z.object({ customerId: z.int() });
const location = z.object({ locationId: z.int() });
const ofCustomer = ({ customerId }: { customerId: number }): Whose => ({ level: 'customer', recordId: customerId });
const ofLocation = ({ locationId }: { locationId: number }): Whose => ({ level: 'location', recordId: locationId });

export const addCustomerCode = command({
  name: 'userCode.addToCustomer',
  summary: 'Give a customer a user-defined code',
  permission: 'customers.edit',
  input: customer.extend({ caption, value }),
  subject: ({ customerId }) => ({ customerId }),
  run: (ctx, { customerId, ...given }) => add(ctx, ofCustomer({ customerId }), given),
});

export const addLocationCode = command({
  name: 'userCode.addToLocation',
  summary: 'Give a location a user-defined code',
  permission: 'locations.edit',
  input: location.extend({ caption, value }),
  subject: ({ locationId }) => ({ locationId }),
  run: (ctx, { locationId, ...given }) => add(ctx, ofLocation({ locationId }), given),
});

export const changeCustomerCode = command({
  name: 'userCode.changeOfCustomer',
  summary: 'Give a user-defined code of a customer another value; its caption stays',
  permission: 'customers.edit',
  input: customer.extend(which.shape).extend({ value }),
  subject: ({ customerId }) => ({ customerId }),
  run: (ctx, input) => change(ctx, ofCustomer(input), input),
});

export const changeLocationCode = command({
  name: 'userCode.changeOfLocation',
  summary: 'Give a user-defined code of a location another value; its caption stays',
  permission: 'locations.edit',
  input: location.extend(which.shape).extend({ value }),
  subject: ({ locationId }) => ({ locationId }),
  run: (ctx, input) => change(ctx, ofLocation(input), input),
});

export const removeCustomerCode = command({
  name: 'userCode.removeFromCustomer',
  summary: 'Take a user-defined code from a customer',
  permission: 'customers.edit',
  input: customer.extend(which.shape),
  subject: ({ customerId }) => ({ customerId }),
  run: (ctx, input) => remove(ctx, ofCustomer(input), input),
});

export const removeLocationCode = command({
  name: 'userCode.removeFromLocation',
  summary: 'Take a user-defined code from a location',
  permission: 'locations.edit',
  input: location.extend(which.shape),
  subject: ({ locationId }) => ({ locationId }),
  run: (ctx, input) => remove(ctx, ofLocation(input), input),
});
