import type { Db } from '../schema.ts';
import type { ApplyContext } from './apply-context.ts';
import { pieces } from '../bulk.ts';
import { ImportProblem } from './problem.ts';
import type { Staging } from './staging.ts';

const PAGE = 2000;

/** Adds what an import posted to the stored balances; every account that it made has one, be it of nothing. */
export async function storeBalances(ctx: ApplyContext): Promise<void> {
  await eachPage(ctx.staging, async (page) => {
    for (const some of pieces(page)) {
      await ctx.db
        .insertInto('account_balance')
        .values(
          some.map((one) => ({
            account_id: one.id,
            customer_id: one.customerId,
            location_id: one.locationId,
            balance_cents: one.delta,
            unposted_cents: 0,
          })),
        )
        .onConflict((conflict) =>
          conflict.column('account_id').doUpdateSet((eb) => ({
            balance_cents: eb('account_balance.balance_cents', '+', eb.ref('excluded.balance_cents')),
          })),
        )
        .execute();
    }
  });
}

/** Proves the stored balance of every account that was posted to against its ledger lines. @throws ImportProblem */
export async function proveBalances(db: Db, staging: Staging): Promise<void> {
  await eachPage(staging, async (page) => {
    for (const some of pieces(page)) {
      const wrong = await db
        .selectFrom('account_balance as b')
        .innerJoin('account as a', 'a.id', 'b.account_id')
        .leftJoin('ledger_transaction as t', (on) =>
          on.onRef('t.account_id', '=', 'a.id').on('t.status', '=', 'posted'),
        )
        .leftJoin('ledger_line as l', 'l.transaction_id', 't.id')
        .select(['a.number', 'b.balance_cents as stored'])
        .select((s) =>
          s.fn.coalesce(s.fn.sum<number>(s('l.amount_cents', '*', s.ref('l.effect'))), s.lit(0)).as('lines'),
        )
        .where(
          'b.account_id',
          'in',
          some.map((one) => one.id),
        )
        .groupBy(['a.id', 'a.number', 'b.balance_cents'])
        .execute();
      const bad = wrong.find((row) => Number(row.lines) !== row.stored);
      if (bad) throw new ImportProblem(`The balance of account ${bad.number} does not equal its ledger`);
    }
  });
}

async function eachPage(
  staging: Staging,
  work: (page: ReturnType<Staging['balances']>) => Promise<void>,
): Promise<void> {
  let after = 0;
  for (;;) {
    const page = staging.balances(after, PAGE);
    if (page.length === 0) return;
    after = page.at(-1)!.id;
    await work(page);
  }
}
