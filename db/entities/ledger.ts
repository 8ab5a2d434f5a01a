import { defineEntity } from '@mikro-orm/core';
import { cents, date, idColumn, instant, key, milli, p, pk, text, version } from '../columns.ts';
import { Account } from './account.ts';

/** What a ledger transaction is (guide: L2). */
export const TRANSACTION_KINDS = [
  'charge',
  'payment',
  'adjustment',
  'penalty',
  'deposit_charge',
  'deposit_apply',
  'deposit_refund',
  'interest_credit',
  'nsf',
  'nsf_fee',
  'reversal',
  'transfer_out',
  'transfer_in',
  'refund',
  'write_off',
  'write_off_reinstate',
  'deferred_charge',
  'budget_trueup',
  'special_charge',
  'credit_apply',
] as const;

export type TransactionKind = (typeof TRANSACTION_KINDS)[number];

/** A code of the general ledger. */
export const GlAccount = defineEntity({
  name: 'GlAccount',
  tableName: 'gl_account',
  properties: {
    code: key().primary(),
    name: text(),
    kind: p.enum(['receivable', 'cash', 'revenue', 'liability', 'expense'] as const),
  },
});

/**
 * One event on an account. Unposted rows may change; posted rows never do
 * (triggers refuse it) and are corrected by a linked, opposite transaction.
 */
export const LedgerTransaction = defineEntity({
  name: 'LedgerTransaction',
  tableName: 'ledger_transaction',
  properties: {
    id: pk(),
    account: () => p.manyToOne(Account).ref().index(false).deleteRule('no action').updateRule('no action'),
    customerId: idColumn(),
    kind: p.enum(TRANSACTION_KINDS),
    status: p.enum(['unposted', 'posted'] as const),
    /** Receipt, invoice or bill number. */
    number: key().nullable(),
    effectiveOn: date(),
    dueOn: date().nullable(),
    /** Effect on what the customer owes: charges positive, payments negative. */
    amountCents: cents(),
    /** Payment method code. */
    method: key().nullable(),
    /** Check number, card approval, external bill id. */
    reference: text().nullable(),
    reason: key().nullable(),
    memo: text().nullable(),
    statementId: idColumn().nullable(),
    reversesId: idColumn().nullable(),
    correctsId: idColumn().nullable(),
    /** The payment and the tender that it is a part of: one part for each account and tender. */
    paymentId: idColumn().nullable(),
    tenderId: idColumn().nullable(),
    batchId: idColumn().nullable(),
    depositId: idColumn().nullable(),
    /** The other leg of a transfer. */
    counterpartId: idColumn().nullable(),
    /** Business date on which it was posted; older rows have none and count as posted when they took effect. */
    postedOn: date().nullable(),
    createdAt: instant(),
    createdBy: text(),
    version: version(),
  },
  indexes: [
    { name: 'ledger_transaction_unposted', properties: ['effectiveOn'], where: "status = 'unposted'" },
    { name: 'ledger_transaction_payment', properties: ['paymentId'], where: 'payment_id is not null' },
    { name: 'ledger_transaction_batch', properties: ['batchId', 'id'], where: 'batch_id is not null' },
    { name: 'ledger_transaction_deposit', properties: ['depositId'], where: 'deposit_id is not null' },
    { name: 'ledger_transaction_reverses', properties: ['reversesId'], where: 'reverses_id is not null' },
    { name: 'ledger_transaction_corrects', properties: ['correctsId'], where: 'corrects_id is not null' },
    { name: 'ledger_transaction_account', properties: ['account', 'effectiveOn', 'id'] },
    { name: 'ledger_transaction_customer', properties: ['customerId', 'effectiveOn', 'id'] },
  ],
});

/**
 * One balanced posting: `amountCents` > 0 moves from `creditGl` to `debitGl`,
 * so every transaction is double entry by construction.
 */
export const LedgerLine = defineEntity({
  name: 'LedgerLine',
  tableName: 'ledger_line',
  properties: {
    id: pk(),
    transaction: () => p.manyToOne(LedgerTransaction).ref().index(true).deleteRule('no action').updateRule('no action'),
    customerId: idColumn(),
    accountId: idColumn(),
    serviceTypeId: idColumn().nullable(),
    description: text().nullable(),
    /** Charge code (table `charge_code`), where the service alone does not say what it is for. */
    code: key().nullable(),
    /** What was charged for, thousandths of the unit. */
    quantityMilli: milli().nullable(),
    unit: text().nullable(),
    /** The line that this one is calculated from (a tax, a linked charge), and the share in millionths. */
    baseLineId: idColumn().nullable(),
    shareMillionths: p.integer().nullable(),
    /** The line that this one takes back or changes. */
    correctsLineId: idColumn().nullable(),
    debitGl: key(),
    creditGl: key(),
    amountCents: cents(),
    /** +1 raises what the customer owes, −1 lowers it, 0 does not touch receivables. */
    effect: p.integer(),
    /** Of a debit: still owed. Of a credit: not yet allocated (open credit). Never below zero. */
    openCents: cents(),
    effectiveOn: date(),
    dueOn: date().nullable(),
  },
  indexes: [{ name: 'ledger_line_open', properties: ['customerId', 'accountId'], where: 'open_cents <> 0' }],
  checks: [
    { name: 'ledger_line_amount', expression: 'amount_cents >= 0' },
    { name: 'ledger_line_open_range', expression: 'open_cents >= 0 and open_cents <= amount_cents' },
    // -1, 0 or 1, in a form that both engines read back unchanged.
    { name: 'ledger_line_effect', expression: 'effect * effect <= 1' },
  ],
});

/** What a credit paid. Undone by a row with the opposite amount, never by a delete. */
export const Allocation = defineEntity({
  name: 'Allocation',
  tableName: 'allocation',
  properties: {
    id: pk(),
    customerId: idColumn(),
    creditLine: () => p.manyToOne(LedgerLine).ref().index(true).deleteRule('no action').updateRule('no action'),
    debitLine: () => p.manyToOne(LedgerLine).ref().index(true).deleteRule('no action').updateRule('no action'),
    amountCents: cents(),
    allocatedOn: date(),
  },
});

/** A row of a source file and the record that it became, so that the same file twice changes nothing. */
export const ImportRecord = defineEntity({
  name: 'ImportRecord',
  tableName: 'import_record',
  properties: {
    id: pk(),
    profile: key(),
    entity: key(),
    /** The record's key in the source. */
    sourceKey: key(),
    /** Digest of the mapped values. */
    digest: key(),
    entityId: idColumn(),
  },
  uniques: [{ name: 'import_record_key', properties: ['profile', 'entity', 'sourceKey'] }],
});

/** One run of an import, with its control totals. */
export const ImportRun = defineEntity({
  name: 'ImportRun',
  tableName: 'import_run',
  properties: {
    id: pk(),
    profile: key(),
    files: text(),
    startedAt: instant(),
    finishedAt: instant(),
    username: text(),
    rowsRead: p.integer(),
    rowsRejected: p.integer(),
    /** JSON of what was created, changed and left alone, and of the control totals. */
    summary: text(),
  },
});
