import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';

const field = (name: string, words: string): Failure => new Failure('invalid', words, { [name]: words });

/** The period of who owns a location now; null when nobody is named. */
export const openPeriod = ({ em, e }: CommandContext, locationId: number) =>
  em.findOne(e.LocationOwner, { location: locationId, toOn: null });

type Period = NonNullable<Awaited<ReturnType<typeof openPeriod>>>;

/** Ends the period of who owns it now; null when nobody is named. @throws Failure `invalid` for a day before it began */
export async function closePeriod(ctx: CommandContext, locationId: number, on: string): Promise<Period | null> {
  const period = await openPeriod(ctx, locationId);
  if (!period) return null;
  if (on < period.fromOn) {
    throw field('fromOn', `The owner before is named since ${period.fromOn}: nobody can own it before that.`);
  }
  period.toOn = on;
  stamp(ctx, period);
  return period;
}

function stamp(ctx: CommandContext, period: Period): void {
  period.changedAt = ctx.now;
  period.changedBy = ctx.actor.username;
}

/**
 * Lets the last period, that was ended, go on, where nobody else is named meanwhile.
 * @throws Failure `conflict`, or for an owner who cannot be one any more
 */
export async function reopenPeriod(ctx: CommandContext, locationId: number, periodId: number): Promise<Period> {
  const period = await ctx.em.findOne(ctx.e.LocationOwner, { id: periodId, location: locationId });
  const [last] = await ctx.db
    .selectFrom('location_owner')
    .select('id')
    .where('location_id', '=', locationId)
    .orderBy('from_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .execute();
  if (!period?.toOn || last?.id !== periodId || (await openPeriod(ctx, locationId))) {
    throw new Failure('conflict', 'The owner has been changed since. Nothing was saved.');
  }
  await assertOwner(ctx, locationId, period.customer.id);
  period.toOn = null;
  stamp(ctx, period);
  return period;
}

/** @throws Failure for a customer who is not there, may not be seen, or lives there: then it is no rental */
export async function assertOwner(ctx: CommandContext, locationId: number, customerId: number): Promise<void> {
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

/** A customer's number, for the trail; null of nobody. */
export async function numberOf({ db }: CommandContext, customerId: number | undefined): Promise<string | null> {
  if (customerId === undefined) return null;
  const row = await db.selectFrom('customer').select('number').where('id', '=', customerId).executeTakeFirst();
  return row?.number ?? null;
}
