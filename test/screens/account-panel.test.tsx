import { describe, expect, test } from 'vitest';
import type { Database } from '#db/database.ts';
import { rebuildIndex } from '#db/search/build.ts';
import { actor, freshDatabase } from '#test/support/database.ts';
import type { AccountRef } from '#test/support/premises.ts';
import { type Operator, signedInApp } from '#test/support/tty.tsx';
import { Utility } from '#test/support/utility.ts';
import { cellWidth } from '#ui/width.ts';

interface World {
  readonly database: Database;
  readonly utility: Utility;
  readonly home: AccountRef;
}

/** A rented flat with a late bill, a payment that is not posted, a grace note and work to do. */
async function world(): Promise<World> {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const cycle = { code: '02', name: 'Second', bill_period: 'monthly', bill_day: 5, due_days: 20 } as const;
  const owner = await utility.customer('Oak Holdings LLC', { kind: 'profit', number: '20000' });
  const customerId = await utility.customer('Rivera, Ana M', { number: '10023', web_user: 1, spouse_name: 'Luis' });
  const locationId = await utility.location('118 Alder St Apt 4', {
    number: '204-1180',
    cycle_id: await utility.add('cycle', cycle),
    route_id: await utility.add('route', { code: '17', name: 'North' }),
    revenue_class_id: await utility.add('revenue_class', { code: 'RES', name: 'Residential' }),
    parcel_number: '14-22-301',
    description: 'Duplex, upper',
    rental: 1,
    owner_id: owner,
    latitude: 39.8,
    longitude: -89.6,
  });
  const home = await utility.account(customerId, locationId, { number: '10023-01' });
  await utility.address(customerId, '118 Alder St Apt 4');
  await utility.phone(customerId, '(217) 555-0142');
  const water = await utility.serviceType('WAT', { name: 'Water', unit: 'kgal' });
  await utility.service(home, water);
  await utility.charge(home, 6_410, { service: water, on: '2026-10-01' });
  await utility.charge(home, 11_830, { service: water, on: '2026-11-01' });
  await utility.payment(home, 6_400, { on: '2026-10-18', status: 'unposted' });
  const order = { location_id: locationId, category: 'leak', opened_on: '2026-11-01', status: 'open' } as const;
  await utility.add('service_order', { ...order, number: 'S1', description: 'Leak at the curb' });
  await utility.note({ customer_id: customerId, body: 'Pays on the 30th', grace_on: '2026-11-30', message_center: 1 });
  return { database, utility, home };
}

async function opened({ database, home }: World, size: readonly [number, number], who = actor()): Promise<Operator> {
  const operator = await signedInApp({ database, size, actor: who });
  operator.shell.desktop.open('account', { accountId: home.id });
  await operator.settled();
  return operator;
}

/** Everything within the screen, and the frame where it belongs. */
function expectWithin(operator: Operator, columns: number, rows: number): void {
  const lines = operator.lines();
  expect(lines).toHaveLength(rows);
  for (const line of lines) expect(cellWidth(line)).toBeLessThanOrEqual(columns);
  expect(operator.unexpected).toEqual([]);
}

const FACTS = [
  'Rivera, Ana M',
  '182.40',
  '64.10',
  '118.30',
  '11-21 G',
  '64.00 U',
  'RES',
  '14-22-301',
  '[PAST DUE]',
  '[SO 1]',
];

describe('the dashboard', () => {
  test.each([
    [120, 40],
    [80, 24],
  ])('at %i×%i tells every fact of its four cards', async (columns, rows) => {
    const operator = await opened(await world(), [columns, rows]);
    const text = operator.text();
    for (const fact of [...FACTS, 'CURRENT · PAST DUE', 'Customer 10023', 'Location 204-1180', 'Oak Holdings']) {
      expect(text).toContain(fact);
    }
    expectWithin(operator, columns, rows);
  });

  test('folds from 60×16 to 240×70 and back without leaving the screen', async () => {
    const operator = await opened(await world(), [60, 16]);
    for (const [columns, rows] of [
      [60, 16],
      [76, 20],
      [109, 50],
      [110, 29],
      [240, 70],
      [80, 24],
    ] as const) {
      await operator.resize(columns, rows);
      for (const fact of ['Rivera, Ana M', '182.40', '64.00 U', 'PAST DUE']) expect(operator.text()).toContain(fact);
      expectWithin(operator, columns, rows);
    }
  });

  test('leaves twelve lines to the tab at 80×24', async () => {
    const operator = await opened(await world(), [80, 24]);
    const bar = operator.lines().findIndex((line) => line.includes('1 Customer'));
    expect(operator.lines().length - 2 - (bar + 1)).toBeGreaterThanOrEqual(12);
  });

  test('a badge explains itself and leads to its cause', async () => {
    const operator = await opened(await world(), [80, 24]);
    await operator.press('b');
    expect(operator.text()).toContain('Balance – Past Due');
    await operator.type('order');
    await operator.press('enter');
    expect(operator.text()).toContain('[3 Location');
    expect(operator.text()).toContain('>S1 Leak');
    expect(operator.message()).toContain('Open Service Order: S1 of 2026-11-01');
  });

  test('values and the map link can be copied', async () => {
    const operator = await opened(await world(), [80, 24]);
    await operator.press('M');
    expect(operator.copied.at(-1)).toMatch(/^https:\/\/www\.openstreetmap\.org\/\?mlat=39\.8/);
    await operator.press('Y');
    await operator.type('past due');
    await operator.press('enter');
    expect(operator.copied.at(-1)).toBe('64.10');
  });

  test('on a card digits begin a search and the arrows step; in the tab digits open tabs', async () => {
    const operator = await opened(await world(), [80, 24]);
    await operator.press('6');
    expect(operator.text()).toContain('[6 History]');
    await operator.press('tab');
    expect(operator.text()).toContain('> Customer 10023');
    await operator.press('right');
    expect(operator.text()).toContain('Customer 20000');
    await operator.press('left', '4');
    expect(operator.text()).toContain('Find');
  });

  test('who is not there, or private, is said in one and the same way', async () => {
    const { database, utility, home } = await world();
    await utility.db.updateTable('customer').set({ public: 0 }).where('id', '=', home.customerId).execute();
    const operator = await opened({ database, utility, home }, [80, 24], actor('accounts.read', 'lookup.use'));
    expect(operator.text()).toContain('No such record, or it is private.');
    expect(operator.text()).not.toContain('Rivera');
  });
});

describe('moving on', () => {
  test('among the accounts of the customer and of the location', async () => {
    const at = await world();
    const shop = await at.utility.location('5 Market Sq');
    await at.utility.account(at.home.customerId, shop, { number: '10023-02', activity: 'waiting' });
    const former = await at.utility.customer('Former, Fred', { number: '9' });
    await at.utility.account(former, at.home.locationId, {
      number: '9-01',
      activity: 'final',
      moved_out_on: '2020-01-01',
    });
    const operator = await opened(at, [80, 24]);
    await operator.press('A');
    expect(operator.text()).toContain('10023-02  5 Market Sq');
    await operator.type('former');
    await operator.press('enter');
    expect(operator.text()).toContain('Former, Fred');
    expect(operator.text()).toContain('FINAL');
  });

  test('= with the number of a customer goes to the only account, to the list of several, or to the customer alone', async () => {
    const at = await world();
    const operator = await signedInApp({ database: at.database, size: [80, 24], actor: actor() });
    const jump = async (number: string) => {
      await operator.press('=');
      await operator.type(`acc ${number}`);
      await operator.press('enter');
      await operator.settled();
    };
    await jump('10023');
    expect(operator.text()).toContain('10023-01 ─');
    await jump('20000');
    expect(operator.text()).toMatch(/Customer 20000[^]*Oak Holdings LLC[^]*NO ACCOUNT/);
    await jump('20001');
    expect(operator.text()).toContain('No account and no customer has the number 20001, or it is private.');

    await at.utility.account(at.home.customerId, await at.utility.location('5 Market Sq'), { number: '10023-02' });
    await rebuildIndex(at.database);
    await jump('10023');
    expect(operator.header()).toContain('Look up 10023');
    expect(operator.message()).toContain('10023 is a customer with 2 accounts: choose one.');
    expect(operator.text()).toMatch(/10023-02/);
    await operator.press('enter');
    expect(operator.text()).toMatch(/Rivera, Ana M[^]*10023-0[12] ─/);
  });

  test('by number, keeping the open tab; an empty location is shown alone', async () => {
    const at = await world();
    await at.utility.location('9 Empty Lot', { number: '205-0001', number_key: '~' });
    const operator = await opened(at, [80, 24]);
    await operator.press('3', '}');
    expect(operator.text()).toContain('9 Empty Lot');
    expect(operator.text()).toContain('NO ACCOUNT');
    expect(operator.text()).toContain('[2 Location]');
    await operator.press('{');
    expect(operator.text()).toContain('[3 Location');
    expect(operator.text()).toContain('Rivera, Ana M');
  });

  test('somebody else’s posting shows after a refresh, and the place in the tab stays', async () => {
    const at = await world();
    const operator = await opened(at, [80, 24]);
    await operator.press('down', 'down');
    await at.utility.charge(at.home, 100);
    await operator.press('f5');
    expect(operator.text()).toContain('183.40');
    expect(operator.text()).toContain('>Spouse');
  });
});

describe('the tabs', () => {
  test('the owner has a tab of a rental only', async () => {
    const at = await world();
    const operator = await opened(at, [80, 24]);
    await operator.press('4');
    expect(operator.text()).toContain('Oak Holdings LLC');
    await at.utility.db.updateTable('location').set({ rental: 0 }).execute();
    await operator.press('f5');
    expect(operator.text()).not.toContain('4 Owner');
  });

  test('Enter on a service shows its meters and device history', async () => {
    const at = await world();
    const water = await at.utility.db.selectFrom('service_type').select('id').executeTakeFirstOrThrow();
    const meter = await at.utility.add('meter', { number: 'M-77', unit: 'kgal', make: 'Badger' });
    await at.utility.add('meter_installation', {
      meter_id: meter,
      location_id: at.home.locationId,
      service_type_id: water.id,
      installed_on: '2020-01-01',
      install_read_milli: 12_500,
    });
    const operator = await opened(at, [80, 24]);
    await operator.press('3', 'enter');
    expect(operator.text()).toContain('Meter M-77  Badger  in place');
    expect(operator.text()).toContain('2020-01-01 at 12.5 kgal');
  });

  test('everything of the Customer tab is reached with the keys, and each value copied', async () => {
    const operator = await opened(await world(), [80, 24]);
    const seen = new Set<string>();
    for (let page = 0; page < 4; page += 1) {
      for (const line of operator.lines()) seen.add(line);
      await operator.press('pagedown');
    }
    expect([...seen].join('\n')).toContain('E-mail notices');
    await operator.press('home', 'down', 'y');
    expect(operator.copied).toEqual(['Rivera, Ana M']);
    await operator.press('right', 'end');
    expect(operator.text()).toContain('Pays on the 30th');
    await operator.press('enter');
    expect(operator.text()).toContain('[5 Notes]');
  });
});

const NASTY = [
  'Robert"); DROP TABLE x;--',
  '\u001B[31mred\u001B[0m \u001B]0;title\u0007',
  'tab\there\r\nand a line',
  '漢字カナ混じり文 株式会社',
  'e\u0301\u0302\u0303\u0304\u0305\u0306 Zal\u0334\u0335\u0336go',
  '\u202Eright to left\u202C \u200B\u200D\uFEFF',
  'مرحبا بالعالم שלום',
  '👩‍👩‍👧‍👦 family 🏳️‍🌈',
  'x'.repeat(300),
];

describe('hostile names and addresses', () => {
  test.each(NASTY)('%j leave the frame unmoved', async (text) => {
    const at = await world();
    await at.utility.db.updateTable('customer').set({ display_name: text, spouse_name: text }).execute();
    await at.utility.db.updateTable('location').set({ line1: text, description: text, parcel_number: text }).execute();
    await at.utility.db.updateTable('customer_address').set({ line1: text, city: text }).execute();
    for (const [columns, rows] of [
      [120, 40],
      [80, 24],
      [60, 16],
    ] as const) {
      const operator = await opened(at, [columns, rows]);
      for (const tab of ['1', '2']) {
        await operator.press(tab);
        expectWithin(operator, columns, rows);
        if (columns === 60) continue;
        const edges = operator.cells().slice(1, columns === 80 ? 8 : 10);
        for (const row of edges) expect(row[columns - 1]?.text).toMatch(/^[┐│┤┘]$/);
      }
      operator.unmount();
    }
  });
});
