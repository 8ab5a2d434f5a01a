import type { CivilDate } from '#domain/civil-date.ts';
import { singleRows } from '../accounts/panel-parts.ts';
import { type Parameter, prepared } from '../prepared.ts';
import { boundSight, hiddenResident, shownCustomer } from '../shown.ts';
import type { Sight } from '../sight.ts';

export interface CustomerDetailKeys extends Sight {
  readonly customerId: number;
  readonly accountId: number | null;
  readonly today: CivilDate;
  /** First day of the last twelve months. */
  readonly since: CivilDate;
}

const CUSTOMER = [
  'c.id',
  'c.number',
  'c.kind',
  'c.title',
  'c.first_name as firstName',
  'c.middle_name as middleName',
  'c.last_name as lastName',
  'c.suffix',
  'c.spouse_name as spouseName',
  'c.business_name as businessName',
  'c.display_name as displayName',
  'c.alt_id as altId',
  'c.account_status as statusCode',
  'st.name as statusName',
  'c.status_assigned_on as statusAssignedOn',
  'c.active',
  'c.public',
  'c.bankrupt',
  'c.no_payments as noPayments',
  'c.no_checks as noChecks',
  'c.no_collections as noCollections',
  'c.disallowed_methods as disallowedMethods',
  'c.tax_exempt_number as taxExemptNumber',
  'c.segment',
  'c.default_terms as defaultTerms',
  'c.branch',
  'c.salesperson',
  'c.chain_account as chainAccount',
  'c.customer_group as customerGroup',
  'c.customer_group2 as customerGroup2',
  'c.bypass_rate_until as bypassRateUntil',
  'c.identity_check as identityCheck',
  'c.statement_format as statementFormat',
  'c.dunning_hold_until as dunningHoldUntil',
  'c.mail_notices as mailNotices',
  'c.email_notices as emailNotices',
  'c.web_user as webUser',
  'a.budget_cents as budgetCents',
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
] as const;

/** Columns with codes whose names are shown. */
type CodeColumn =
  | 'c.default_terms'
  | 'c.branch'
  | 'c.salesperson'
  | 'c.chain_account'
  | 'c.customer_group'
  | 'c.customer_group2'
  | 'c.identity_check';

/** The Customer tab's single facts and what its message center counts. */
export const customerDetailRow = prepared((db, p: Parameter<CustomerDetailKeys>) => {
  const sight = boundSight(p);
  const one = singleRows(db, p('today'), sight);
  return db
    .selectFrom('customer as c')
    .leftJoin('account as a', (j) => j.onRef('a.customer_id', '=', 'c.id').on('a.id', '=', p('accountId')))
    .leftJoin('location as l', 'l.id', 'a.location_id')
    .leftJoin('code_value as st', (j) =>
      j.onRef('st.code', '=', 'c.account_status').on('st.table_name', '=', 'account_status'),
    )
    .leftJoin('autopay_instruction as ap', (j) => j.on('ap.id', '=', one.autopay))
    .leftJoin('collection_placement as cp', (j) => j.on('cp.id', '=', one.placement))
    .leftJoin('arrangement as ar', (j) => j.on('ar.id', '=', one.arrangement))
    .where('c.id', '=', p('customerId'))
    .select([...CUSTOMER])
    .select((eb) => {
      const nameIn = (table: string, code: CodeColumn) =>
        eb
          .selectFrom('code_value as x')
          .select('x.name')
          .where('x.table_name', '=', table)
          .whereRef('x.code', '=', code);
      return [
        nameIn('terms', 'c.default_terms').as('termsName'),
        nameIn('branch', 'c.branch').as('branchName'),
        nameIn('salesperson', 'c.salesperson').as('salespersonName'),
        nameIn('chain_account', 'c.chain_account').as('chainName'),
        nameIn('customer_group', 'c.customer_group').as('groupName'),
        nameIn('customer_group', 'c.customer_group2').as('group2Name'),
        nameIn('identity_check', 'c.identity_check').as('identityName'),
      ];
    })
    .select((eb) => {
      const recent = (kind: 'nsf' | 'penalty') =>
        eb
          .selectFrom('ledger_transaction as x')
          // One returned item may be several transactions, one for each account that it paid.
          .select((s) => {
            const untied = s.case().when('x.tender_id', 'is', null).then(1).end();
            return s(s.fn.count<number>('x.tender_id').distinct(), '+', s.fn.count<number>(untied)).as('n');
          })
          .whereRef('x.customer_id', '=', 'c.id')
          .where((s) => s.or([s('a.id', 'is', null), s('x.account_id', '=', s.ref('a.id'))]))
          .where('x.effective_on', '>=', p('since'))
          .where('x.kind', '=', kind)
          .where('x.status', '=', 'posted');
      return [
        eb
          .selectFrom('service_order as x')
          .select((s) => s.fn.countAll<number>().as('n'))
          .whereRef('x.location_id', '=', 'l.id')
          .where('x.status', '=', 'open')
          .where((s) =>
            s.or([
              s('x.account_id', '=', s.ref('a.id')),
              s.and([
                s('x.account_id', 'is', null),
                s.not(s.exists(hiddenResident(db, s.ref('x.location_id'), sight))),
              ]),
            ]),
          )
          .as('openOrders'),
        recent('nsf').as('nsf'),
        recent('penalty').as('lateCharges'),
        eb
          .selectFrom('deposit as x')
          .select((s) => s.fn.sum<number | null>('x.held_cents').as('n'))
          .whereRef('x.customer_id', '=', 'c.id')
          .where((s) => s.or([s('x.account_id', 'is', null), s('x.account_id', '=', s.ref('a.id'))]))
          .as('depositCents'),
        eb
          .selectFrom('account_balance as x')
          .select((s) => s.fn.sum<number | null>('x.balance_cents').as('n'))
          .whereRef('x.customer_id', '=', 'c.id')
          .as('customerCents'),
        eb
          .selectFrom('account_balance as x')
          .select((s) => s.fn.sum<number | null>('x.balance_cents').as('n'))
          .whereRef('x.location_id', '=', 'l.id')
          .where((s) => s.exists(shownCustomer(db, s.ref('x.customer_id'), sight)))
          .as('locationCents'),
      ];
    });
});

export type CustomerDetailRow = Awaited<ReturnType<typeof customerDetailRow>>[number];
