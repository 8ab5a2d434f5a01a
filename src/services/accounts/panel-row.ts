import type { CivilDate } from '#domain/civil-date.ts';
import { type Parameter, prepared } from '../prepared.ts';
import { boundSight, hiddenResident } from '../shown.ts';
import type { Sight } from '../sight.ts';
import { lastWriteOff, singleRows, totals, writtenOff } from './panel-parts.ts';

/** Whom to show: an account, or a customer or a location without one. */
export interface PanelKeys extends Sight {
  readonly accountId: number | null;
  readonly customerId: number | null;
  readonly locationId: number | null;
  readonly today: CivilDate;
}

const CUSTOMER = [
  'c.id as customerId',
  'c.number as customerNumber',
  'c.kind',
  'c.display_name as customerName',
  'c.account_status as statusCode',
  'st.name as statusName',
  'c.status_assigned_on as statusAssignedOn',
  'c.active',
  'c.public',
  'c.customer_group as customerGroup',
  'c.bankrupt',
  'c.no_payments as noPayments',
  'c.no_checks as noChecks',
  'c.disallowed_methods as disallowedMethods',
  'c.email_notices as emailNotices',
  'c.web_user as webUser',
  'ad.care_of as careOf',
  'ad.line1 as addressLine1',
  'ad.line2 as addressLine2',
  'ad.city as addressCity',
  'ad.state as addressState',
  'ad.zip as addressZip',
  'ad.country as addressCountry',
  'ph.number as phone',
  'ph.extension as phoneExtension',
  'em.address as email',
] as const;

const ACCOUNT = [
  'a.id as accountId',
  'a.number as accountNumber',
  'a.activity',
  'a.moved_in_on as movedInOn',
  'a.moved_out_on as movedOutOn',
  'a.budget_cents as budgetCents',
  'a.shutoff_scheduled_on as shutoffScheduledOn',
  'ap.method as autopayMethod',
  'ap.bank_or_brand as autopayBank',
  'ap.last4 as autopayLast4',
  'ap.started_on as autopayStartedOn',
  'cp.agency as agency',
  'cp.placed_on as placementOn',
  'cp.amount_cents as placementCents',
  'ar.started_on as arrangementOn',
  'ar.amount_cents as arrangementCents',
  'ar.instalments as arrangementInstalments',
  'lb.id as chargeId',
  'lb.effective_on as chargeOn',
  'lb.amount_cents as chargeCents',
  'lb.due_on as chargeDueOn',
  'lp.id as paymentId',
  'lp.effective_on as paymentOn',
  'lp.amount_cents as paymentCents',
  'lp.status as paymentStatus',
  'lp.method as paymentMethod',
  'wo.id as lastWriteOffId',
  'wo.effective_on as lastWriteOffOn',
] as const;

const LOCATION = [
  'l.id as locationId',
  'l.number as locationNumber',
  'l.line1 as locationLine1',
  'l.city as locationCity',
  'l.state as locationState',
  'l.zip as locationZip',
  'l.country as locationCountry',
  'l.latitude',
  'l.longitude',
  'l.rental',
  'l.description',
  'l.parcel_number as parcelNumber',
  'cy.code as cycleCode',
  'cy.name as cycleName',
  'ro.code as routeCode',
  'ro.name as routeName',
  'rc.code as revenueClassCode',
  'rc.name as revenueClassName',
  'ow.id as ownerId',
  'ow.display_name as ownerName',
  'ow.public as ownerPublic',
  'ow.customer_group as ownerGroup',
  'so.number as orderNumber',
  'so.description as orderDescription',
  'so.opened_on as orderOpenedOn',
  'li.reference as lienReference',
  'li.placed_on as lienOn',
  'li.amount_cents as lienCents',
] as const;

/**
 * The one wide row of the dashboard: account, customer, location and what hangs on them
 * singly, each found by its key or by a scalar subquery on an index.
 */
export const panelRow = prepared((db, p: Parameter<PanelKeys>) => {
  const sight = boundSight(p);
  const one = singleRows(db, p('today'), sight);
  const sum = totals(db, p('today'), sight);
  const wanted = db
    .selectNoFrom((eb) => [
      eb.cast<number | null>(eb.val(p('accountId')), 'bigint').as('account_id'),
      eb.cast<number | null>(eb.val(p('customerId')), 'bigint').as('customer_id'),
      eb.cast<number | null>(eb.val(p('locationId')), 'bigint').as('location_id'),
    ])
    .as('w');
  return db
    .selectFrom(wanted)
    .leftJoin('account as a', 'a.id', 'w.account_id')
    .leftJoin('customer as c', (j) => j.on((eb) => eb('c.id', '=', eb.fn.coalesce('a.customer_id', 'w.customer_id'))))
    .leftJoin('location as l', (j) => j.on((eb) => eb('l.id', '=', eb.fn.coalesce('a.location_id', 'w.location_id'))))
    .leftJoin('cycle as cy', 'cy.id', 'l.cycle_id')
    .leftJoin('route as ro', 'ro.id', 'l.route_id')
    .leftJoin('revenue_class as rc', 'rc.id', 'l.revenue_class_id')
    .leftJoin('customer as ow', 'ow.id', 'l.owner_id')
    .leftJoin('code_value as st', (j) =>
      j.onRef('st.code', '=', 'c.account_status').on('st.table_name', '=', 'account_status'),
    )
    .leftJoin('customer_address as ad', (j) => j.on('ad.id', '=', one.address))
    .leftJoin('customer_phone as ph', (j) => j.on('ph.id', '=', one.phone))
    .leftJoin('customer_email as em', (j) => j.on('em.id', '=', one.email))
    .leftJoin('autopay_instruction as ap', (j) => j.on('ap.id', '=', one.autopay))
    .leftJoin('collection_placement as cp', (j) => j.on('cp.id', '=', one.placement))
    .leftJoin('arrangement as ar', (j) => j.on('ar.id', '=', one.arrangement))
    .leftJoin('ledger_transaction as lb', (j) => j.on('lb.id', '=', one.lastCharge))
    .leftJoin('ledger_transaction as lp', (j) => j.on('lp.id', '=', one.lastPayment))
    .leftJoin('ledger_transaction as wo', (j) => j.on('wo.id', '=', lastWriteOff(db)))
    .leftJoin('service_order as so', (j) => j.on('so.id', '=', one.order))
    .leftJoin('lien as li', (j) => j.on('li.id', '=', one.lien))
    .select([...CUSTOMER, ...ACCOUNT, ...LOCATION])
    .select((eb) => hiddenResident(db, eb.ref('l.id'), sight).as('hiddenResident'))
    .select((eb) => eb.case().when('wo.id', 'is not', null).then(writtenOff(db)).end().as('writtenOffCents'))
    .select([
      sum.balance.as('balanceCents'),
      sum.unposted.as('unpostedCents'),
      sum.pastDue.as('pastDueCents'),
      sum.oldestDueOn.as('oldestDueOn'),
      sum.oldestLateId.as('oldestLateId'),
      sum.graceOn.as('graceOn'),
      sum.customerContacts.as('customerContacts'),
      sum.locationContacts.as('locationContacts'),
      sum.openOrders.as('openOrders'),
      sum.liens.as('liens'),
    ]);
});

export type PanelRow = Awaited<ReturnType<typeof panelRow>>[number];
