import { idList } from '#db/bulk-add.ts';
import type { Db } from '#db/schema.ts';
import type { Label } from './label.ts';

interface OnAccount {
  readonly id: number;
  readonly accountId: number | null;
}

/** Records of money are called by the account that they are on: there one sees them. */
async function onAccounts(db: Db, records: readonly OnAccount[]): Promise<Label[]> {
  const ids = [...new Set(records.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])))];
  const accounts = await db.selectFrom('account').select(['id', 'number']).where('id', 'in', idList(db, ids)).execute();
  const numbers = new Map(accounts.map(({ id, number }) => [id, number]));
  return records.flatMap(({ id, accountId }) =>
    accountId === null ? [] : [{ id, record: `on ${numbers.get(accountId) ?? ''}`, jump: { accountId } }],
  );
}

const columns = ['id', 'account_id as accountId'] as const;

/** How entries about money are called. */
export const MONEY_READERS = {
  LedgerTransaction: async (db: Db, ids: readonly number[]): Promise<Label[]> =>
    onAccounts(db, await db.selectFrom('ledger_transaction').select(columns).where('id', 'in', ids).execute()),
  SpecialCharge: async (db: Db, ids: readonly number[]): Promise<Label[]> =>
    onAccounts(db, await db.selectFrom('special_charge').select(columns).where('id', 'in', ids).execute()),
  ApprovalRequest: async (db: Db, ids: readonly number[]): Promise<Label[]> =>
    onAccounts(db, await db.selectFrom('approval_request').select(columns).where('id', 'in', ids).execute()),
  Deposit: async (db: Db, ids: readonly number[]): Promise<Label[]> => {
    const rows = await db
      .selectFrom('deposit')
      .select(['id', 'number', 'customer_id as customerId'])
      .where('id', 'in', ids)
      .execute();
    return rows.map(({ id, number, customerId }) => ({
      id,
      record: number ?? '',
      jump: customerId === null ? null : { customerId },
    }));
  },
  PenaltyRun: async (db: Db, ids: readonly number[]): Promise<Label[]> => {
    const rows = await db.selectFrom('penalty_run').select(['id', 'number']).where('id', 'in', ids).execute();
    return rows.map(({ id, number }) => ({ id, record: number, jump: null }));
  },
} as const;
