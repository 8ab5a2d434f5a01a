import { sql } from 'kysely';
import type { Schema } from '../schema.ts';
import type { Finding, Rule } from './finding.ts';

type Columns = { readonly [T in keyof Schema]?: Partial<Record<keyof Schema[T] & string, keyof Schema>> };

/** Columns that lead to a row without being foreign keys, by table. */
const REFERENCES: Columns = {
  account_balance: { account_id: 'account', customer_id: 'customer', location_id: 'location' },
  account_service: { customer_id: 'customer', location_id: 'location' },
  meter_read: {
    customer_id: 'customer',
    account_id: 'account',
    location_id: 'location',
    meter_id: 'meter',
    service_type_id: 'service_type',
    rate_code_id: 'rate_code',
    statement_id: 'statement',
  },
  statement: { customer_id: 'customer', account_id: 'account' },
  service_order: { account_id: 'account', customer_id: 'customer' },
  arrangement: { customer_id: 'customer' },
  deposit: { customer_id: 'customer', location_id: 'location', account_id: 'account' },
  special_condition: { customer_id: 'customer', location_id: 'location' },
  note: { customer_id: 'customer', location_id: 'location', account_id: 'account' },
  contact: { customer_id: 'customer', location_id: 'location' },
  document: { customer_id: 'customer', location_id: 'location', account_id: 'account', note_id: 'note' },
  user_code: { customer_id: 'customer', location_id: 'location' },
  custom_field_value: { customer_id: 'customer', location_id: 'location' },
  deferred_posting: {
    customer_id: 'customer',
    account_id: 'account',
    statement_id: 'statement',
    trigger_id: 'ledger_transaction',
    transaction_id: 'ledger_transaction',
    reversed_by_id: 'ledger_transaction',
  },
  ledger_transaction: {
    customer_id: 'customer',
    statement_id: 'statement',
    reverses_id: 'ledger_transaction',
    corrects_id: 'ledger_transaction',
    counterpart_id: 'ledger_transaction',
    payment_id: 'payment',
    tender_id: 'tender',
    batch_id: 'batch',
    deposit_id: 'deposit',
  },
  ledger_line: {
    customer_id: 'customer',
    account_id: 'account',
    service_type_id: 'service_type',
    base_line_id: 'ledger_line',
    corrects_line_id: 'ledger_line',
  },
  payment: { source_account_id: 'account', customer_id: 'customer', batch_id: 'batch', drawer_id: 'cash_drawer' },
  tender: { customer_id: 'customer' },
  planned_allocation: { transaction_id: 'ledger_transaction', debit_line_id: 'ledger_line' },
  allocation: { customer_id: 'customer' },
  collection_placement: { account_id: 'account' },
  draft: { user_id: 'app_user' },
};

const KEYS: Readonly<Record<string, string>> = { account_balance: 'account_id' };

function referenceRule(table: string, columns: readonly (readonly [column: string, target: string])[]): Rule {
  const key = KEYS[table] ?? 'id';
  return {
    name: `references-of-${table.replaceAll('_', '-')}`,
    title: `Everything that ${table} refers to exists`,
    find: async (db, limit) => {
      const found: Finding[] = [];
      for (const [column, target] of columns) {
        const at = sql.ref(`t.${column}`);
        const { rows } = await sql<{ id: number; reference: number }>`
          select ${sql.ref(`t.${key}`)} as id, ${at} as reference from ${sql.table(table)} as t
          where ${at} is not null and not exists (select 1 from ${sql.table(target)} as target where target.id = ${at})
          limit ${sql.lit(limit)}`.execute(db);
        for (const { id, reference } of rows) {
          found.push({ account: null, message: `${table} ${id}: ${target} ${reference} does not exist` });
        }
      }
      return found.slice(0, limit);
    },
  };
}

/** One rule a table. */
export const referenceRules: readonly Rule[] = Object.entries(REFERENCES).map(([table, columns]) =>
  referenceRule(table, Object.entries(columns)),
);
