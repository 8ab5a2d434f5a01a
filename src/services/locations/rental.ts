import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';

const id = z.number().int().positive();
const date = z.iso.date('Enter a date as YYYY-MM-DD').max(10);

/** What a change of a location's owner answers. */
export interface RentalReceipt {
  readonly locationId: number;
  readonly version: number;
}

const field = (name: string, words: string): Failure => new Failure('invalid', words, { [name]: words });

async function locationFor({ em, e }: CommandContext, locationId: number, version: number) {
  const location = await em.findOne(e.Location, { id: locationId });
  if (!location) throw new Failure('not_found', 'No such record, or it is private.');
  if (location.version === version) return location;
  throw new Failure('conflict', 'Somebody else has changed this location meanwhile. Nothing was saved.');
}

/** The period of who owns it now; null when nobody is named. */
const openPeriod = ({ em, e }: CommandContext, locationId: number) =>
  em.findOne(e.LocationOwner, { location: locationId, toOn: null });

/** Ends the period of who owns it now. */
async function close(ctx: CommandContext, locationId: number, on: string): Promise<number | null> {
  const period = await openPeriod(ctx, locationId);
  if (!period) return null;
  if (on < period.fromOn) {
    throw field('fromOn', `The owner before is named since ${period.fromOn}: nobody can own it before that.`);
  }
  period.toOn = on;
  period.changedAt = ctx.now;
  period.changedBy = ctx.actor.username;
  return period.customer.id;
}

/** Marks a location as a rental, or no longer: then it has no owner of its own any more. */
export const setRental = command({
  name: 'location.rental',
  summary: 'Mark a location as a rental, or no longer; without the mark its owner ends today',
  permission: 'locations.edit',
  input: z.object({ locationId: id, version: id, rental: z.boolean() }),
  subject: ({ locationId }) => ({ locationId }),
  run: async (ctx, { locationId, version, rental }): Promise<RentalReceipt> => {
    const location = await locationFor(ctx, locationId, version);
    const before = location.rental === 1;
    if (before === rental) return { locationId, version };
    location.rental = rental ? 1 : 0;
    const owner = rental ? null : await close(ctx, locationId, ctx.today);
    if (!rental) location.owner = null;
    ctx.audit({
      entity: 'Location',
      entityId: locationId,
      changes: { rental: [before, rental], ...(owner === null ? {} : { owner: [await numberOf(ctx, owner), null] }) },
    });
    await ctx.em.flush();
    return { locationId, version: location.version };
  },
});

/** Names who owns a rental, from a day on; who owned it before does so up to that day. */
export const setOwner = command({
  name: 'location.setOwner',
  summary: 'Name who owns a rental, or that nobody is known; the owner before ends on that day',
  permission: 'owners.edit',
  input: z.object({
    locationId: id,
    version: id,
    /** Null: nobody is named any more. */
    customerId: id.nullable(),
    /** The business date when left out. */
    fromOn: date.optional(),
  }),
  subject: ({ locationId }) => ({ locationId }),
  run: async (ctx, { locationId, version, customerId, fromOn = ctx.today }): Promise<RentalReceipt> => {
    const location = await locationFor(ctx, locationId, version);
    if (location.rental === 0)
      throw new Failure('refused', 'Only a rental has an owner of its own: mark it as one first.');
    if (fromOn > ctx.today) throw field('fromOn', 'An owner cannot begin in the future.');
    if (customerId !== null) await assertOwner(ctx, locationId, customerId);
    const before = await openPeriod(ctx, locationId);
    if ((before?.customer.id ?? null) === customerId) return { locationId, version };
    const left = await close(ctx, locationId, fromOn);
    location.owner = customerId === null ? null : ctx.em.getReference(ctx.e.Customer, customerId, { wrapped: true });
    if (customerId !== null) {
      ctx.em.create(ctx.e.LocationOwner, {
        id: ctx.newId(),
        location: locationId,
        customer: customerId,
        fromOn,
        changedAt: ctx.now,
        changedBy: ctx.actor.username,
      });
    }
    ctx.audit({
      entity: 'Location',
      entityId: locationId,
      customerId: customerId ?? left,
      changes: {
        owner: [
          left === null ? null : await numberOf(ctx, left),
          customerId === null ? null : await numberOf(ctx, customerId),
        ],
        ownerFrom: [before?.fromOn ?? null, customerId === null ? null : fromOn],
      },
    });
    await ctx.em.flush();
    return { locationId, version: location.version };
  },
});

/** @throws Failure for a customer who is not there, may not be seen, or lives there: then it is no rental */
async function assertOwner(ctx: CommandContext, locationId: number, customerId: number): Promise<void> {
  await assertVisible(ctx, { customerId });
  const customer = await ctx.db.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst();
  if (!customer) throw new Failure('not_found', 'No such record, or it is private.');
  const resident = await ctx.db
    .selectFrom('account')
    .select('id')
    .where('location_id', '=', locationId)
    .where('customer_id', '=', customerId)
    .where('activity', '=', 'current')
    .executeTakeFirst();
  if (resident) throw field('customer', 'This customer lives there: a house of its resident is no rental.');
}

async function numberOf({ db }: CommandContext, customerId: number): Promise<string | null> {
  const row = await db.selectFrom('customer').select('number').where('id', '=', customerId).executeTakeFirst();
  return row?.number ?? null;
}

/** Whether the owner gets a copy of an account's bills. */
export const setOwnerCopy = command({
  name: 'account.ownerCopy',
  summary: 'Send the owner of a rental copies of an account’s bills, or no longer',
  permission: 'owners.edit',
  input: z.object({ accountId: id, version: id, ownerCopy: z.boolean() }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ em, e, audit }, { accountId, version, ownerCopy }): Promise<{ version: number }> => {
    const account = await em.findOne(e.Account, { id: accountId });
    if (!account) throw new Failure('not_found', 'No such record, or it is private.');
    if (account.version !== version) {
      throw new Failure('conflict', 'Somebody else has changed this account meanwhile. Nothing was saved.');
    }
    const before = account.ownerCopy === 1;
    if (before === ownerCopy) return { version };
    account.ownerCopy = ownerCopy ? 1 : 0;
    audit({
      entity: 'Account',
      entityId: accountId,
      customerId: account.customer.id,
      changes: { ownerCopy: [before, ownerCopy] },
    });
    await em.flush();
    return { version: account.version };
  },
});
