import type { Db } from './schema.ts';

/** Code, name, whether it is a system row that cannot be changed, and JSON of what the table adds. */
export type Row = readonly [code: string, name: string, system: 0 | 1, attributes?: string];

const json = (value: object): string => JSON.stringify(value);
const gl = (code: string, taxable: 0 | 1 = 0): string => json({ gl: code, taxable });

/** Values that every utility starts with, by code table. */
export const CODE_TABLES: Readonly<Record<string, readonly Row[]>> = {
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
  email_type: [
    ['home', 'Home', 1],
    ['work', 'Work', 1],
    ['other', 'Other', 0],
  ],
  contact_type: [
    ['emergency', 'Emergency', 1, json({ level: 'customer' })],
    ['employer', 'Employer', 1, json({ level: 'customer' })],
    ['landlord', 'Landlord', 1, json({ level: 'location' })],
    ['secondary', 'Secondary Account Holder', 1, json({ level: 'customer' })],
    ['other', 'Other', 1, json({ level: 'customer' })],
  ],
  document_type: [
    ['AGREE', 'Service agreement', 0, json({ secure: 0 })],
    ['ID', 'Proof of identity', 0, json({ secure: 1 })],
    ['LEASE', 'Lease', 0, json({ secure: 0 })],
    ['DRAFT', 'Automatic payment authorisation', 1, json({ secure: 1 })],
    ['LETTER', 'Letter', 0, json({ secure: 0 })],
    ['OTHER', 'Other', 1, json({ secure: 0 })],
  ],
  identity_check: [
    ['none', 'Not checked', 1],
    ['stated', 'Stated by telephone', 0],
    ['seen', 'Document seen', 0],
    ['proven', 'Document kept', 0],
  ],
  terms: [
    ['net20', 'Net 20 days', 1, json({ days: 20 })],
    ['net30', 'Net 30 days', 0, json({ days: 30 })],
    ['receipt', 'Due on receipt', 0, json({ days: 0 })],
  ],
  branch: [['main', 'Main office', 1]],
  tax_group: [
    ['standard', 'Standard', 1, json({ millionths: 0 })],
    ['exempt', 'Exempt', 1, json({ millionths: 0 })],
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
    ['online', 'Online', 0, json({ core: 'card' })],
    ['lockbox', 'Lockbox', 0, json({ core: 'check' })],
  ],
  service_order_category: [
    ['leak', 'Leak', 0],
    ['reread', 'Re-read meter', 0],
    ['turnon', 'Turn on', 1],
    ['turnoff', 'Turn off', 1],
    ['exchange', 'Meter exchange', 0],
  ],
  special_condition: [
    ['life', 'Life support', 0, '{"badge":"LIFE SUPPORT","noPenalty":1,"noShutOff":1}'],
    ['dog', 'Dog on site', 0, '{"badge":"DOG"}'],
    ['senior', 'Senior discount', 0, '{"badge":"SENIOR"}'],
    ['dispute', 'Disputed bill', 0, '{"badge":"DISPUTE","noPenalty":1,"disputed":1}'],
  ],
  charge_code: [
    ['nsf', 'Returned-item fee', 1, gl('4920')],
    ['late', 'Late charge', 1, gl('4910')],
    ['tax', 'Tax', 1, gl('2300')],
    ['service', 'Service call', 0, gl('4900', 1)],
    ['reconnect', 'Reconnection', 0, gl('4900', 1)],
    ['meter', 'Meter test', 0, gl('4900', 1)],
    ['copy', 'Copy of a bill', 0, gl('4900')],
    ['credit', 'Courtesy credit', 0, gl('4950')],
  ],
  adjustment_reason: [
    ['correction', 'Correction', 1, gl('4950')],
    ['leak', 'Leak adjustment', 0, gl('4950')],
    ['goodwill', 'Goodwill', 0, gl('4950')],
    ['misread', 'Wrong meter read', 0, gl('4950')],
    ['dispute', 'Settled dispute', 0, gl('4950')],
  ],
  reversal_reason: [
    ['account', 'Wrong account', 0],
    ['amount', 'Wrong amount', 0],
    ['duplicate', 'Entered twice', 0],
    ['chargeback', 'Charged back', 1],
    ['billed', 'Billed in error', 0],
    ['other', 'Other', 1],
  ],
  return_reason: [
    ['R01', 'Insufficient funds', 1],
    ['R02', 'Account closed', 1],
    ['R03', 'No account', 1],
    ['R08', 'Payment stopped', 1],
    ['R09', 'Uncollected funds', 1],
    ['R10', 'Not authorised', 1],
    ['other', 'Other', 1],
  ],
  write_off_reason: [
    ['bankrupt', 'Bankruptcy', 0],
    ['gone', 'Moved, not found', 0],
    ['deceased', 'Deceased', 0],
    ['small', 'Small balance', 1],
    ['age', 'Too old to collect', 0],
  ],
  deposit_code: [
    [
      'standard',
      'Standard deposit',
      1,
      json({
        amountCents: 15_000,
        gl: '2100',
        refundable: 1,
        interest: 'simple',
        rates: [{ from: '2000-01-01', millionths: 20_000 }],
        refundMonths: 12,
        maxLate: 1,
      }),
    ],
    [
      'meter',
      'Meter deposit',
      0,
      json({
        amountCents: 10_000,
        gl: '2100',
        refundable: 1,
        interest: 'none',
        rates: [],
        refundMonths: 0,
        maxLate: 0,
      }),
    ],
  ],
  penalty_code: [
    [
      'late',
      'Late charge',
      1,
      json({
        basis: 'past_due',
        millionths: 100_000,
        flatCents: 0,
        minimumCents: 500,
        maximumCents: null,
        leastBaseCents: 1000,
        graceDays: 5,
        oncePerItem: 1,
        onPenalties: 0,
        services: [],
        exemptClasses: [],
        gl: '4910',
        dueDays: 20,
      }),
    ],
  ],
};

/** Gives the tables of `tables` their first values. */
export async function addCodes(db: Db, tables: readonly string[]): Promise<void> {
  const last = await db
    .selectFrom('code_value')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  let id = (last?.id ?? 0) + 1;
  for (const table of tables) {
    const values = CODE_TABLES[table]!.map(([code, name, system, attributes], sort) => ({
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

/** Code tables that came with a later version and have no value yet. */
export async function missingTables(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('code_value').select('table_name').distinct().execute();
  const there = new Set(rows.map((row) => row.table_name));
  return Object.keys(CODE_TABLES).filter((table) => !there.has(table));
}
