import { describe, expect, test } from 'vitest';
import type { Schema } from '#db/schema.ts';
import { listUsage } from '#services/usage/list.ts';
import { actor, freshDatabase, runnerFor } from '#test/support/database.ts';
import type { AccountRef, Values } from '#test/support/premises.ts';
import { Utility } from '#test/support/utility.ts';

async function start() {
  const database = await freshDatabase();
  const town = new Utility(database);
  const water = await town.serviceType('WAT', { name: 'Water', unit: 'kgal', payoff_rank: 2 });
  const meter = await town.add('meter', { number: 'M1', make: 'Neptune', size: '3/4"', unit: 'kgal' });
  return { database, town, water, meter, call: runnerFor(database, actor('usage.read')) };
}

const readAt = (town: Utility, account: AccountRef, values: Values<'meter_read'> & { readonly read_on: string }) =>
  town.add('meter_read', {
    customer_id: account.customerId,
    account_id: account.id,
    location_id: account.locationId,
    kind: 'regular' as Schema['meter_read']['kind'],
    usage_milli: 4000,
    billed_milli: 4000,
    ...values,
  });

describe('usage', () => {
  test('of an account: its reads, newest first, with rate, meter and stays at this location only', async () => {
    const { town, water, meter, call } = await start();
    const account = await town.household();
    const rate = await town.add('rate_code', {
      code: 'R1',
      name: 'Residential',
      service_type_id: water,
      minimum_cents: 900,
    });
    const stay = { meter_id: meter, service_type_id: water, install_read_milli: 0 };
    await town.add('meter_installation', { ...stay, location_id: account.locationId, installed_on: '2024-01-05' });
    await town.add('meter_installation', {
      ...stay,
      location_id: await town.location('9 Oak Ave'),
      installed_on: '2020-01-05',
      removed_on: '2024-01-04',
    });
    const reads = {
      meter_id: meter,
      service_type_id: water,
      rate_code_id: rate,
      minimum_cents: 900,
      charge_cents: 2100,
    };
    await readAt(town, account, { ...reads, read_on: '2026-09-01', budget: 1 });
    await readAt(town, account, { ...reads, read_on: '2026-10-01', previous_on: '2026-09-01', kind: 'estimated' });
    const usage = await call(listUsage, { accountId: account.id });
    expect(usage.rows.map((row) => [row.readOn, row.kind, row.rateCode, row.unit, row.budget])).toEqual([
      ['2026-10-01', 'estimated', 'R1', 'kgal', 0],
      ['2026-09-01', 'regular', 'R1', 'kgal', 1],
    ]);
    expect(usage.meters).toMatchObject([
      { number: 'M1', make: 'Neptune', installations: [{ installedOn: '2024-01-05' }] },
    ]);
    expect(usage.meters[0]!.installations).toHaveLength(1);
    expect(usage.services).toEqual([{ id: water, code: 'WAT', name: 'Water' }]);
    expect(usage.more).toBe(false);
  });

  test('of a location: all residents’, but for private ones; by service when asked', async () => {
    const { town, water, meter, call } = await start();
    const electric = await town.serviceType('ELE', { name: 'Electric', unit: 'kWh', payoff_rank: 1 });
    const house = await town.location('118 Alder St');
    const now = await town.account(await town.customer('Rivera'), house);
    const before = await town.account(await town.customer('Past'), house, { activity: 'final' });
    const hidden = await town.account(await town.customer('Mayor', { public: 0 }), house, { activity: 'final' });
    for (const account of [now, before, hidden]) {
      await readAt(town, account, { read_on: '2026-01-01', meter_id: meter, service_type_id: water });
    }
    await readAt(town, now, { read_on: '2026-02-01', meter_id: meter, service_type_id: electric });
    const all = await call(listUsage, { locationId: house });
    expect(all.rows.map((row) => row.accountId)).toEqual([now.id, before.id, now.id]);
    expect(all.services.map((service) => service.code)).toEqual(['ELE', 'WAT']);
    const one = await call(listUsage, { locationId: house, serviceTypeId: electric });
    expect(one.rows.map((row) => row.serviceCode)).toEqual(['ELE']);
    expect(one.services).toHaveLength(2);
  });

  test('of nobody in particular is refused, and so is who may not read it', async () => {
    const { database, call } = await start();
    await expect(call(listUsage, {})).rejects.toMatchObject({ code: 'invalid' });
    const stranger = runnerFor(database, actor('accounts.read'));
    await expect(stranger(listUsage, { accountId: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  });
});
