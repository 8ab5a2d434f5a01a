import { systemCheck } from '#services/check/index.ts';
import { enterPayment, type PaymentReceipt } from '#services/payments/write.ts';
import { postPayment } from '#services/payments/post.ts';
import type { PaymentFacts } from '#services/payments/input.ts';
import type { Database } from '#db/database.ts';
import type { Call } from '#services/operation.ts';
import { freshDatabase, runnerFor } from './database.ts';
import type { AccountRef } from './premises.ts';
import { Utility } from './utility.ts';
import type { z } from 'zod';
import type { paymentFacts } from '#services/payments/input.ts';

/** What a test says of a payment; the rest is the default. */
export type SaidPayment = z.input<typeof paymentFacts>;

/** A utility with water and sewer in this payoff order, and one account. */
export async function till(): Promise<{
  database: Database;
  utility: Utility;
  call: Call;
  account: AccountRef;
  water: number;
  sewer: number;
}> {
  const database = await freshDatabase();
  const utility = new Utility(database);
  const water = await utility.serviceType('WAT', { payoff_rank: 1 });
  const sewer = await utility.serviceType('SEW', { payoff_rank: 2 });
  const account = await utility.household();
  return { database, utility, call: runnerFor(database), account, water, sewer };
}

/** Takes a payment, and posts it. */
export async function paid(call: Call, said: SaidPayment): Promise<PaymentReceipt> {
  const receipt = await taken(call, said);
  if (!receipt.posted) await call(postPayment, { paymentId: receipt.paymentId });
  return receipt;
}

/** Takes a payment. */
export const taken = (call: Call, said: SaidPayment): Promise<PaymentReceipt> =>
  call(enterPayment, said as PaymentFacts);

/** What is open of the debts of an account, the oldest due date first, then as entered. */
export async function openDebts({ db }: Database, accountId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('ledger_line')
    .select('open_cents')
    .where('account_id', '=', accountId)
    .where('effect', '=', 1)
    .orderBy('due_on')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.open_cents);
}

/** Open credit of an account. */
export async function openCredit({ db }: Database, accountId: number): Promise<number> {
  const row = await db
    .selectFrom('ledger_line as l')
    .innerJoin('ledger_transaction as t', 't.id', 'l.transaction_id')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('l.open_cents'), eb.lit(0)).as('cents'))
    .where('l.account_id', '=', accountId)
    .where('l.effect', '=', -1)
    .where('t.status', '=', 'posted')
    .executeTakeFirstOrThrow();
  return Number(row.cents);
}

/** Balance and what is not posted yet. */
export async function balanceOf({ db }: Database, accountId: number): Promise<{ posted: number; unposted: number }> {
  const row = await db
    .selectFrom('account_balance')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return { posted: row.balance_cents, unposted: row.unposted_cents };
}

/** What `meterdesk check` finds. */
export async function findings(call: Call): Promise<string[]> {
  const { rules } = await call(systemCheck, { limit: 20 });
  return rules.flatMap((rule) => rule.findings.map(({ message }) => message));
}
