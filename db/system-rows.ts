import { DEFAULT_GROUPS } from '#domain/permissions.ts';
import type { Database } from './database.ts';
import type { Db } from './schema.ts';

/** Code, name and whether it is a system row that cannot be changed. */
type Row = readonly [code: string, name: string, system: 0 | 1, attributes?: string];

/** Values that every utility starts with, by code table. */
const CODE_TABLES: Readonly<Record<string, readonly Row[]>> = {
  account_status: [
    ['current', 'Current', 1],
    ['shutoff', 'Shutoff', 1],
  ],
  address_type: [
    ['home', 'Home', 1],
    ['mailing', 'Mailing', 1],
    ['work', 'Work', 0],
    ['temporary', 'Temporary', 0],
  ],
  phone_type: [
    ['home', 'Home', 1],
    ['mobile', 'Mobile', 1],
    ['work', 'Work', 1],
    ['fax', 'Fax', 0],
  ],
  note_type: [
    ['general', 'General', 1],
    ['billing', 'Billing', 1],
    ['complaint', 'Complaint', 0],
    ['payment', 'Payment', 0],
    ['field', 'Field', 0],
    ['collections', 'Collections', 0],
  ],
  note_used_for: [
    ['statement', 'Statement', 1],
    ['penalty', 'Penalty / interest', 1],
    ['shutoff', 'Shut-off', 1],
  ],
  payment_method: [
    ['cash', 'Cash', 1],
    ['check', 'Check', 1],
    ['card', 'Card', 1],
    ['draft', 'Bank draft', 1],
    ['online', 'Online', 0],
    ['lockbox', 'Lockbox', 0],
  ],
  service_order_category: [
    ['leak', 'Leak', 0],
    ['reread', 'Re-read meter', 0],
    ['turnon', 'Turn on', 1],
    ['turnoff', 'Turn off', 1],
    ['exchange', 'Meter exchange', 0],
  ],
  special_condition: [
    ['life', 'Life support', 0, '{"badge":"LIFE SUPPORT"}'],
    ['dog', 'Dog on site', 0, '{"badge":"DOG"}'],
    ['senior', 'Senior discount', 0, '{"badge":"SENIOR"}'],
  ],
};

const GL: readonly (readonly [
  code: string,
  name: string,
  kind: 'receivable' | 'cash' | 'revenue' | 'liability' | 'expense',
])[] = [
  ['1010', 'Cash', 'cash'],
  ['1200', 'Accounts receivable', 'receivable'],
  ['2100', 'Customer deposits', 'liability'],
  ['4000', 'Service revenue', 'revenue'],
  ['4900', 'Other revenue', 'revenue'],
  ['4910', 'Penalties', 'revenue'],
  ['4950', 'Adjustments', 'revenue'],
  ['6100', 'Bad debt', 'expense'],
];

/** Adds what a utility cannot do without and lacks yet; changes nothing that is there. */
export async function ensureSystemRows(database: Database): Promise<void> {
  const groups = await database.db.selectFrom('user_group').select('id').limit(1).execute();
  if (groups.length > 0) return;
  await database.transaction(async (db) => {
    const already = await db.selectFrom('user_group').select('id').limit(1).execute();
    if (already.length > 0) return;
    await addGroups(db);
    await addCodes(db);
    await db
      .insertInto('gl_account')
      .values(GL.map(([code, name, kind]) => ({ code, name, kind })))
      .execute();
  });
}

async function addGroups(db: Db): Promise<void> {
  let id = 1;
  for (const [index, group] of DEFAULT_GROUPS.entries()) {
    const groupId = index + 1;
    await db
      .insertInto('user_group')
      .values({
        id: groupId,
        code: group.code,
        name: group.name,
        level: group.level,
        document_level: group.level,
        credit_limit_cents: group.creditLimitCents,
      })
      .execute();
    const rows = group.permissions.map((permission) => ({ id: id++, group_id: groupId, permission }));
    await db.insertInto('group_permission').values(rows).execute();
  }
}

async function addCodes(db: Db): Promise<void> {
  let id = 1;
  for (const [table, rows] of Object.entries(CODE_TABLES)) {
    const values = rows.map(([code, name, system, attributes], sort) => ({
      id: id++,
      table_name: table,
      code,
      name,
      sort,
      system,
      attributes: attributes ?? null,
    }));
    await db.insertInto('code_value').values(values).execute();
  }
}
