import { describe, expect, test } from 'vitest';
import { addMonths } from '#domain/civil-date.ts';
import { freshDatabase } from '#test/support/database.ts';
import { atAccount, SIZES, tabText } from '#test/support/panel.ts';
import { Utility } from '#test/support/utility.ts';

/** Two years of monthly water reads, the last one estimated, and one electric read. */
async function twoYears() {
  const database = await freshDatabase();
  const town = new Utility(database);
  const account = await town.household();
  const water = await town.serviceType('WAT', { name: 'Water', unit: 'kgal', payoff_rank: 1 });
  const electric = await town.serviceType('ELE', { name: 'Electric', unit: 'kWh', payoff_rank: 2 });
  const rate = await town.add('rate_code', {
    code: 'R1',
    name: 'Residential',
    service_type_id: water,
    minimum_cents: 900,
  });
  const meter = await town.add('meter', { number: 'M-77', make: 'Neptune', size: '3/4"', unit: 'kgal', dials: 6 });
  const other = await town.add('meter', { number: 'E-9', unit: 'kWh', dials: 5 });
  await town.add('meter_installation', {
    meter_id: meter,
    location_id: account.locationId,
    service_type_id: water,
    installed_on: '2024-01-05',
    install_read_milli: 12_000,
    transmitter: 'T-501',
  });
  const base = { customer_id: account.customerId, account_id: account.id, location_id: account.locationId };
  let register = 12_000;
  for (let back = 24; back > 0; back -= 1) {
    const use = 1000 * (back % 12 === 0 ? 9 : 4);
    await town.add('meter_read', {
      ...base,
      meter_id: meter,
      service_type_id: water,
      rate_code_id: rate,
      read_on: addMonths('2026-10-31', 1 - back),
      previous_on: addMonths('2026-10-31', -back),
      kind: back === 1 ? 'estimated' : 'regular',
      previous_milli: register,
      reading_milli: register + use,
      usage_milli: use,
      billed_milli: use,
      adjusted_milli: back === 2 ? -500 : 0,
      minimum_cents: 900,
      charge_cents: 2100 + back,
      budget: back === 1 ? 1 : 0,
      comment: back === 1 ? 'Gate locked, dog in the yard' : null,
    });
    register += use;
  }
  await town.add('meter_read', {
    ...base,
    meter_id: other,
    service_type_id: electric,
    read_on: '2026-05-05',
    kind: 'regular',
    usage_milli: 512_000,
    billed_milli: 512_000,
  });
  return { database, town, account };
}

describe('the Usage tab', () => {
  test.each(SIZES)('at %d×%d shows the reads, and the meter behind the one with the cursor', async (...size) => {
    const { database, account } = await twoYears();
    const op = await atAccount(database, account.id, 'usage', { size });
    const text = tabText(op);
    expect(text).toContain('All services at this location, all residents');
    expect(text).toMatch(/> 2026-10-31 .*Water .* 4E? +4 +.* B .* 21\.01/);
    expect(text).toContain('M-77  Neptune  size 3/4"  6 dials');
    expect(text).toMatch(/\(estimated\),/);
    expect(text).toMatch(/4 kgal = \(\d+ - \d+\) x 1; billed 4/);
    await op.press('down');
    expect(tabText(op)).toContain('adjusted by -0.5');
    expect(op.unexpected).toEqual([]);
  });

  test('c shows the year by month against the one before, t its figures', async () => {
    const { database, account } = await twoYears();
    const op = await atAccount(database, account.id, 'usage');
    await op.press('c');
    expect(tabText(op)).toContain('Water, kgal, 2025-11..2026-10');
    expect(tabText(op)).toMatch(/Nov +Dec +Jan +Feb +Mar +Apr +May +Jun +Jul +Aug +Sep +Oct\*/);
    expect(tabText(op)).toMatch(/█/);
    await op.press('c');
    expect(tabText(op)).toContain('Meter details');
    await op.press('t');
    expect(op.text()).toContain('Water by month, kgal');
    expect(op.text()).toMatch(/2025-11 +9\.00 +9\.00 +0 %/);
    await op.press('end');
    expect(op.text()).toMatch(/2026-10 +4\.00 est +4\.00 +0 %/);
    expect(op.text()).toMatch(/2026-09 +3\.50 +4\.00 +-12 %/);
  });

  test('Enter shows the whole of a read that has little room below the list; no key is offered to read on', async () => {
    const { database, account } = await twoYears();
    const op = await atAccount(database, account.id, 'usage', { size: [80, 24] });
    expect(op.footer()).toContain('Enter Details');
    await op.press('enter');
    expect(op.text()).toMatch(/Read of 2026-10-31[^]*M-77 {2}Neptune[^]*installed/);
    expect(op.footer()).not.toContain('More');
    await op.press('escape');
    expect(tabText(op)).toMatch(/> 2026-10-31/);
  });

  test('a wide screen shows meter and chart side by side, in ASCII too; a reader hears figures', async () => {
    const { database, account } = await twoYears();
    const op = await atAccount(database, account.id, 'usage', { size: [140, 40], glyphs: 'ascii' });
    expect(tabText(op)).toMatch(/Meter details .*Water, kgal/);
    expect(tabText(op)).toMatch(/Oct\*/);
    // oxlint-disable-next-line no-control-regex
    expect(tabText(op)).toMatch(/^[\x00-\x7f]*$/);
    const reader = await atAccount(database, account.id, 'usage', { screenReader: true });
    await reader.press('c');
    expect(reader.text()).toMatch(/Last year/);
  });

  test('one service, any order, one account', async () => {
    const { database, account } = await twoYears();
    const op = await atAccount(database, account.id, 'usage');
    await op.press('w');
    await op.type('elec');
    await op.press('enter');
    expect(tabText(op)).toContain('Electric at this location');
    expect(tabText(op)).toMatch(/> 2026-05-05 +Electr.* 512/);
    expect(tabText(op)).toContain('1/1');
    await op.press('w', 'enter', 's');
    await op.type('actual');
    await op.press('enter', 's');
    await op.type('actual');
    await op.press('enter');
    expect(tabText(op)).toMatch(/> 2026-05-05/);
    await op.press('o');
    expect(tabText(op)).toContain('of this account');
  });
});
