import type { TransactionKind } from '#db/entities/ledger.ts';
import type { Db } from '#db/schema.ts';

/** Code tables of the reasons that kinds of transactions have. */
const REASONS: Partial<Record<TransactionKind, string>> = {
  adjustment: 'adjustment_reason',
  nsf: 'return_reason',
  nsf_fee: 'return_reason',
  reversal: 'reversal_reason',
  write_off: 'write_off_reason',
};

/** The reason of a transaction in words; null where its code table does not have it. */
export async function reasonNameOf(
  db: Db,
  { kind, reason }: { readonly kind: TransactionKind; readonly reason: string | null },
): Promise<string | null> {
  const table = REASONS[kind];
  if (reason === null || table === undefined) return null;
  const row = await db
    .selectFrom('code_value')
    .select('name')
    .where('table_name', '=', table)
    .where('code', '=', reason)
    .executeTakeFirst();
  return row?.name ?? null;
}
