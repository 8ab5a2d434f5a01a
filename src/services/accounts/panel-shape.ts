import { type CustomerBadgeFacts, customerBadges } from '#domain/badges.ts';
import { type LocationBadgeFacts, locationBadges } from '#domain/location-badges.ts';
import type { SpecialConditionFact } from '#domain/special-condition.ts';
import { type Activity, compareAccounts, standingOf } from '#domain/standing.ts';
import type { AccountChoice, Panel, PanelAccount, PanelCustomer, PanelLocation, PanelStatus } from './panel.ts';
import { type ListRow, SOURCE } from './panel-lists.ts';
import type { PanelRow } from './panel-row.ts';
import { sees, type Sight } from '../sight.ts';
import { refusedMethods } from './refused-methods.ts';

const customerOf = (row: PanelRow): PanelCustomer | null =>
  row.customerId === null
    ? null
    : {
        id: row.customerId,
        number: row.customerNumber!,
        kind: row.kind!,
        name: row.customerName!,
        private: row.public === 0,
        active: row.active === 1,
        address:
          row.addressLine1 === null
            ? null
            : {
                careOf: row.careOf,
                line1: row.addressLine1,
                line2: row.addressLine2,
                city: row.addressCity!,
                state: row.addressState,
                zip: row.addressZip,
                country: row.addressCountry!,
              },
        phone: row.phone && row.phoneExtension ? `${row.phone} x${row.phoneExtension}` : row.phone,
        email: row.email,
      };

const accountOf = (row: PanelRow): PanelAccount | null =>
  row.accountId === null
    ? null
    : {
        id: row.accountId,
        number: row.accountNumber!,
        activity: row.activity!,
        movedInOn: row.movedInOn!,
        movedOutOn: row.movedOutOn,
      };

function statusOf(row: PanelRow): PanelStatus | null {
  if (row.customerId === null) return null;
  const balanceCents = row.balanceCents ?? 0;
  const pastDueCents = row.pastDueCents ?? 0;
  return {
    standing: standingOf({ balanceCents, pastDueCents, shutoffScheduledOn: row.shutoffScheduledOn }),
    balanceCents,
    unpostedCents: row.unpostedCents ?? 0,
    pastDueCents,
    oldestDueOn: row.oldestDueOn,
    oldestLateId: row.oldestLateId,
    shutoffScheduledOn: row.shutoffScheduledOn,
    lastBilled:
      row.chargeId === null
        ? null
        : { transactionId: row.chargeId, on: row.chargeOn!, cents: row.chargeCents!, dueOn: row.chargeDueOn },
    lastPayment:
      row.paymentId === null
        ? null
        : {
            transactionId: row.paymentId,
            on: row.paymentOn!,
            cents: 0 - row.paymentCents!,
            method: row.paymentMethod,
            unposted: row.paymentStatus === 'unposted',
          },
    graceOn: row.graceOn,
  };
}

const coded = (code: string | null, name: string | null) => (code === null ? null : { code, name: name ?? code });

function locationOf(row: PanelRow, sight: Sight): PanelLocation | null {
  if (row.locationId === null) return null;
  const ownerHidden = row.ownerId !== null && !sees(sight, { public: row.ownerPublic, customerGroup: row.ownerGroup });
  return {
    id: row.locationId,
    number: row.locationNumber!,
    line1: row.locationLine1!,
    city: row.locationCity!,
    state: row.locationState,
    zip: row.locationZip,
    country: row.locationCountry!,
    latitude: row.latitude === null ? null : Number(row.latitude),
    longitude: row.longitude === null ? null : Number(row.longitude),
    rental: row.rental === 1,
    cycle: coded(row.cycleCode, row.cycleName),
    route: coded(row.routeCode, row.routeName),
    revenueClass: coded(row.revenueClassCode, row.revenueClassName),
    description: row.description,
    parcelNumber: row.parcelNumber,
    ownerName: ownerHidden ? null : (row.ownerName ?? row.customerName),
    ownerId: ownerHidden ? null : row.ownerId,
  };
}

/** The badge text that a utility gave to a special condition. */
function badgeText(attributes: string | null): string | null {
  if (attributes === null) return null;
  const { badge } = JSON.parse(attributes) as { badge?: unknown };
  return typeof badge === 'string' && badge !== '' ? badge : null;
}

const conditionOf = (row: ListRow): SpecialConditionFact => ({
  id: row.id,
  code: row.number,
  name: row.name ?? row.number,
  badge: badgeText(row.state),
  startedOn: row.startedOn,
  endedOn: row.endedOn,
  remarks: row.remarks,
});

const choiceOf = (row: ListRow): AccountChoice => ({
  id: row.id,
  number: row.number,
  activity: row.state as Activity,
  customerId: row.customerId!,
  customerName: row.remarks ?? '',
  locationId: row.locationId!,
  line1: row.name ?? '',
  movedInOn: row.startedOn,
  movedOutOn: row.endedOn,
  balanceCents: row.balanceCents ?? 0,
  pastDueCents: row.pastDueCents ?? 0,
  shutoffScheduledOn: row.shutoffOn,
});

function factsOf(row: PanelRow, status: PanelStatus, conditions: SpecialConditionFact[]): CustomerBadgeFacts {
  const badDebt = -(row.writtenOffCents ?? 0);
  return {
    ...status,
    arrangement:
      row.arrangementOn === null
        ? null
        : {
            startedOn: row.arrangementOn,
            amountCents: row.arrangementCents!,
            instalments: row.arrangementInstalments!,
          },
    bankrupt: row.bankrupt === 1,
    private: row.public === 0,
    noPayments: row.noPayments === 1,
    noChecks: row.noChecks === 1 || refusedMethods(row.disallowedMethods).includes('check'),
    autopay:
      row.autopayMethod === null
        ? null
        : {
            method: row.autopayMethod,
            bankOrBrand: row.autopayBank!,
            last4: row.autopayLast4!,
            startedOn: row.autopayStartedOn!,
          },
    badDebt: badDebt > 0 ? { cents: badDebt, lastOn: row.lastWriteOffOn, record: row.lastWriteOffId } : null,
    collections:
      row.placementOn === null
        ? null
        : { agency: row.agency!, placedOn: row.placementOn, amountCents: row.placementCents! },
    budgetCents: row.budgetCents,
    emailBills: row.emailNotices === 1,
    email: row.email,
    status: {
      code: row.statusCode!,
      name: row.statusName ?? row.statusCode!,
      assignedOn: row.statusAssignedOn!,
    },
    webUser: row.webUser === 1,
    conditions,
  };
}

/** What the location has now; nothing where its resident may not be seen. */
function locationStateOf(row: PanelRow, conditions: SpecialConditionFact[]): LocationBadgeFacts {
  if (row.hiddenResident !== null) return { openOrders: 0, firstOrder: null, liens: 0, lien: null, conditions: [] };
  return {
    openOrders: row.openOrders ?? 0,
    firstOrder:
      row.orderNumber === null
        ? null
        : { number: row.orderNumber, description: row.orderDescription!, openedOn: row.orderOpenedOn! },
    liens: row.liens ?? 0,
    lien:
      row.lienOn === null ? null : { reference: row.lienReference!, placedOn: row.lienOn, amountCents: row.lienCents! },
    conditions,
  };
}

/** Those of the customer and of the location; the latter are kept back with the home of a hidden customer. */
const contactsOf = (row: PanelRow): number =>
  (row.customerContacts ?? 0) + (row.hiddenResident === null ? (row.locationContacts ?? 0) : 0);

/** The dashboard from its rows: rules applied, nothing fetched. */
export function panelOf(row: PanelRow, lists: readonly ListRow[], sight: Sight): Panel {
  const status = statusOf(row);
  const from = (source: number) => lists.filter((item) => item.source === source);
  const conditions = (source: number) => from(source).map(conditionOf);
  const choices = (source: number) =>
    from(source)
      .filter(({ shown, customerGroup }) => sees(sight, { public: shown, customerGroup }))
      .map(choiceOf)
      .sort(compareAccounts);
  const place = locationStateOf(row, conditions(SOURCE.locationCondition));
  return {
    account: accountOf(row),
    customer: customerOf(row),
    status,
    location: locationOf(row, sight),
    customerBadges: status ? customerBadges(factsOf(row, status, conditions(SOURCE.customerCondition))) : [],
    locationBadges: locationBadges(place),
    counts: { contacts: contactsOf(row), openOrders: place.openOrders, liens: place.liens },
    accounts: choices(SOURCE.account),
    residents: choices(SOURCE.resident),
  };
}
