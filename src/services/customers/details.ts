import { z } from 'zod';
import { addMonths } from '#domain/civil-date.ts';
import { withoutLast4 } from '../secrets/last4.ts';
import { refusedMethods } from '../accounts/refused-methods.ts';
import { Failure } from '../failure.ts';
import { query, type QueryContext } from '../operation.ts';
import { assertVisible } from '../subject.ts';
import { customerDetailLists, type DetailListRow, SOURCE } from './detail-lists.ts';
import type { Agreements, CustomerDetails, CustomerIdentity, MessageCenter } from './customer-details.ts';
import { customerDetailRow, type CustomerDetailRow } from './detail-row.ts';

function identityOf(row: CustomerDetailRow): CustomerIdentity {
  const names = [row.firstName, row.middleName, row.lastName, row.suffix].filter(Boolean).join(' ');
  return {
    number: row.number,
    kind: row.kind,
    title: row.title,
    name: names === '' ? row.displayName : names,
    spouseName: row.spouseName,
    businessName: row.businessName,
    altId: row.altId,
    statusName: row.statusName ?? row.statusCode,
    statusAssignedOn: row.statusAssignedOn,
    active: row.active === 1,
    public: row.public === 1,
    bankrupt: row.bankrupt === 1,
    noPayments: row.noPayments === 1,
    noChecks: row.noChecks === 1,
    noCollections: row.noCollections === 1,
    disallowedMethods: refusedMethods(row.disallowedMethods),
    taxExemptNumber: row.taxExemptNumber,
    segment: row.segment,
    terms: row.termsName ?? row.defaultTerms,
    branch: row.branchName ?? row.branch,
    salesperson: row.salespersonName ?? row.salesperson,
    chainAccount: row.chainName ?? row.chainAccount,
    customerGroup: row.groupName ?? row.customerGroup,
    customerGroup2: row.group2Name ?? row.customerGroup2,
    identityCheck: row.identityName ?? row.identityCheck,
    bypassRateUntil: row.bypassRateUntil,
    statementFormat: row.statementFormat,
    dunningHoldUntil: row.dunningHoldUntil,
    mailNotices: row.mailNotices === 1,
    emailNotices: row.emailNotices === 1,
    webUser: row.webUser === 1,
  };
}

function agreementsOf(row: CustomerDetailRow): Agreements {
  return {
    arrangement:
      row.arrangementOn === null
        ? null
        : {
            startedOn: row.arrangementOn,
            amountCents: row.arrangementCents!,
            instalments: row.arrangementInstalments!,
          },
    autopay:
      row.autopayMethod === null
        ? null
        : {
            method: row.autopayMethod,
            from: row.autopayBank!,
            last4: row.autopayLast4!,
            startedOn: row.autopayStartedOn!,
          },
    collections:
      row.placementOn === null
        ? null
        : { agency: row.agency!, placedOn: row.placementOn, amountCents: row.placementCents! },
    budgetCents: row.budgetCents,
  };
}

const messagesOf = (row: CustomerDetailRow): MessageCenter => ({
  openOrders: row.openOrders ?? 0,
  autopay: row.autopayMethod,
  emailBill: row.emailNotices === 1,
  budgetBill: row.budgetCents !== null,
  acceptChecks: row.noChecks === 0 && row.noPayments === 0 && !refusedMethods(row.disallowedMethods).includes('check'),
  nsf: row.nsf ?? 0,
  lateCharges: row.lateCharges ?? 0,
  depositCents: row.depositCents ?? 0,
});

const primaryFirst = (a: DetailListRow, b: DetailListRow): number => b.flag - a.flag || a.id - b.id;

function listsOf(
  rows: readonly DetailListRow[],
): Pick<CustomerDetails, 'addresses' | 'phones' | 'emails' | 'notes' | 'conditions'> {
  const of = (source: number) => rows.filter((row) => row.source === source).sort(primaryFirst);
  return {
    addresses: of(SOURCE.address).map((row) => ({
      id: row.id,
      type: row.type ?? row.code ?? '',
      primary: row.flag === 1,
      careOf: row.t1,
      line1: row.t2 ?? '',
      line2: row.t3,
      city: row.t4 ?? '',
      state: row.t5,
      zip: row.t6,
      country: row.t7 ?? '',
      county: row.t8,
      geoCode: row.t9,
    })),
    phones: of(SOURCE.phone).map((row) => ({
      id: row.id,
      type: row.type ?? row.code ?? '',
      number: row.t1 ?? '',
      extension: row.t2,
      description: row.t3,
      primary: row.flag === 1,
    })),
    emails: of(SOURCE.email).map((row) => ({
      id: row.id,
      type: row.type ?? row.code ?? '',
      address: row.t1 ?? '',
      description: row.t2,
      primary: row.flag === 1,
    })),
    notes: of(SOURCE.note)
      .reverse()
      .map((row) => ({
        id: row.id,
        level: row.t1 ?? '',
        type: row.type ?? row.code ?? '',
        subject: row.t2 ?? '',
        body: row.t3 ?? '',
        createdBy: row.t4 ?? '',
        createdOn: row.fromOn ?? '',
        graceOn: row.toOn,
      })),
    conditions: of(SOURCE.condition).map((row) => ({
      id: row.id,
      name: row.type ?? row.code ?? '',
      remarks: row.t1,
      startedOn: row.fromOn ?? '',
      endedOn: row.toOn,
    })),
  };
}

/** The Customer tab, in two statements. */
export const customerDetails = query({
  name: 'customer.details',
  summary: 'The Customer tab: identity, message center, addresses, phones and agreements',
  permission: 'customers.read',
  input: z.object({ customerId: z.number().int(), accountId: z.number().int().nullable().default(null) }),
  subject: ({ customerId }) => ({ customerId }),
  run: (ctx, { customerId, accountId }) => detailsOf(ctx, customerId, accountId),
});

/** The Owner tab of a rental: the same of its owner, whom other users may read than the customers. */
export const ownerDetails = query({
  name: 'owner.details',
  summary: 'The Owner tab: identity, addresses, phones and balance of who owns a location',
  permission: 'owners.read',
  input: z.object({ locationId: z.number().int() }),
  run: async (ctx, { locationId }): Promise<CustomerDetails> => {
    const location = await ctx.db
      .selectFrom('location')
      .select('owner_id')
      .where('id', '=', locationId)
      .executeTakeFirst();
    if (!location?.owner_id) throw new Failure('not_found', 'No owner is defined, or it is private.');
    await assertVisible(ctx, { customerId: location.owner_id });
    return detailsOf(ctx, location.owner_id, null);
  },
});

async function detailsOf(
  { db, today, actor, sight }: QueryContext,
  customerId: number,
  accountId: number | null,
): Promise<CustomerDetails> {
  const since = addMonths(today, -12);
  const [row] = await customerDetailRow(db, {
    customerId,
    accountId,
    today,
    since,
    ...sight,
  });
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  const lists = await customerDetailLists(db, { customerId, accountId, today, level: actor.level });
  return {
    identity: identityOf(row),
    messages: messagesOf(row),
    customerCents: row.customerCents ?? 0,
    locationCents: row.locationCents,
    agreements: agreementsOf(withoutLast4(actor, row)),
    ...listsOf(lists),
  };
}
