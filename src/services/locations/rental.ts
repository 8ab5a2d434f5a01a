import { z } from 'zod';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { assertOwner, closePeriod, numberOf, openPeriod, reopenPeriod } from './owner-period.ts';

const id = z.number().int().positive();
const date = z.iso.date('Enter a date as YYYY-MM-DD').max(10);

/** What a change of a location's owner answers. */
export interface RentalReceipt {
  readonly locationId: number;
  readonly version: number;
  /** The period of an owner that began with it, and the one that ended with it. */
  readonly began: number | null;
  readonly ended: number | null;
}

const field = (name: string, words: string): Failure => new Failure('invalid', words, { [name]: words });
const unchanged = (locationId: number, version: number): RentalReceipt => ({
  locationId,
  version,
  began: null,
  ended: null,
});

async function locationFor({ em, e }: CommandContext, locationId: number, version: number) {
  const location = await em.findOne(e.Location, { id: locationId });
  if (!location) throw new Failure('not_found', 'No such record, or it is private.');
  if (location.version === version) return location;
  throw new Failure('conflict', 'Somebody else has changed this location meanwhile. Nothing was saved.');
}

/** Marks a location as a rental, or no longer: then it has no owner of its own any more. */
export const setRental = command({
  name: 'location.rental',
  summary: 'Mark a location as a rental, or no longer; without the mark its owner ends today',
  permission: 'locations.edit',
  input: z.object({
    locationId: id,
    version: id,
    rental: z.boolean(),
    reopens: id.nullable().optional().describe('the mark is put back: the period of the owner that ended with it'),
  }),
  subject: ({ locationId }) => ({ locationId }),
  run: async (ctx, { locationId, version, rental, reopens }): Promise<RentalReceipt> => {
    const location = await locationFor(ctx, locationId, version);
    const before = location.rental === 1;
    if (before === rental) return unchanged(locationId, version);
    location.rental = rental ? 1 : 0;
    const ended = rental ? null : await closePeriod(ctx, locationId, ctx.today);
    const again = rental && reopens ? await reopenPeriod(ctx, locationId, reopens) : null;
    location.owner = again ? ctx.em.getReference(ctx.e.Customer, again.customer.id, { wrapped: true }) : null;
    ctx.audit({
      entity: 'Location',
      entityId: locationId,
      customerId: (ended ?? again)?.customer.id ?? null,
      changes: {
        rental: [before, rental],
        ...(ended || again
          ? { owner: [await numberOf(ctx, ended?.customer.id), await numberOf(ctx, again?.customer.id)] as const }
          : {}),
      },
    });
    await ctx.em.flush();
    return { locationId, version: location.version, began: null, ended: ended?.id ?? null };
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
    if ((before?.customer.id ?? null) === customerId) return unchanged(locationId, version);
    const left = await closePeriod(ctx, locationId, fromOn);
    location.owner = customerId === null ? null : ctx.em.getReference(ctx.e.Customer, customerId, { wrapped: true });
    const began =
      customerId === null
        ? null
        : ctx.em.create(ctx.e.LocationOwner, {
            id: ctx.newId(),
            location: locationId,
            customer: customerId,
            fromOn,
            changedAt: ctx.now,
            changedBy: ctx.actor.username,
          });
    ctx.audit({
      entity: 'Location',
      entityId: locationId,
      customerId: customerId ?? left?.customer.id ?? null,
      changes: {
        owner: [await numberOf(ctx, left?.customer.id), await numberOf(ctx, customerId ?? undefined)],
        ownerFrom: [left?.fromOn ?? null, began?.fromOn ?? null],
      },
    });
    await ctx.em.flush();
    return { locationId, version: location.version, began: began?.id ?? null, ended: left?.id ?? null };
  },
});

/** Takes the naming of an owner back: the period that it began goes, and the one that it ended goes on. */
export const takeBackOwner = command({
  name: 'location.takeBackOwner',
  summary: 'Take the naming of an owner back: who owned it before does so as if nothing had been said',
  permission: 'owners.edit',
  input: z.object({ locationId: id, version: id, began: id.nullable(), ended: id.nullable() }),
  subject: ({ locationId }) => ({ locationId }),
  run: async (ctx, { locationId, version, began, ended }): Promise<RentalReceipt> => {
    const location = await locationFor(ctx, locationId, version);
    const named = await openPeriod(ctx, locationId);
    if ((named?.id ?? null) !== began) {
      throw new Failure('conflict', 'The owner has been changed since. Nothing was saved.');
    }
    if (named) ctx.em.remove(named);
    await ctx.em.flush();
    const again = ended === null ? null : await reopenPeriod(ctx, locationId, ended);
    location.owner = again ? ctx.em.getReference(ctx.e.Customer, again.customer.id, { wrapped: true }) : null;
    ctx.audit({
      entity: 'Location',
      entityId: locationId,
      customerId: again?.customer.id ?? named?.customer.id ?? null,
      changes: await ownerChanges(ctx, named, again),
    });
    await ctx.em.flush();
    return { locationId, version: location.version, began: null, ended: null };
  },
});

type Period = Awaited<ReturnType<typeof openPeriod>>;

/** What the trail tells of an owner before and after. */
const ownerChanges = async (ctx: CommandContext, before: Period, after: Period) => ({
  owner: [await numberOf(ctx, before?.customer.id), await numberOf(ctx, after?.customer.id)] as const,
  ownerFrom: [before?.fromOn ?? null, after?.fromOn ?? null] as const,
});

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
