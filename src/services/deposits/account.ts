import type { Db } from '#db/schema.ts';
import { Failure } from '../failure.ts';
import type { AccountRef } from '../ledger/rows.ts';
import { chargedOn, type StoredDeposit } from './read.ts';

/** Accounts that a deposit may serve: the holder's. */
const accountsOf = (db: Db, { holder, customerId, locationId, accountId }: StoredDeposit) =>
  db
    .selectFrom('account as a')
    .select(['a.id', 'a.customer_id as customerId'])
    .where((eb) => {
      const owners = customerId === null ? [] : [eb('a.customer_id', '=', customerId)];
      if (holder === 'location') return eb.or([...owners, eb('a.location_id', '=', locationId!)]);
      if (holder === 'account') return eb.or([...owners, eb('a.id', '=', accountId!)]);
      return eb.or([...owners, eb.lit(false)]);
    });

/**
 * The account on which something of a deposit is booked: the one named, if the deposit may serve it,
 * else the one that it is held for or was charged on, else the holder's latest.
 * @throws Failure `refused`
 */
export async function accountFor(db: Db, deposit: StoredDeposit, named?: number | null): Promise<AccountRef> {
  const wanted = named ?? deposit.accountId ?? (await chargedOn(db, deposit.id))?.accountId ?? null;
  const accounts = accountsOf(db, deposit);
  const found =
    wanted === null
      ? await accounts.orderBy('a.activity').orderBy('a.id', 'desc').limit(1).executeTakeFirst()
      : await accounts.where('a.id', '=', wanted).executeTakeFirst();
  if (found) return found;
  throw new Failure('refused', 'This deposit is not held for that account, its customer or its location.', {
    accountId: 'Choose an account of the holder.',
  });
}
