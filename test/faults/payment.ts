import { z } from 'zod';
import type { Db, Schema } from '#db/schema.ts';
import { Failure } from '#services/failure.ts';
import { command, type CommandContext } from '#services/operation.ts';
import type { Insertable } from 'kysely';

const RECEIVABLE = '1200';
const CASH = '1010';

/** What the customer is told. */
export interface Receipt {
  readonly transactionId: number;
  readonly receipt: number;
}

interface OpenDebit {
  readonly id: number;
  readonly open_cents: number;
}

/**
 * A payment with everything that one has: a posted transaction, its balanced line, what it pays
 * of the open charges, the balance, a receipt number and the audit; for tests of what goes
 * wrong around it.
 */
export const pay = command({
  name: 'fault.pay',
  summary: 'Take a payment',
  permission: 'notes.edit',
  input: z.object({ accountId: z.int(), cents: z.int().positive() }),
  subject: ({ accountId }) => ({ accountId }),
  run: async (ctx, { accountId, cents }): Promise<Receipt> => {
    const account = await ctx.db
      .selectFrom('account')
      .select(['id', 'customer_id'])
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (!account) throw new Failure('not_found', 'There is no such account.');
    const receipt = await ctx.nextNumber('receipt');
    const transactionId = ctx.newId();
    const debits = await openDebits(ctx.db, accountId);
    const owner = { customer_id: account.customer_id, account_id: accountId };
    await ctx.db
      .insertInto('ledger_transaction')
      .values(transactionRow(ctx, owner, transactionId, cents, receipt))
      .execute();
    await settle(ctx, owner, transactionId, cents, debits);
    await ctx.db
      .updateTable('account_balance')
      .set((eb) => ({ balance_cents: eb('balance_cents', '-', cents) }))
      .where('account_id', '=', accountId)
      .execute();
    ctx.audit({
      entity: 'LedgerTransaction',
      entityId: transactionId,
      customerId: owner.customer_id,
      changes: { amount: [null, -cents], receipt: [null, receipt] },
    });
    return { transactionId, receipt };
  },
});

type Owner = { readonly customer_id: number; readonly account_id: number };

const transactionRow = (
  { now, today, actor }: CommandContext,
  owner: Owner,
  id: number,
  cents: number,
  receipt: number,
): Insertable<Schema['ledger_transaction']> => ({
  id,
  ...owner,
  kind: 'payment',
  status: 'posted',
  number: `R${String(receipt).padStart(7, '0')}`,
  effective_on: today,
  due_on: null,
  amount_cents: -cents,
  method: 'cash',
  created_at: now,
  created_by: actor.username,
});

const openDebits = (db: Db, accountId: number): Promise<OpenDebit[]> =>
  db
    .selectFrom('ledger_line')
    .select(['id', 'open_cents'])
    .where('account_id', '=', accountId)
    .where('effect', '=', 1)
    .where('open_cents', '<>', 0)
    .orderBy('due_on')
    .orderBy('id')
    .limit(20)
    .execute();

/** The credit line, and what it pays: the oldest first. */
async function settle(
  { db, newId, today }: CommandContext,
  owner: Owner,
  transactionId: number,
  cents: number,
  debits: readonly OpenDebit[],
): Promise<void> {
  let left = cents;
  const paid = debits.flatMap(({ id, open_cents }) => {
    const part = Math.min(left, open_cents);
    left -= part;
    return part > 0 ? [{ id, part }] : [];
  });
  const lineId = newId();
  const moved = { debit_gl: CASH, credit_gl: RECEIVABLE, amount_cents: cents, effect: -1, open_cents: left };
  await db
    .insertInto('ledger_line')
    .values({ id: lineId, transaction_id: transactionId, ...owner, ...moved, effective_on: today, due_on: null })
    .execute();
  for (const { id, part } of paid) {
    const tie = { customer_id: owner.customer_id, credit_line_id: lineId, debit_line_id: id };
    await db
      .insertInto('allocation')
      .values({ id: newId(), ...tie, amount_cents: part, allocated_on: today })
      .execute();
    await db
      .updateTable('ledger_line')
      .set((eb) => ({ open_cents: eb('open_cents', '-', part) }))
      .where('id', '=', id)
      .execute();
  }
}
