import { z } from 'zod';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import { sees, type Sight } from '../sight.ts';
import {
  locationDetailLists,
  type LocationDetailRow,
  locationDetailRow,
  type LocationListRow,
  SOURCE,
} from './detail-lists.ts';
import type { HeldDeposit, LocationDetails, LocationFacts, ServiceStatus } from './location-details.ts';

const named = (code: string | null, name: string | null): string | null =>
  code === null ? null : name === null || name === code ? code : `${code} ${name}`;

function factsOf(row: LocationDetailRow, sight: Sight): LocationFacts {
  return {
    number: row.number,
    line1: row.line1,
    unit: row.unit,
    city: row.city,
    state: row.state,
    zip: row.zip,
    country: row.country,
    latitude: row.latitude === null ? null : Number(row.latitude),
    longitude: row.longitude === null ? null : Number(row.longitude),
    revenueClass: named(row.classCode, row.className),
    cycle: named(row.cycleCode, row.cycleName),
    billPeriod: row.billPeriod,
    billDay: row.billDay,
    route: named(row.routeCode, row.routeName),
    routeSequence: row.route_sequence,
    rental: row.rental === 1,
    ownerName: sees(sight, { public: row.ownerPublic, customerGroup: row.ownerGroup }) ? row.ownerName : null,
    description: row.description,
    parcelNumber: row.parcel_number,
    region: row.region,
    altId: row.alt_id,
    crossStreet: row.cross_street,
  };
}

const byId = (a: LocationListRow, b: LocationListRow): number => a.id - b.id;

/** What a former resident's account has of its own, where the location now is a private customer's home. */
const isOfAccount = ({ source, t1 }: LocationListRow): boolean =>
  source === SOURCE.service || (source === SOURCE.deposit && t1 !== 'location');

type Lists = Pick<LocationDetails, 'notes' | 'deposits' | 'services' | 'orders' | 'liens' | 'conditions'>;

function listsOf(rows: readonly LocationListRow[]): Lists {
  const of = (source: number) => rows.filter((row) => row.source === source).sort(byId);
  return {
    notes: of(SOURCE.note)
      .reverse()
      .map((row) => ({
        id: row.id,
        type: row.t1 ?? '',
        subject: row.t2 ?? '',
        body: row.t3 ?? '',
        createdBy: row.t4 ?? '',
        createdOn: row.fromOn ?? '',
      })),
    deposits: of(SOURCE.deposit).map((row) => ({
      id: row.id,
      holder: row.t1 as HeldDeposit['holder'],
      code: row.t2 ?? '',
      number: row.t3,
      status: row.t4 as HeldDeposit['status'],
      chargedOn: row.fromOn ?? '',
      chargedCents: row.c1 ?? 0,
      collectedCents: row.c2 ?? 0,
      heldCents: row.c3 ?? 0,
    })),
    services: of(SOURCE.service)
      .sort((a, b) => b.flag - a.flag || (a.c3 ?? 0) - (b.c3 ?? 0))
      .map((row) => ({
        id: row.id,
        accountId: row.c2 ?? 0,
        name: row.t1 ?? '',
        rate: row.t2,
        status: row.t3 as ServiceStatus,
        startedOn: row.fromOn ?? '',
        endedOn: row.toOn,
        active: row.flag === 1,
        balanceCents: row.c1 ?? 0,
      })),
    orders: of(SOURCE.order).map((row) => ({
      id: row.id,
      number: row.t3 ?? '',
      category: row.t1 ?? '',
      description: row.t2 ?? '',
      openedOn: row.fromOn ?? '',
      dueOn: row.toOn,
    })),
    liens: of(SOURCE.lien).map((row) => ({
      id: row.id,
      reference: row.t1 ?? '',
      placedOn: row.fromOn ?? '',
      amountCents: row.c1 ?? 0,
    })),
    conditions: of(SOURCE.condition).map((row) => ({
      id: row.id,
      name: row.t1 ?? '',
      remarks: row.t2,
      startedOn: row.fromOn ?? '',
      endedOn: row.toOn,
    })),
  };
}

/** The Location tab, in two statements. */
export const locationDetails = query({
  name: 'location.details',
  summary: 'The Location tab: details, notes, balance, deposits on hold and services',
  permission: 'locations.read',
  input: z.object({
    locationId: z.number().int(),
    /** The account whose services and deposits are meant. */
    accountId: z.number().int().nullable().default(null),
  }),
  subject: ({ accountId, locationId }) => (accountId === null ? { locationId } : { accountId }),
  run: async ({ db, today, actor, sight }, { locationId, accountId }): Promise<LocationDetails> => {
    const [row] = await locationDetailRow(db, { locationId, accountId, ...sight });
    if (!row || (accountId !== null && row.customerId === null)) {
      throw new Failure('not_found', 'No such record, or it is private.');
    }
    const { customerId } = row;
    const lists = await locationDetailLists(db, {
      locationId,
      accountId,
      customerId,
      today,
      level: actor.level,
      ...sight,
    });
    return {
      facts: factsOf(row, sight),
      balanceCents: row.balanceCents ?? 0,
      openCreditCents: row.openCreditCents ?? 0,
      ...listsOf(row.hiddenResident === null ? lists : lists.filter(isOfAccount)),
    };
  },
});
