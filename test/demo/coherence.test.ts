import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { generateDemo } from '#db/demo/generate.ts';
import { openReady } from '#db/ready.ts';
import { TRANSACTION_KINDS } from '#db/entities/ledger.ts';
import { openAccount } from '#services/accounts/open.ts';
import { listBatches } from '#services/batches/list.ts';
import { checkDatabase } from '#services/check/check.ts';
import { exportSetup, previewSetup } from '#services/setup/operations.ts';
import { runnerFor, TODAY } from '#test/support/database.ts';

/** Kinds that the demo does not need to have: features to come post them. */
const NOT_YET = ['transfer_out', 'transfer_in', 'credit_apply'];

/** Every sign that the two icon tables of the dashboard know, and the special conditions of the demo. */
const BADGES = [
  'balance:PAST DUE',
  'balance:SHUTOFF',
  'status:IS OFF',
  'no-payments',
  'no-checks',
  'bankruptcy',
  'private',
  'arrangement',
  'bad-debt',
  'collections',
  'autopay',
  'budget',
  'email-bills',
  'web',
  'orders',
  'lien',
];

async function town(customers: number): Promise<Database> {
  const database = await openReady({ file: ':memory:' });
  await generateDemo(database, { customers, today: TODAY });
  return database;
}

const count = async (database: Database, from: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.raw(from)}`.execute(database.db);
  return rows[0]!.n;
};

describe('a demo of 300 customers', () => {
  let database: Database;
  beforeAll(async () => {
    database = await town(300);
    return () => database.close();
  });

  test('holds everything that the check proves', async () => {
    const { rules } = await checkDatabase(database.db);
    expect(rules.filter((rule) => !rule.holds)).toEqual([]);
  });

  test('its setup, written out, is what the screens would keep: taking it back changes nothing', async () => {
    const call = runnerFor(database);
    const { text } = await call(exportSetup, {});
    const { lines } = await call(previewSetup, { text });
    expect(lines).toEqual([]);
  });

  test('shows every badge of the dashboard somewhere', async () => {
    const call = runnerFor(database);
    const shown = new Set<string>();
    for (const { id } of await database.db.selectFrom('account').select('id').execute()) {
      const { customerBadges, locationBadges } = await call(openAccount, { accountId: id });
      for (const { id: badge, text } of [...customerBadges, ...locationBadges]) {
        shown.add(badge);
        shown.add(`${badge}:${text.replace(/ [\d-]+$/, '')}`);
      }
    }
    expect(BADGES.filter((badge) => !shown.has(badge))).toEqual([]);
  });

  test('has waiting, current and final accounts, former residents, rentals and owners', async () => {
    for (const activity of ['waiting', 'current', 'final']) {
      expect(await count(database, `account where activity = '${activity}'`), activity).toBeGreaterThan(0);
    }
    expect(
      await count(database, '(select location_id from account group by location_id having count(*) >= 6) x'),
    ).toBeGreaterThan(0);
    expect(
      await count(
        database,
        `(select customer_id from account where activity = 'current' group by customer_id having count(*) > 1) x`,
      ),
    ).toBeGreaterThan(0);
    expect(await count(database, 'location l join customer c on c.id = l.owner_id where l.rental = 1')).toBeGreaterThan(
      10,
    );
    expect(
      await count(
        database,
        "(select location_id from account where activity = 'current' group by location_id having count(*) > 1) x",
      ),
    ).toBe(0);
  });

  test('reads follow one another on the register, seasons and exceptions included', async () => {
    for (const kind of ['initial', 'regular', 'estimated', 'final']) {
      expect(await count(database, `meter_read where kind = '${kind}'`), kind).toBeGreaterThan(0);
    }
    expect(await count(database, 'meter_read where usage_milli < 0')).toBe(0);
    expect(await count(database, 'meter_read where reading_milli < previous_milli')).toBeGreaterThan(0);
    const wrong = `meter_read r join meter m on m.id = r.meter_id where r.kind <> 'failure' and r.previous_milli is not null
      and r.usage_milli <> r.reading_milli - r.previous_milli
        + case when r.reading_milli < r.previous_milli then cast(power(10, m.dials) as bigint) * 1000 else 0 end`;
    expect(await count(database, wrong)).toBe(0);
    expect(await count(database, 'meter_installation where removed_on is not null')).toBeGreaterThan(0);
  });

  test('batches hold every payment, and what their control figures say', async () => {
    expect(await count(database, `ledger_transaction where kind = 'payment' and batch_id is null`)).toBe(0);
    const batches = await runnerFor(database)(listBatches, { status: 'all', mine: false, limit: 500 });
    expect(batches.length).toBeGreaterThan(300);
    expect(batches.filter((b) => b.cents !== b.controlCents || b.count !== b.controlCount)).toEqual([]);
    expect(batches.filter((b) => b.unposted > 0 === (b.status === 'posted'))).toEqual([]);
    const days = batches.map(({ openedOn }) => openedOn);
    expect(days, 'the newest first').toEqual(days.toSorted().toReversed());
  });

  test('bills say what the ledger says', async () => {
    expect(
      await count(database, 'statement where balance_cents <> previous_cents - payments_cents + charges_cents'),
    ).toBe(0);
    const strayed = `meter_read r join statement s on s.id = r.statement_id where s.account_id <> r.account_id`;
    expect(await count(database, strayed)).toBe(0);
    const charged = `ledger_transaction t join statement s on s.id = t.statement_id
      where t.kind = 'charge' and t.effective_on = s.billed_on`;
    expect(await count(database, charged)).toBe(await count(database, 'statement'));
  });

  test('some customers give with their payments, some have declined what others are charged', async () => {
    const { db } = database;
    const charged = await db.selectFrom('deferred_posting').select('charge').distinct().orderBy('charge').execute();
    expect(charged).toEqual([{ charge: 'FUND' }, { charge: 'TREES' }]);
    const decided = await db
      .selectFrom('deferred_participation')
      .select(['charge', 'participates'])
      .distinct()
      .orderBy('charge')
      .execute();
    expect(decided).toEqual([
      { charge: 'FUND', participates: 1 },
      { charge: 'TREES', participates: 0 },
    ]);
  });

  test('nothing happened in the future', async () => {
    for (const [table, column] of [
      ['ledger_transaction', 'effective_on'],
      ['meter_read', 'read_on'],
      ['statement', 'billed_on'],
      ['allocation', 'allocated_on'],
      ['note', 'created_on'],
      ['service_order', 'opened_on'],
      ['deposit', 'charged_on'],
    ]) {
      expect(await count(database, `${table} where ${column} > '${TODAY}'`), table).toBe(0);
    }
  });

  test('telephone numbers can exist and e-mail goes nowhere', async () => {
    expect(
      await count(
        database,
        `customer_email where address not like '%@example.com' and address not like '%@example.net' and address not like '%@example.org'`,
      ),
    ).toBe(0);
    const phones = await database.db.selectFrom('customer_phone').select('digits').execute();
    for (const { digits } of phones) expect(digits).toMatch(/^[2-9]\d\d[2-9](?!11)\d\d\d{4}$/);
  });
});

describe('a demo of 2,000 customers', () => {
  let database: Database;
  beforeAll(async () => {
    database = await town(2000);
    return () => database.close();
  }, 60_000);

  test('has every kind of transaction that history shows', async () => {
    const rows = await database.db.selectFrom('ledger_transaction').select('kind').distinct().execute();
    expect(rows.map((row) => row.kind).toSorted()).toEqual(
      TRANSACTION_KINDS.filter((kind) => !NOT_YET.includes(kind)).toSorted(),
    );
  });

  test('has every kind of account that the trade knows', async () => {
    const wanted = {
      unposted: `ledger_transaction where status = 'unposted'`,
      'open credit': 'ledger_line where effect = -1 and open_cents > 0',
      'grace note': `note where grace_on >= '${TODAY}'`,
      'message note': 'note where message_center = 1',
      'payment note': 'note where payment_center = 1',
      'long note': 'note where length(body) > 800',
      'location note': `note where level = 'location'`,
      'disallowed method': 'customer where disallowed_methods is not null',
      'dunning hold': `customer where dunning_hold_until >= '${TODAY}'`,
      'tax exempt': 'customer where tax_exempt_number is not null',
      'deposit held': 'deposit where held_cents > 0',
      'penalised bill': 'penalty_item',
      'deposit of a location': `deposit where holder = 'location'`,
      'kept arrangement': `arrangement where status = 'kept'`,
      'care of': 'customer_address where care_of is not null',
      'other mailing address': `customer_address where type = 'mailing' and is_primary = 1`,
      'several orders': `(select location_id from service_order where status = 'open' group by location_id having count(*) > 1) x`,
      'leak adjustment': 'meter_read where adjusted_milli < 0',
      'failed read': `meter_read where kind = 'failure'`,
      'empty location': `location l where not exists (select 1 from account a where a.location_id = l.id and a.activity <> 'final')`,
      organisation: `customer where kind = 'government'`,
      'payment of two tenders': '(select payment_id from tender group by payment_id having count(*) > 1) x',
      'tax linked to its base': `ledger_line x join ledger_line b on b.id = x.base_line_id
        where b.transaction_id = x.transaction_id and x.amount_cents = floor((b.amount_cents * x.share_millionths) / 1000000.0 + 0.5)`,
      'quantity with its unit': 'ledger_line where quantity_milli > 0 and unit is not null',
      'closed period': `accounting_period where status = 'closed'`,
      'posted batch': `batch where status = 'posted'`,
      'balanced batch': `batch where status = 'balanced'`,
      'open batch of the cashier': `batch where status = 'open' and created_by = 'carl'`,
      'refunded deposit': `deposit where status = 'refunded' and released_on is not null`,
      'long name': 'customer where length(display_name) > 60',
    };
    const missing: string[] = [];
    for (const [what, from] of Object.entries(wanted)) if ((await count(database, from)) === 0) missing.push(what);
    expect(missing).toEqual([]);
  });

  test('people have names in many scripts', async () => {
    const rows = await database.db.selectFrom('customer').select('display_name').execute();
    const names = rows.map((row) => row.display_name).join('\n');
    for (const script of [
      'Latin',
      'Cyrillic',
      'Han',
      'Arabic',
      'Hebrew',
      'Hangul',
      'Greek',
      'Thai',
      'Devanagari',
      'Armenian',
    ]) {
      expect(names, script).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    expect(names).toMatch(/[\u0300-\u036f]/);
  });
});
