import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import { Failure } from '../failure.ts';
import { lastChange, type LastChange } from '../last-change.ts';
import { query, type QueryContext } from '../operation.ts';
import { sees } from '../sight.ts';
import { assertVisible } from '../subject.ts';

/** Somebody who owned a location for some time. */
export interface OwnerPeriod {
  readonly id: number;
  /** Null: an owner who may not be seen. */
  readonly customerId: number | null;
  readonly number: string | null;
  readonly name: string;
  readonly fromOn: CivilDate;
  /** Null: owns it still. */
  readonly toOn: CivilDate | null;
  readonly changedBy: string;
}

/** Whether a location is a rental, and who owned it from when to when, the last owner first. */
export interface Ownership extends LastChange {
  readonly locationId: number;
  readonly rental: boolean;
  /** Of the location, for changing it. */
  readonly version: number;
  readonly ownerId: number | null;
  /** Of the account that was asked about: whether the owner gets copies of its bills. */
  readonly account: { readonly id: number; readonly version: number; readonly ownerCopy: boolean } | null;
  readonly periods: readonly OwnerPeriod[];
}

/** What is said of an owner who may not be seen. */
const PRIVATE = 'A private customer';

async function accountAt(ctx: QueryContext, accountId: number, locationId: number): Promise<Ownership['account']> {
  await assertVisible(ctx, { accountId });
  const row = await ctx.db
    .selectFrom('account')
    .select(['id', 'version', 'owner_copy as ownerCopy'])
    .where('id', '=', accountId)
    .where('location_id', '=', locationId)
    .executeTakeFirst();
  return row ? { ...row, ownerCopy: row.ownerCopy === 1 } : null;
}

export const locationOwners = query({
  name: 'location.owners',
  summary: 'Whether a location is a rental, and its owners from when to when',
  permission: 'owners.read',
  input: z.object({
    locationId: z.number().int().positive(),
    /** An account at the location. */
    accountId: z.number().int().positive().nullable().default(null),
  }),
  subject: ({ locationId }) => ({ locationId }),
  run: async (ctx, { locationId, accountId }): Promise<Ownership> => {
    const { db, sight } = ctx;
    const location = await db
      .selectFrom('location')
      .select(['rental', 'version', 'owner_id as ownerId'])
      .where('id', '=', locationId)
      .executeTakeFirst();
    if (!location) throw new Failure('not_found', 'No such record, or it is private.');
    const rows = await db
      .selectFrom('location_owner as o')
      .innerJoin('customer as c', 'c.id', 'o.customer_id')
      .select(['o.id', 'o.from_on as fromOn', 'o.to_on as toOn', 'o.changed_by as changedBy'])
      .select(['c.id as customerId', 'c.number', 'c.display_name as name'])
      .select(['c.public', 'c.customer_group as customerGroup'])
      .where('o.location_id', '=', locationId)
      .orderBy('o.from_on', 'desc')
      .orderBy('o.id', 'desc')
      .execute();
    const periods = rows.map(({ public: shown, customerGroup, customerId, number, name, ...period }): OwnerPeriod => {
      const seen = sees(sight, { public: shown, customerGroup });
      return {
        ...period,
        ...(seen ? { customerId, number, name } : { customerId: null, number: null, name: PRIVATE }),
      };
    });
    const ownerSeen = periods.some(({ customerId, toOn }) => customerId === location.ownerId && toOn === null);
    return {
      locationId,
      rental: location.rental === 1,
      version: location.version,
      ownerId: ownerSeen ? location.ownerId : null,
      account: accountId === null ? null : await accountAt(ctx, accountId, locationId),
      periods,
      ...(await lastChange(db, 'Location', locationId)),
    };
  },
});
