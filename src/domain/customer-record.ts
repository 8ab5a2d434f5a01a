import type { CivilDate } from './civil-date.ts';
import type { NameParts } from './person-name.ts';
import type { PayingRules } from './payment-methods.ts';

type Flag = 0 | 1;

/** What the Customer ID section keeps and lets be edited; null where nothing is said. */
export interface CustomerRecord extends NameParts {
  readonly title: string | null;
  readonly spouseName: string | null;
  readonly altId: string | null;
  readonly accountStatus: string;
  readonly active: Flag;
  readonly public: Flag;
  readonly bankrupt: Flag;
  readonly noPayments: Flag;
  readonly noChecks: Flag;
  readonly noCollections: Flag;
  /** Codes of payment methods. */
  readonly disallowedMethods: readonly string[];
  readonly taxExemptNumber: string | null;
  readonly segment: 'residential' | 'commercial';
  readonly defaultTerms: string | null;
  readonly branch: string | null;
  readonly salesperson: string | null;
  readonly chainAccount: string | null;
  readonly customerGroup: string | null;
  readonly customerGroup2: string | null;
  /** No rate increase before this day. */
  readonly bypassRateUntil: CivilDate | null;
  readonly identityCheck: string | null;
  readonly statementFormat: string | null;
  /** No dunning up to this day. */
  readonly dunningHoldUntil: CivilDate | null;
}

export type RecordField = keyof CustomerRecord;

export const RECORD_LABELS: Readonly<Record<RecordField, string>> = {
  kind: 'Customer type',
  title: 'Title',
  firstName: 'First name',
  middleName: 'Middle name',
  lastName: 'Last name',
  suffix: 'Suffix',
  spouseName: 'Spouse',
  businessName: 'Business name',
  altId: 'Alt customer ID',
  accountStatus: 'Account status',
  active: 'Active',
  public: 'Public',
  bankrupt: 'Bankrupt',
  noPayments: 'Accept no payments',
  noChecks: 'No checks',
  noCollections: 'No collections',
  disallowedMethods: 'Disallowed methods',
  taxExemptNumber: 'Tax-exempt no.',
  segment: 'Segment',
  defaultTerms: 'Default terms',
  branch: 'Branch',
  salesperson: 'Salesperson',
  chainAccount: 'Chain account',
  customerGroup: 'Customer group',
  customerGroup2: 'Second group',
  bypassRateUntil: 'No rate rise until',
  identityCheck: 'Identity check',
  statementFormat: 'Statement format',
  dunningHoldUntil: 'No dunning until',
};

/** Fields that hold a code, and the table that it is of. */
export const RECORD_TABLES = {
  accountStatus: 'account_status',
  defaultTerms: 'terms',
  branch: 'branch',
  salesperson: 'salesperson',
  chainAccount: 'chain_account',
  customerGroup: 'customer_group',
  customerGroup2: 'customer_group',
  identityCheck: 'identity_check',
} as const satisfies Partial<Record<RecordField, string>>;

/** Fields that make the name. */
export const NAME_FIELDS = [
  'kind',
  'title',
  'firstName',
  'middleName',
  'lastName',
  'suffix',
  'spouseName',
  'businessName',
] as const satisfies readonly RecordField[];

export const payingRulesOf = ({
  noPayments,
  noChecks,
  disallowedMethods,
}: Pick<CustomerRecord, 'noPayments' | 'noChecks' | 'disallowedMethods'>): PayingRules => ({
  noPayments: noPayments === 1,
  noChecks: noChecks === 1,
  disallowed: disallowedMethods,
});

/** Fields in which two records differ, each before and after. */
export function recordChanges(
  before: CustomerRecord,
  after: CustomerRecord,
): Partial<Record<RecordField, readonly [unknown, unknown]>> {
  const changes: Partial<Record<RecordField, readonly [unknown, unknown]>> = {};
  for (const field of Object.keys(RECORD_LABELS) as RecordField[]) {
    const [old, now] = [before[field], after[field]];
    if (JSON.stringify(old) !== JSON.stringify(now)) changes[field] = [old, now];
  }
  return changes;
}
