import type { Db } from '../schema.ts';
import { BANKS } from './banks.ts';
import { DEMO_CAPTIONS, DEMO_FIELDS, DEMO_VALUES } from './user-defined.ts';
import { DEMO_CHARGES } from './deferred.ts';
import type { Serials, Sink } from './sink.ts';
import { CLASSES, RATES, SERVICES } from './tariff.ts';
import { type BillingCycle, billPeriod } from './town.ts';

/** Somebody who can sign in to a demo utility. */
export interface DemoUser {
  readonly username: string;
  readonly displayName: string;
  readonly group: string;
}

/** One for each default group, known by first name. */
export const DEMO_USERS: readonly DemoUser[] = [
  { username: 'ada', displayName: 'Ada Okafor', group: 'administrator' },
  { username: 'max', displayName: 'Max Lindqvist', group: 'manager' },
  { username: 'alice', displayName: 'Alice Romero', group: 'billing' },
  { username: 'carl', displayName: 'Carl Huang', group: 'cashier' },
  { username: 'cleo', displayName: 'Cleo Whitfield', group: 'callcenter' },
  { username: 'cody', displayName: 'Cody Baptiste', group: 'collector' },
  { username: 'finn', displayName: 'Finn Kowalski', group: 'field' },
  { username: 'ava', displayName: 'Ava Stern', group: 'auditor' },
];

/** The password of every demo user, as the sign-in screen of a demo tells. */
export const DEMO_PASSWORD = 'demo';

const EXTRA_GL = [
  ['1250', 'Budget billing differences', 'receivable'],
  ['1290', 'Transfers between accounts', 'receivable'],
  ['2200', 'Neighbour fund', 'liability'],
  ['2210', 'Street trees', 'liability'],
  ['4010', 'Water revenue', 'revenue'],
  ['4020', 'Sewer revenue', 'revenue'],
  ['4030', 'Electric revenue', 'revenue'],
  ['4040', 'Refuse revenue', 'revenue'],
  ['4050', 'Storm water revenue', 'revenue'],
  ['6200', 'Interest on deposits', 'expense'],
] as const;

/** Customers that users can be confined to. */
const CUSTOMER_GROUPS = [
  ['household', 'Households'],
  ['business', 'Businesses'],
  ['public', 'Public bodies'],
  ['staff', 'Own staff'],
] as const;

/** Writes cycles, classes, services and rates. */
export function writeTariff(sink: Sink, cycles: readonly BillingCycle[]): void {
  for (const c of cycles) sink.add('cycle', c.id, c.code, c.name, billPeriod(c), c.billDay, c.dueDays);
  for (const c of CLASSES) sink.add('revenue_class', c.id, c.code, c.name);
  for (const [rank, s] of SERVICES.entries()) {
    sink.add('service_type', s.id, s.code, s.name, s.unit, rank + 1, '1200', s.revenueGl);
  }
  for (const r of RATES) {
    const tiers = r.tiers.length === 0 ? null : JSON.stringify(r.tiers);
    sink.add('rate_code', r.id, r.code, r.name, r.service.id, r.minimumCents, tiers);
  }
}

/** Company options, demo users and what else stands once; everything here is a handful of rows. */
export async function writeCompany(db: Db, options: { passwordHash: string | null; createdAt: number }): Promise<void> {
  const settings = {
    companyName: 'Alder Falls Utilities',
    companyAddress: '1 Mill St; Alder Falls, IL 62704',
    companyPhone: '(217) 555-0100',
    remitAddress: 'Alder Falls Utilities; PO Box 100; Alder Falls, IL 62705',
    accountBudgets: true,
    cardProcessor: 'Prairie Payments',
    cardFormUrl: 'https://cards.example/hosted',
    webLoginUrl: 'https://my.alderfalls.example/password',
    demo: true,
    demoUsers: DEMO_USERS.map(({ username, group }) => ({ username, role: group })),
    demoPassword: DEMO_PASSWORD,
  };
  for (const [name, value] of Object.entries(settings)) {
    const row = { name, value: JSON.stringify(value) };
    await db
      .insertInto('company_option')
      .values(row)
      .onConflict((at) => at.column('name').doUpdateSet({ value: row.value }))
      .execute();
  }
  const gl = EXTRA_GL.map(([code, name, kind]) => ({ code, name, kind }));
  await db
    .insertInto('gl_account')
    .values(gl)
    .onConflict((at) => at.doNothing())
    .execute();
  await writeCodes(db, 'customer_group', CUSTOMER_GROUPS);
  await writeCodes(
    db,
    'bank_code',
    BANKS.map(([name, routing]) => [routing, name]),
  );
  await writeCodes(
    db,
    'deferred_charge',
    DEMO_CHARGES.map(({ code, name, terms }) => [code, name, JSON.stringify(terms)]),
  );
  await writeCodes(db, 'udc_caption', DEMO_CAPTIONS);
  await writeCodes(db, 'udc_value', DEMO_VALUES);
  await writeCodes(db, 'custom_field', DEMO_FIELDS);
  await writeUsers(db, options);
}

/** Codes of tables that are empty at first. */
async function writeCodes(
  db: Db,
  table: string,
  codes: readonly (readonly [code: string, name: string, attributes?: string])[],
) {
  const last = await db
    .selectFrom('code_value')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst();
  for (const [index, [code, name, attributes]] of codes.entries()) {
    await db
      .insertInto('code_value')
      .values({ id: (last?.id ?? 0) + index + 1, table_name: table, code, name, sort: index, attributes })
      .onConflict((at) => at.columns(['table_name', 'code']).doNothing())
      .execute();
  }
}

async function writeUsers(
  db: Db,
  { passwordHash, createdAt }: { passwordHash: string | null; createdAt: number },
): Promise<void> {
  const groups = await db.selectFrom('user_group').select(['id', 'code']).execute();
  for (const [index, user] of DEMO_USERS.entries()) {
    const known = await db.selectFrom('app_user').select('id').where('username', '=', user.username).executeTakeFirst();
    const group = groups.find((row) => row.code === user.group);
    if (known || !group) continue;
    const id = index + 1;
    const { username, displayName } = user;
    await db
      .insertInto('app_user')
      .values({ id, username, display_name: displayName, password_hash: passwordHash, created_at: createdAt })
      .execute();
    await db.insertInto('group_member').values({ id, user_id: id, group_id: group.id }).execute();
  }
}

/** Where each series goes on, so that what people add gets new numbers. */
export async function writeCounters(db: Db, serials: Serials): Promise<void> {
  const last = {
    customer: 10_000 + serials.customer,
    receipt: serials.receipt,
    batch: serials.batch,
    statement: serials.statement,
    service_order: serials.service_order,
    deposit: serials.deposit,
    penalty_run: serials.penalty_run,
  };
  for (const [name, value] of Object.entries(last)) {
    await db
      .insertInto('counter')
      .values({ name, value })
      .onConflict((at) => at.column('name').doUpdateSet({ value }))
      .execute();
  }
}
