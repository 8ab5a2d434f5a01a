import { insertRows } from '#db/bulk.ts';
import { addToRows, idList } from '#db/bulk-add.ts';
import { formatCents } from '#domain/money.ts';
import { AccountSums } from '../ledger/balances.ts';
import { GL } from '../ledger/gl.ts';
import { type LedgerContext, rowsOf, writeRows } from '../ledger/rows.ts';
import type { CommandContext } from '../operation.ts';
import type { Deferred } from './deferring.ts';

/** Writes charges that payments brought about, posted on the days of their payments: some statements for any number. */
export async function writeDeferred(ctx: LedgerContext, made: readonly Deferred[]): Promise<void> {
  if (made.length === 0) return;
  await writeRows(
    ctx,
    made.map(({ id, part, charge, lines }) =>
      rowsOf(ctx, {
        id,
        account: { id: part.accountId, customerId: part.customerId },
        kind: 'deferred_charge',
        effectiveOn: part.effectiveOn,
        reference: part.number,
        memo: charge.name,
        lines: lines.map((line) => ({
          id: line.id,
          serviceTypeId: line.serviceTypeId,
          code: charge.code,
          description: charge.name,
          debitGl: GL.receivable,
          creditGl: charge.terms.gl,
          amountCents: line.cents,
          effect: 1,
        })),
      }),
    ),
  );
  await ctx.db
    .updateTable('ledger_transaction')
    .set({ status: 'posted', posted_on: ctx.today })
    .where(
      'id',
      'in',
      idList(
        ctx.db,
        made.map(({ id }) => id),
      ),
    )
    .execute();
  const charged = new AccountSums();
  for (const { part, cents } of made) charged.add(part.accountId, cents);
  await addToRows(ctx.db, 'account_balance', 'account_id', 'balance_cents', charged.sums);
  await insertRows(
    ctx.db,
    'deferred_posting',
    made.map(({ id, part, charge, statementId, statementCents }) => ({
      id: ctx.newId(),
      customer_id: part.customerId,
      account_id: part.accountId,
      charge: charge.code,
      statement_id: statementId,
      statement_cents: statementCents,
      trigger_id: part.triggerId,
      transaction_id: id,
      reversed_by_id: null,
    })),
  );
}

/** Says in the audit trail what a payment brought about. */
export function noteDeferred({ audit }: CommandContext, made: readonly Deferred[]): void {
  for (const { id, charge, part, cents } of made) {
    audit({
      entity: 'LedgerTransaction',
      entityId: id,
      customerId: part.customerId,
      changes: { 'deferred charge': [null, charge.code], amount: [null, formatCents(cents)] },
    });
  }
}
