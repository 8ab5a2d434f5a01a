import { BILLING_TABLES } from './billing.ts';
import { CONTACT_TABLES } from './contacts.ts';
import { CUSTOMER_TABLES } from './customers.ts';
import { DEFERRED_TABLE } from './deferred.ts';
import { LOCATION_TABLES } from './locations.ts';
import { PAYMENT_TABLES } from './payments.ts';
import { RECORD_TABLES } from './records.ts';
import type { CodeTable } from './table.ts';

/** Every code table, one record each: services, the setup screen, its forms and its file follow from it. */
export const CODE_TABLES: readonly CodeTable[] = [
  ...CUSTOMER_TABLES,
  ...CONTACT_TABLES,
  ...RECORD_TABLES,
  ...LOCATION_TABLES,
  ...BILLING_TABLES,
  DEFERRED_TABLE,
  ...PAYMENT_TABLES,
];

const byName = new Map(CODE_TABLES.map((table) => [table.name, table]));

/** The table of that name; undefined when there is none. */
export const codeTable = (name: string): CodeTable | undefined => byName.get(name);

/** What may be set of a code, or why not; `saved` is false while it is entered. */
export function attributeLocked(table: CodeTable, name: string, saved: boolean): string | null {
  const fixed = table.attributes.find((one) => one.name === name)?.fixed;
  return saved && fixed ? 'This is fixed once the code is saved.' : null;
}

/** The code as it is kept: with the value that it belongs to, where codes are within another. */
export function keptCode(table: CodeTable, code: string, attributes: Readonly<Record<string, unknown>>): string {
  const owner = table.within === undefined ? undefined : attributes[table.within];
  if (typeof owner !== 'string' || owner === '' || code.startsWith(`${owner}/`)) return code;
  return `${owner}/${code}`;
}

/** The code without the value that it belongs to, as it is entered. */
export const ownCode = (table: CodeTable, code: string): string =>
  table.within === undefined ? code : code.slice(code.indexOf('/') + 1);
