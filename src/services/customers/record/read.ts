import { z } from 'zod';
import type { Db } from '#db/schema.ts';
import type { CivilDate } from '#domain/civil-date.ts';
import type { CustomerRecord } from '#domain/customer-record.ts';
import type { AutopayMethod } from '#domain/autopay.ts';
import { activeInstruments } from '../../autopay/instruments.ts';
import { refusedMethods } from '../../accounts/refused-methods.ts';
import { Failure } from '../../failure.ts';
import { lastChange, type LastChange } from '../../last-change.ts';
import { query } from '../../operation.ts';

/** An automatic payment that has not ended. */
export interface RunningAutopay {
  readonly id: number;
  readonly method: AutopayMethod;
}

/** The Customer ID section as its forms hold it. */
export interface StoredRecord extends CustomerRecord, LastChange {
  readonly customerId: number;
  readonly number: string;
  readonly statusAssignedOn: CivilDate;
  readonly autopays: readonly RunningAutopay[];
  readonly version: number;
}

const select = (db: Db, customerId: number) =>
  db
    .selectFrom('customer')
    .where('id', '=', customerId)
    .select(['number', 'kind', 'title', 'first_name as firstName', 'middle_name as middleName'])
    .select(['last_name as lastName', 'suffix', 'spouse_name as spouseName', 'business_name as businessName'])
    .select(['alt_id as altId', 'account_status as accountStatus', 'status_assigned_on as statusAssignedOn'])
    .select(['active', 'public', 'bankrupt', 'no_payments as noPayments', 'no_checks as noChecks'])
    .select(['no_collections as noCollections', 'disallowed_methods as disallowed'])
    .select(['tax_exempt_number as taxExemptNumber', 'segment', 'default_terms as defaultTerms', 'branch'])
    .select(['salesperson', 'chain_account as chainAccount', 'customer_group as customerGroup'])
    .select(['customer_group2 as customerGroup2', 'bypass_rate_until as bypassRateUntil'])
    .select(['identity_check as identityCheck', 'statement_format as statementFormat'])
    .select(['dunning_hold_until as dunningHoldUntil', 'version'])
    .executeTakeFirst();

const flag = (value: number): 0 | 1 => (value === 1 ? 1 : 0);

/** @throws Failure `not_found` */
export async function storedRecord(
  db: Db,
  customerId: number,
): Promise<Omit<StoredRecord, 'autopays' | keyof LastChange>> {
  const row = await select(db, customerId);
  if (!row) throw new Failure('not_found', 'No such record, or it is private.');
  const { disallowed, ...rest } = row;
  return {
    ...rest,
    customerId,
    active: flag(row.active),
    public: flag(row.public),
    bankrupt: flag(row.bankrupt),
    noPayments: flag(row.noPayments),
    noChecks: flag(row.noChecks),
    noCollections: flag(row.noCollections),
    disallowedMethods: refusedMethods(disallowed),
  };
}

/** Who the customer is and how it is dealt with, for who edits it. */
export const readRecord = query({
  name: 'customer.record',
  summary: 'The Customer ID section of a customer, with its version and who changed it last',
  permission: 'customers.read',
  input: z.object({ customerId: z.number().int().positive() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async ({ db, today }, { customerId }): Promise<StoredRecord> => ({
    ...(await storedRecord(db, customerId)),
    autopays: await activeInstruments(db, customerId, today).select(['id', 'method']).orderBy('id').execute(),
    ...(await lastChange(db, 'Customer', customerId, ['customer.edit'])),
  }),
});
