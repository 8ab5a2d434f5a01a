import type { Database } from '#db/database.ts';
import { freshDatabase } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

/** An account with two statements, a payment between them and one after, a rental with its owner. */
export interface Billed {
  readonly database: Database;
  readonly utility: Utility;
  readonly account: AccountRef;
  readonly owner: number;
  readonly charge: number;
  readonly payment: number;
  readonly statement: number;
}

export async function billed(values: Parameters<Utility['customer']>[1] = {}, given?: Database): Promise<Billed> {
  const database = given ?? (await freshDatabase());
  const utility = new Utility(database);
  const owner = await utility.customer('Oak LLC', { number: 'C77' });
  const location = await utility.location('118 Alder St', { owner_id: owner, rental: 1 });
  const account = await utility.account(await utility.customer('Núñez, Ana M', values), location, {
    number: '10023',
    owner_copy: 1,
  });
  const { id: account_id, customerId: customer_id } = account;
  await utility.add('customer_address', address(customer_id, '9 Box Rd', 1));
  await utility.add('customer_address', address(customer_id, '7 Summer Ln', 0));
  await utility.add('customer_address', address(owner, '1 Oak Plaza', 1));
  await utility.add('customer_email', { customer_id, address: 'ana@home.example', is_primary: 1 });
  const water = await utility.serviceType('WAT', { name: 'Water', unit: 'kgal' });
  const sewer = await utility.serviceType('SEW', { name: 'Sewer' });
  const statementOf = (number: string, billed_on: string, due_on: string, previous: number, charges: number) =>
    utility.add('statement', {
      number,
      customer_id,
      account_id,
      billed_on,
      due_on,
      previous_cents: previous,
      payments_cents: 0,
      charges_cents: charges,
      balance_cents: previous + charges,
    });
  const first = await statementOf('B1', '2026-10-01', '2026-10-21', 0, 6000);
  await utility.charge(account, 6000, {
    on: '2026-10-01',
    dueOn: '2026-10-21',
    service: water,
    statementId: first,
    number: 'B1',
  });
  const payment = await utility.payment(account, 4000, { on: '2026-10-18', number: 'R7', method: 'check' });
  const statement = await statementOf('B2', '2026-11-01', '2026-12-05', 2000, 9000);
  const charge = await utility.charge(account, 5500, {
    on: '2026-11-01',
    dueOn: '2026-12-05',
    service: water,
    statementId: statement,
    number: 'B2',
  });
  await utility.charge(account, 3500, {
    on: '2026-11-01',
    dueOn: '2026-12-05',
    service: sewer,
    statementId: statement,
  });
  await utility.payment(account, 1000, { on: '2026-11-10', number: 'R8', method: 'cash' });
  await utility.payment(account, 300, { on: '2026-11-20', number: 'R9', status: 'unposted' });
  const meter = await utility.add('meter', { number: 'M1', unit: 'kgal' });
  await utility.add('meter_read', {
    customer_id,
    account_id,
    location_id: location,
    meter_id: meter,
    service_type_id: water,
    kind: 'regular',
    read_on: '2026-10-30',
    previous_on: '2026-09-30',
    reading_milli: 14_500,
    previous_milli: 10_000,
    usage_milli: 4500,
    billed_milli: 4500,
    adjusted_milli: -250,
    statement_id: statement,
  });
  return { database, utility, account, owner, charge, payment, statement };
}

const address = (customer_id: number, line1: string, is_primary: 0 | 1) => ({
  customer_id,
  type: is_primary ? 'home' : 'mailing',
  is_primary,
  line1,
  city: 'Springfield',
  state: 'IL',
  zip: '62704',
});

/** Sets company options as a set-up would. */
export async function setOptions(database: Database, options: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [name, value] of Object.entries(options)) {
    await database.db
      .insertInto('company_option')
      .values({ name, value: JSON.stringify(value) })
      .onConflict((at) => at.column('name').doUpdateSet({ value: JSON.stringify(value) }))
      .execute();
  }
}
