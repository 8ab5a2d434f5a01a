import { addToRows } from '#db/bulk-add.ts';
import type { Cents } from '#domain/money.ts';
import type { LedgerContext } from './rows.ts';

/** Amounts by account. */
export class AccountSums {
  readonly sums = new Map<number, Cents>();

  add(accountId: number, cents: Cents): void {
    this.sums.set(accountId, (this.sums.get(accountId) ?? 0) + cents);
  }
}

/** Moves the maintained totals of accounts by relative updates. */
export async function addUnposted({ db }: LedgerContext, { sums }: AccountSums): Promise<void> {
  await addToRows(db, 'account_balance', 'account_id', 'unposted_cents', sums);
}

/** What was unposted is in the balance now. */
export async function moveToBalance({ db }: LedgerContext, { sums }: AccountSums): Promise<void> {
  await addToRows(db, 'account_balance', 'account_id', 'balance_cents', sums);
  const taken = new Map([...sums].map(([account, cents]) => [account, -cents]));
  await addToRows(db, 'account_balance', 'account_id', 'unposted_cents', taken);
}
