import { type Expression, expressionBuilder } from 'kysely';
import type { Db, Schema } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import { type Parameter, prepared } from '../prepared.ts';
import { boundSight, hiddenResident, shownCustomer } from '../shown.ts';
import type { Sight } from '../sight.ts';
import { empty, from, never, none, nothing, one } from '../union.ts';

export interface LocationListKeys extends Sight {
  readonly locationId: number;
  readonly accountId: number | null;
  readonly customerId: number | null;
  readonly today: CivilDate;
  /** Highest level of notes that the reader may see. */
  readonly level: number;
}

/** Where a row of the lists comes from. */
export const SOURCE = { note: 1, deposit: 2, service: 3, order: 4, lien: 5, condition: 6 } as const;

/** A row of one of the Location tab's lists, all in one shape. */
export interface LocationListRow {
  readonly source: number;
  readonly id: number;
  readonly flag: number;
  readonly t1: string | null;
  readonly t2: string | null;
  readonly t3: string | null;
  readonly t4: string | null;
  readonly fromOn: CivilDate | null;
  readonly toOn: CivilDate | null;
  readonly c1: number | null;
  readonly c2: number | null;
  readonly c3: number | null;
}

type Bound = Parameter<LocationListKeys>;

const notes = (db: Db, p: Bound) =>
  db
    .selectFrom('note as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.type').on('v.table_name', '=', 'note_type'))
    .where('x.location_id', '=', p('locationId'))
    .where('x.level', '=', 'location')
    .where('x.removed_at', 'is', null)
    .where('x.access_level', '<=', p('level'))
    .select((eb) => [from(SOURCE.note), 'x.id', one.as('flag'), eb.fn.coalesce('v.name', 'x.type').as('t1')])
    .select(['x.subject as t2', 'x.body as t3', 'x.created_by as t4', 'x.created_on as fromOn', never.as('toOn')])
    .select([nothing.as('c1'), nothing.as('c2'), nothing.as('c3')])
    .$castTo<LocationListRow>();

/** Of nobody, or of a customer who may be seen. */
const ofShown = (db: Db, p: Bound, customerId: Expression<number | null>) =>
  outer.or([outer(customerId, 'is', null), outer.exists(shownCustomer(db, customerId, boundSight(p)))]);

const deposits = (db: Db, p: Bound) =>
  db
    .selectFrom('deposit as x')
    .where((eb) => eb.or([eb('x.held_cents', '>', 0), eb('x.status', 'in', ['charged', 'partial'])]))
    .where((eb) => ofShown(db, p, eb.ref('x.customer_id')))
    .where((eb) =>
      eb.or([
        eb.and([eb('x.holder', '=', 'location'), eb('x.location_id', '=', p('locationId'))]),
        eb.and([eb('x.holder', '=', 'customer'), eb('x.customer_id', '=', p('customerId'))]),
        eb.and([
          eb('x.holder', '=', 'account'),
          eb('x.customer_id', '=', p('customerId')),
          eb('x.account_id', '=', p('accountId')),
        ]),
      ]),
    )
    .select([from(SOURCE.deposit), 'x.id', one.as('flag'), 'x.holder as t1', 'x.code as t2'])
    .select(['x.number as t3', 'x.status as t4', 'x.charged_on as fromOn', never.as('toOn')])
    .select(['x.charged_cents as c1', 'x.collected_cents as c2', 'x.held_cents as c3'])
    .$castTo<LocationListRow>();

/** The line of the services grid that amounts refer to. */
const outer = expressionBuilder<{ x: Schema['account_service'] }, 'x'>();

/** Open posted amounts of the account, by the service that they are for. */
const openAmounts = (db: Db) =>
  db
    .selectFrom('ledger_line as o')
    .innerJoin('ledger_transaction as t', 't.id', 'o.transaction_id')
    .where('o.customer_id', '=', outer.ref('x.customer_id'))
    .where('o.account_id', '=', outer.ref('x.account_id'))
    .where((eb) => eb('o.open_cents', '<>', eb.lit(0)))
    .where('t.status', '=', 'posted')
    .select((eb) => eb.fn.sum<number | null>(eb('o.open_cents', '*', eb.ref('o.effect'))).as('n'));

const services = (db: Db, p: Bound) =>
  db
    .selectFrom('account_service as x')
    .innerJoin('service_type as s', 's.id', 'x.service_type_id')
    .leftJoin('rate_code as r', 'r.id', 'x.rate_code_id')
    .where('x.account_id', '=', p('accountId'))
    .select([from(SOURCE.service), 'x.id', 'x.active as flag', 's.name as t1', 'r.code as t2', 'x.status as t3'])
    .select([none.as('t4'), 'x.started_on as fromOn', 'x.ended_on as toOn'])
    .select([
      openAmounts(db).where('o.service_type_id', '=', outer.ref('x.service_type_id')).as('c1'),
      'x.account_id as c2',
      's.payoff_rank as c3',
    ])
    .$castTo<LocationListRow>();

const orders = (db: Db, p: Bound) =>
  db
    .selectFrom('service_order as x')
    .leftJoin('code_value as v', (j) =>
      j.onRef('v.code', '=', 'x.category').on('v.table_name', '=', 'service_order_category'),
    )
    .where((eb) => ofShown(db, p, eb.ref('x.customer_id')))
    .where('x.location_id', '=', p('locationId'))
    .where('x.status', '=', 'open')
    .select((eb) => [from(SOURCE.order), 'x.id', one.as('flag'), eb.fn.coalesce('v.name', 'x.category').as('t1')])
    .select(['x.description as t2', 'x.number as t3', none.as('t4'), 'x.opened_on as fromOn', 'x.due_on as toOn'])
    .select([nothing.as('c1'), nothing.as('c2'), nothing.as('c3')])
    .$castTo<LocationListRow>();

const liens = (db: Db, p: Bound) =>
  db
    .selectFrom('lien as x')
    .where('x.location_id', '=', p('locationId'))
    .where('x.released_on', 'is', null)
    .select([from(SOURCE.lien), 'x.id', one.as('flag'), 'x.reference as t1', ...empty('t2', 't3', 't4')])
    .select(['x.placed_on as fromOn', never.as('toOn'), 'x.amount_cents as c1', nothing.as('c2'), nothing.as('c3')])
    .$castTo<LocationListRow>();

const conditions = (db: Db, p: Bound) =>
  db
    .selectFrom('special_condition as x')
    .leftJoin('code_value as v', (j) => j.onRef('v.code', '=', 'x.code').on('v.table_name', '=', 'special_condition'))
    .where('x.location_id', '=', p('locationId'))
    .where((eb) => eb.or([eb('x.ended_on', 'is', null), eb('x.ended_on', '>=', p('today'))]))
    .select((eb) => [from(SOURCE.condition), 'x.id', one.as('flag'), eb.fn.coalesce('v.name', 'x.code').as('t1')])
    .select(['x.remarks as t2', ...empty('t3', 't4'), 'x.started_on as fromOn', 'x.ended_on as toOn'])
    .select([nothing.as('c1'), nothing.as('c2'), nothing.as('c3')])
    .$castTo<LocationListRow>();

/** The Location tab's lists in one statement. */
export const locationDetailLists = prepared<LocationListKeys, LocationListRow>((db, p) =>
  notes(db, p)
    .unionAll(deposits(db, p))
    .unionAll(services(db, p))
    .unionAll(orders(db, p))
    .unionAll(liens(db, p))
    .unionAll(conditions(db, p)),
);

export interface LocationKeys extends Sight {
  readonly locationId: number;
  readonly accountId: number | null;
}

/** The location itself with its codes, its balance and the account's credit that no service owns. */
export const locationDetailRow = prepared((db, p: Parameter<LocationKeys>) =>
  db
    .selectFrom('location as l')
    .leftJoin('cycle as cy', 'cy.id', 'l.cycle_id')
    .leftJoin('route as ro', 'ro.id', 'l.route_id')
    .leftJoin('revenue_class as rc', 'rc.id', 'l.revenue_class_id')
    .leftJoin('customer as ow', 'ow.id', 'l.owner_id')
    .leftJoin('account as a', (j) => j.onRef('a.location_id', '=', 'l.id').on('a.id', '=', p('accountId')))
    .where('l.id', '=', p('locationId'))
    .selectAll('l')
    .select(['cy.code as cycleCode', 'cy.name as cycleName', 'cy.bill_period as billPeriod', 'cy.bill_day as billDay'])
    .select(['ro.code as routeCode', 'ro.name as routeName', 'rc.code as classCode', 'rc.name as className'])
    .select(['ow.display_name as ownerName', 'ow.public as ownerPublic', 'ow.customer_group as ownerGroup'])
    .select('a.customer_id as customerId')
    .select((eb) => [
      eb
        .selectFrom('account_balance as b')
        .select((s) => s.fn.sum<number | null>('b.balance_cents').as('n'))
        .whereRef('b.location_id', '=', 'l.id')
        .where((s) => s.exists(shownCustomer(db, s.ref('b.customer_id'), boundSight(p))))
        .as('balanceCents'),
      hiddenResident(db, eb.ref('l.id'), boundSight(p)).as('hiddenResident'),
      eb
        .selectFrom('ledger_line as o')
        .innerJoin('ledger_transaction as t', 't.id', 'o.transaction_id')
        .whereRef('o.customer_id', '=', 'a.customer_id')
        .whereRef('o.account_id', '=', 'a.id')
        .where((o) => o('o.open_cents', '<>', o.lit(0)))
        .where('o.service_type_id', 'is', null)
        .where('o.effect', '=', -1)
        .where('t.status', '=', 'posted')
        .select((o) => o.fn.sum<number | null>('o.open_cents').as('n'))
        .as('openCreditCents'),
    ]),
);

export type LocationDetailRow = Awaited<ReturnType<typeof locationDetailRow>>[number];
