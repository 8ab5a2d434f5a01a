import type { Db } from '#db/schema.ts';
import type { Label } from './labels.ts';

/** Records of the ledger by the account that they are on: there one sees them. */
const onAccount =
  (table: 'ledger_transaction' | 'special_charge' | 'approval_request') =>
  async (db: Db, ids: readonly number[]): Promise<Label[]> => {
    const rows = await db
      .selectFrom(`${table} as x`)
      .innerJoin('account as a', 'a.id', 'x.account_id')
      .select(['x.id', 'a.id as accountId', 'a.number'])
      .where('x.id', 'in', ids)
      .execute();
    return rows.map(({ id, accountId, number }) => ({ id, record: `on ${number}`, jump: { accountId } }));
  };

/** How entries about money are called. */
export const MONEY_READERS = {
  LedgerTransaction: onAccount('ledger_transaction'),
  SpecialCharge: onAccount('special_charge'),
  ApprovalRequest: onAccount('approval_request'),
} as const;
