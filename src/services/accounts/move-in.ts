import { z } from 'zod';
import { reindexAccount, reindexCustomer, reindexLocation } from '#db/search/reindex.ts';
import { addDays, type CivilDate } from '#domain/civil-date.ts';
import { activityAt, MOST_DAYS_AHEAD, moveInProblem } from '#domain/move-in.ts';
import type { Activity } from '#domain/standing.ts';
import { codeValues } from '../code-tables/values.ts';
import { Failure } from '../failure.ts';
import type { CommandContext } from '../operation.ts';
import { shortText } from '#domain/typed-text.ts';

const id = z.number().int().positive();
const code = shortText(40).nullable().default(null);

/** What somebody takes who moves in. */
export const takenService = z.object({ serviceTypeId: id, rateCodeId: id.nullable().default(null) });

/** How somebody moves in, wherever it is. */
export const moveInTerms = z.object({
  movedInOn: z.iso.date('Enter a date as YYYY-MM-DD').max(10),
  /** Null: what the last resident took. */
  services: z.array(takenService).max(40).nullable().default(null),
  ownerCopy: z.union([z.literal(0), z.literal(1)]).default(0),
  billGroup: code,
  terms: code,
  /** An order to turn the services on, due on the day. */
  turnOn: z.boolean().default(false),
});

export type MoveInTerms = z.output<typeof moveInTerms>;

/** The account that a move made. */
export interface MovedIn {
  readonly accountId: number;
  readonly number: string;
  readonly activity: Activity;
}

const wrong = (field: string, message: string): Failure => new Failure('invalid', message, { [field]: message });

/** Accounts at a location, those of customers who may not be seen too: a house is not free because one may not say who lives there. */
const residentsOf = ({ db }: CommandContext, locationId: number) =>
  db
    .selectFrom('account')
    .select(['id', 'customer_id as customerId', 'activity', 'moved_in_on as movedInOn', 'moved_out_on as movedOutOn'])
    .where('location_id', '=', locationId)
    .execute();

/**
 * Opens an account of a customer at a location: waiting while the day has not come or somebody lives
 * there. Runs in a command that has checked that both may be changed.
 * @throws Failure at the field that is wrong
 */
export async function moveIn(
  ctx: CommandContext,
  who: { readonly customerId: number; readonly locationId: number },
  terms: MoveInTerms,
): Promise<MovedIn> {
  const { customerId, locationId } = who;
  const residents = await residentsOf(ctx, locationId);
  if (residents.some((one) => one.customerId === customerId && one.activity !== 'final'))
    throw wrong('location', 'This customer has an account there already.');
  const problem = moveInProblem(terms.movedInOn, { latest: addDays(ctx.today, MOST_DAYS_AHEAD), residents });
  if (problem) throw wrong(problem.field, problem.message);
  await assertCodes(ctx, terms);
  const activity = activityAt(terms.movedInOn, ctx.today, residents);
  const services = await servicesFor(ctx, locationId, terms.services);
  const accountId = ctx.newId();
  const number = await accountNumber(ctx, customerId);
  await ctx.db
    .insertInto('account')
    .values({
      id: accountId,
      number,
      customer_id: customerId,
      location_id: locationId,
      activity,
      moved_in_on: terms.movedInOn,
      owner_copy: terms.ownerCopy,
      bill_group: terms.billGroup,
      terms: terms.terms,
      created_at: ctx.now,
    })
    .execute();
  await ctx.db
    .insertInto('account_balance')
    .values({
      account_id: accountId,
      customer_id: customerId,
      location_id: locationId,
      balance_cents: 0,
      unposted_cents: 0,
    })
    .execute();
  for (const service of services) {
    await ctx.db
      .insertInto('account_service')
      .values({
        id: ctx.newId(),
        account_id: accountId,
        customer_id: customerId,
        location_id: locationId,
        service_type_id: service.serviceTypeId,
        rate_code_id: service.rateCodeId,
        status: activity === 'current' ? 'on' : 'pending',
        started_on: terms.movedInOn,
      })
      .execute();
  }
  if (terms.turnOn) await orderTurnOn(ctx, { ...who, accountId }, terms.movedInOn);
  ctx.audit({
    entity: 'Account',
    entityId: accountId,
    customerId,
    changes: {
      number: [null, number],
      locationId: [null, locationId],
      activity: [null, activity],
      movedInOn: [null, terms.movedInOn],
      services: [null, services.length],
    },
  });
  await reindexCustomer(ctx.db, customerId);
  await reindexLocation(ctx.db, locationId);
  await reindexAccount(ctx.db, accountId);
  return { accountId, number, activity };
}

async function assertCodes(ctx: CommandContext, { billGroup, terms }: MoveInTerms): Promise<void> {
  for (const [field, table, value] of [
    ['billGroup', 'bill_group', billGroup],
    ['terms', 'terms', terms],
  ] as const) {
    if (value !== null && !(await codeValues(ctx.db, table)).some((one) => one.code === value))
      throw wrong(field, 'Not on the list.');
  }
}

/** The customer's number with the next place behind it: `10023-02`. */
async function accountNumber(ctx: CommandContext, customerId: number): Promise<string> {
  const { number } = await ctx.db
    .selectFrom('customer')
    .select('number')
    .where('id', '=', customerId)
    .executeTakeFirstOrThrow();
  const { count } = await ctx.db
    .selectFrom('account')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('customer_id', '=', customerId)
    .executeTakeFirstOrThrow();
  for (let place = Number(count) + 1; ; place += 1) {
    const wanted = `${number}-${String(place).padStart(2, '0')}`;
    const taken = await ctx.db.selectFrom('account').select('id').where('number', '=', wanted).executeTakeFirst();
    if (!taken) return wanted;
  }
}

type Taken = z.output<typeof takenService>;

/** What is taken: as said, each a service of the utility at one of its rates; else as the last resident. */
async function servicesFor(
  ctx: CommandContext,
  locationId: number,
  said: MoveInTerms['services'],
): Promise<readonly Taken[]> {
  if (said === null) return servicesBefore(ctx.db, locationId);
  if (new Set(said.map((one) => one.serviceTypeId)).size < said.length)
    throw wrong('services', 'A service can be taken once.');
  for (const { serviceTypeId, rateCodeId } of said) {
    const service = await ctx.db
      .selectFrom('service_type')
      .select('name')
      .where('id', '=', serviceTypeId)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!service) throw wrong('services', 'There is no such service.');
    if (rateCodeId === null) continue;
    const rate = await ctx.db
      .selectFrom('rate_code')
      .select('id')
      .where('id', '=', rateCodeId)
      .where('service_type_id', '=', serviceTypeId)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (!rate) throw wrong('services', `${service.name} has no such rate.`);
  }
  return said;
}

/** Services and rates of the latest account at a location, as far as they still exist. */
export async function servicesBefore(db: CommandContext['db'], locationId: number): Promise<Taken[]> {
  const last = await db
    .selectFrom('account')
    .select('id')
    .where('location_id', '=', locationId)
    .orderBy('moved_in_on', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (!last) return [];
  const rows = await db
    .selectFrom('account_service as s')
    .innerJoin('service_type as t', 't.id', 's.service_type_id')
    .leftJoin('rate_code as r', (on) => on.onRef('r.id', '=', 's.rate_code_id').on('r.active', '=', 1))
    .select(['s.service_type_id as serviceTypeId', 'r.id as rateCodeId'])
    .where('s.account_id', '=', last.id)
    .where('t.active', '=', 1)
    .orderBy('t.payoff_rank')
    .orderBy('s.started_on', 'desc')
    .execute();
  return [...new Map(rows.toReversed().map((row) => [row.serviceTypeId, row])).values()].toReversed();
}

async function orderTurnOn(
  ctx: CommandContext,
  { customerId, locationId, accountId }: { customerId: number; locationId: number; accountId: number },
  dueOn: CivilDate,
): Promise<void> {
  const number = `SO${String(await ctx.nextNumber('service_order')).padStart(6, '0')}`;
  await ctx.db
    .insertInto('service_order')
    .values({
      id: ctx.newId(),
      number,
      location_id: locationId,
      account_id: accountId,
      customer_id: customerId,
      category: 'turnon',
      description: 'Turn on for a new resident',
      status: 'open',
      opened_on: ctx.today,
      due_on: dueOn,
    })
    .execute();
}
