import { z } from 'zod';
import type { CivilDate } from '#domain/civil-date.ts';
import type { Cents } from '#domain/money.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import type { ServiceStatus } from './location-details.ts';

/** A meter at the location, from one day to another; quantities in thousandths of the unit. */
export interface Installation {
  readonly id: number;
  readonly meterNumber: string;
  readonly make: string | null;
  readonly size: string | null;
  readonly dials: number;
  readonly multiplierMilli: number;
  readonly unit: string;
  readonly installedOn: CivilDate;
  readonly installReadMilli: number;
  readonly removedOn: CivilDate | null;
  readonly removeReadMilli: number | null;
  readonly transmitter: string | null;
  /** The latest reading of it on this account. */
  readonly lastReadOn: CivilDate | null;
}

export interface ServiceDetails {
  readonly name: string;
  readonly unit: string | null;
  readonly rateCode: string | null;
  readonly rateName: string | null;
  readonly minimumCents: Cents | null;
  readonly status: ServiceStatus;
  readonly startedOn: CivilDate;
  readonly endedOn: CivilDate | null;
  readonly active: boolean;
  /** The one in place first, then the device history, latest first. */
  readonly installations: readonly Installation[];
}

/** One line of the services grid with its meter installations and device history. */
export const serviceDetails = query({
  name: 'location.service',
  summary: 'A service of an account: rate, status, its meters and device history',
  permission: 'locations.read',
  input: z.object({ accountId: z.number().int(), serviceId: z.number().int() }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ db }, { accountId, serviceId }): Promise<ServiceDetails> => {
    const service = await db
      .selectFrom('account_service as x')
      .innerJoin('service_type as s', 's.id', 'x.service_type_id')
      .leftJoin('rate_code as r', 'r.id', 'x.rate_code_id')
      .select(['s.name', 's.unit', 'r.code as rateCode', 'r.name as rateName', 'r.minimum_cents as minimumCents'])
      .select(['x.status', 'x.started_on as startedOn', 'x.ended_on as endedOn', 'x.active'])
      .select(['x.location_id as locationId', 'x.service_type_id as serviceTypeId'])
      .where('x.id', '=', serviceId)
      .where('x.account_id', '=', accountId)
      .executeTakeFirst();
    if (!service) throw new Failure('not_found', 'This service is not there any more.');
    const { locationId, serviceTypeId, active, ...facts } = service;
    const installations = await db
      .selectFrom('meter_installation as i')
      .innerJoin('meter as m', 'm.id', 'i.meter_id')
      .select(['i.id', 'm.number as meterNumber', 'm.make', 'm.size', 'm.dials', 'm.unit'])
      .select(['m.multiplier_milli as multiplierMilli', 'i.installed_on as installedOn', 'i.transmitter'])
      .select(['i.install_read_milli as installReadMilli', 'i.removed_on as removedOn'])
      .select((eb) => [
        'i.remove_read_milli as removeReadMilli',
        eb
          .selectFrom('meter_read as d')
          .select((d) => d.fn.max<string | null>('d.read_on').as('on'))
          .where('d.account_id', '=', accountId)
          .whereRef('d.meter_id', '=', 'm.id')
          .as('lastReadOn'),
      ])
      .where('i.location_id', '=', locationId)
      .where('i.service_type_id', '=', serviceTypeId)
      .orderBy('i.removed_on', (o) => o.desc().nullsFirst())
      .orderBy('i.installed_on', 'desc')
      .execute();
    return { ...facts, active: active === 1, installations };
  },
});
