import { z } from 'zod';
import { query, type QueryContext } from '../operation.ts';
import { shownCustomer } from '../shown.ts';
import { seesAll } from '../sight.ts';

const id = z.number().int().positive();

export type ReadKind = 'initial' | 'regular' | 'estimated' | 'final' | 'failure';

/** A register reading with the consumption and the money that it led to. Quantities in thousandths of `unit`. */
export interface UsageRow {
  readonly id: number;
  readonly accountId: number;
  readonly accountNumber: string;
  readonly meterId: number;
  readonly serviceTypeId: number;
  readonly serviceCode: string;
  readonly serviceName: string;
  readonly unit: string;
  readonly rateCode: string | null;
  readonly rateName: string | null;
  readonly readOn: string;
  readonly previousOn: string | null;
  readonly kind: ReadKind;
  readonly readingMilli: number | null;
  readonly previousMilli: number | null;
  /** By the register; as billed; and the correction made to it afterwards. */
  readonly usageMilli: number;
  readonly billedMilli: number;
  readonly adjustedMilli: number;
  readonly minimumCents: number;
  readonly chargeCents: number;
  readonly budget: 0 | 1;
  readonly comment: string | null;
}

/** A stay of a meter at the location. */
export interface UsageInstallation {
  readonly serviceCode: string;
  readonly installedOn: string;
  readonly installReadMilli: number;
  readonly removedOn: string | null;
  readonly removeReadMilli: number | null;
  readonly transmitter: string | null;
}

/** A meter of the list, with its stays here, the newest first. */
export interface UsageMeter {
  readonly id: number;
  readonly number: string;
  readonly make: string | null;
  readonly size: string | null;
  readonly dials: number;
  readonly multiplierMilli: number;
  readonly unit: string;
  readonly installations: readonly UsageInstallation[];
}

export interface UsageList {
  /** The newest first. */
  readonly rows: readonly UsageRow[];
  readonly meters: readonly UsageMeter[];
  /** Metered services that have reads here, in payoff order. */
  readonly services: readonly { readonly id: number; readonly code: string; readonly name: string }[];
  /** There are older reads than `rows` holds. */
  readonly more: boolean;
}

/** Ten years of monthly reads of forty meters. */
const MOST = 5000;

export const listUsage = query({
  name: 'usage.list',
  summary: 'Meter reads of an account, or of all residents of a location, with their meters',
  permission: 'usage.read',
  input: z
    .object({ accountId: id.optional(), locationId: id.optional(), serviceTypeId: id.optional() })
    .refine(({ accountId, locationId }) => (accountId === undefined) !== (locationId === undefined), {
      path: ['accountId'],
      message: 'Name one account or one location.',
    }),
  subject: ({ accountId, locationId }) => {
    if (accountId !== undefined) return { accountId };
    return locationId === undefined ? null : { locationId };
  },
  run: async (ctx, question): Promise<UsageList> => {
    const found = await reads(ctx, question);
    const all = found.map(({ unit, meterUnit, payoffRank: _rank, locationId: _at, ...row }) => ({
      ...row,
      unit: unit ?? meterUnit,
    }));
    const services = new Map(
      found
        .toSorted((a, b) => a.payoffRank - b.payoffRank || (a.serviceCode < b.serviceCode ? -1 : 1))
        .map((row) => [row.serviceTypeId, { id: row.serviceTypeId, code: row.serviceCode, name: row.serviceName }]),
    );
    const wanted = question.serviceTypeId;
    const rows = wanted === undefined ? all : all.filter((row) => row.serviceTypeId === wanted);
    const places = [...new Set(found.map((row) => row.locationId))];
    return {
      rows: rows.slice(0, MOST),
      meters: await metersOf(ctx, [...new Set(rows.map((row) => row.meterId))], places),
      services: [...services.values()],
      more: found.length > MOST,
    };
  },
});

interface Question {
  readonly accountId?: number | undefined;
  readonly locationId?: number | undefined;
}

function reads({ db, sight }: QueryContext, { accountId, locationId }: Question) {
  return db
    .selectFrom('meter_read as r')
    .innerJoin('account as a', 'a.id', 'r.account_id')
    .innerJoin('service_type as s', 's.id', 'r.service_type_id')
    .innerJoin('meter as m', 'm.id', 'r.meter_id')
    .leftJoin('rate_code as c', 'c.id', 'r.rate_code_id')
    .select([
      'r.id',
      'r.account_id as accountId',
      'a.number as accountNumber',
      'r.location_id as locationId',
      'r.meter_id as meterId',
      'r.service_type_id as serviceTypeId',
      's.code as serviceCode',
      's.name as serviceName',
      's.unit',
      's.payoff_rank as payoffRank',
      'm.unit as meterUnit',
      'c.code as rateCode',
      'c.name as rateName',
      'r.read_on as readOn',
      'r.previous_on as previousOn',
      'r.kind',
      'r.reading_milli as readingMilli',
      'r.previous_milli as previousMilli',
      'r.usage_milli as usageMilli',
      'r.billed_milli as billedMilli',
      'r.adjusted_milli as adjustedMilli',
      'r.minimum_cents as minimumCents',
      'r.charge_cents as chargeCents',
      'r.budget',
      'r.comment',
    ])
    .$if(accountId !== undefined, (q) => q.where('r.account_id', '=', accountId!))
    .$if(locationId !== undefined, (q) => q.where('r.location_id', '=', locationId!))
    .$if(!seesAll(sight), (q) => q.where((eb) => eb.exists(shownCustomer(db, eb.ref('r.customer_id'), sight))))
    .orderBy('r.read_on', 'desc')
    .orderBy('r.id', 'desc')
    .limit(MOST + 1)
    .execute();
}

/** The meters with their stays at these locations; where else they were is no business of this list. */
async function metersOf(
  { db }: QueryContext,
  ids: readonly number[],
  locationIds: readonly number[],
): Promise<UsageMeter[]> {
  if (ids.length === 0) return [];
  const meters = await db
    .selectFrom('meter as m')
    .select(['m.id', 'm.number', 'm.make', 'm.size', 'm.dials', 'm.multiplier_milli as multiplierMilli', 'm.unit'])
    .where('m.id', 'in', ids)
    .orderBy('m.number')
    .execute();
  const stays = await db
    .selectFrom('meter_installation as i')
    .innerJoin('service_type as s', 's.id', 'i.service_type_id')
    .select([
      'i.meter_id as meterId',
      's.code as serviceCode',
      'i.installed_on as installedOn',
      'i.install_read_milli as installReadMilli',
      'i.removed_on as removedOn',
      'i.remove_read_milli as removeReadMilli',
      'i.transmitter',
    ])
    .where('i.meter_id', 'in', ids)
    .where('i.location_id', 'in', locationIds)
    .orderBy('i.installed_on', 'desc')
    .orderBy('i.id', 'desc')
    .execute();
  return meters.map((meter) => ({
    ...meter,
    installations: stays.filter((stay) => stay.meterId === meter.id).map(({ meterId: _meter, ...stay }) => stay),
  }));
}
