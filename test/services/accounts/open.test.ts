import { describe, expect, test } from 'vitest';
import { openAccount } from '#services/accounts/open.ts';
import { freshDatabase, runnerFor } from '#test/support/database.ts';
import { Utility } from '#test/support/utility.ts';

describe('account.open', () => {
  test('a household with a late bill', async () => {
    const database = await freshDatabase();
    const utility = new Utility(database);
    const account = await utility.household();
    await utility.charge(account, 5_000, { on: '2026-09-01' });
    await utility.charge(account, 6_000, { on: '2026-11-10' });
    await utility.payment(account, 2_000, { on: '2026-11-12' });
    const panel = await runnerFor(database)(openAccount, { accountId: account.id });
    expect(panel.status).toMatchObject({ balanceCents: 9_000, pastDueCents: 3_000, standing: 'past_due' });
  });
});
