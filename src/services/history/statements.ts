import { z } from 'zod';
import { query } from '../operation.ts';

/** A bill as the view picker offers it. */
export interface StatementRow {
  readonly id: number;
  readonly number: string;
  readonly billedOn: string;
  readonly dueOn: string;
  readonly chargesCents: number;
  readonly balanceCents: number;
}

/** An invoice as the view picker offers it: a charge. */
export interface InvoiceRow {
  readonly id: number;
  readonly number: string | null;
  readonly invoicedOn: string;
  readonly amountCents: number;
}

/** Parts of an account's history that can be asked for apart. */
export interface HistoryChoices {
  readonly services: readonly { readonly id: number; readonly code: string; readonly name: string }[];
  /** The newest first, at most 120: ten years of monthly bills. */
  readonly statements: readonly StatementRow[];
  /** Charges, the newest first, as many. */
  readonly invoices: readonly InvoiceRow[];
}

const MOST = 120;

export const historyChoices = query({
  name: 'history.choices',
  summary: 'Services and bills by which the history of an account can be viewed',
  permission: 'history.read',
  input: z.object({ accountId: z.number().int().positive() }),
  subject: ({ accountId }) => ({ accountId }),
  run: async ({ db }, { accountId }): Promise<HistoryChoices> => ({
    services: await db
      .selectFrom('service_type as s')
      .select(['s.id', 's.code', 's.name'])
      .where('s.id', 'in', (eb) =>
        eb.selectFrom('account_service as x').select('x.service_type_id').where('x.account_id', '=', accountId),
      )
      .orderBy('s.payoff_rank')
      .orderBy('s.code')
      .execute(),
    statements: await db
      .selectFrom('statement as b')
      .select([
        'b.id',
        'b.number',
        'b.billed_on as billedOn',
        'b.due_on as dueOn',
        'b.charges_cents as chargesCents',
        'b.balance_cents as balanceCents',
      ])
      .where('b.account_id', '=', accountId)
      .orderBy('b.billed_on', 'desc')
      .orderBy('b.id', 'desc')
      .limit(MOST)
      .execute(),
    invoices: await db
      .selectFrom('ledger_transaction as t')
      .select(['t.id', 't.number', 't.effective_on as invoicedOn', 't.amount_cents as amountCents'])
      .where('t.account_id', '=', accountId)
      .where('t.kind', '=', 'charge')
      .orderBy('t.effective_on', 'desc')
      .orderBy('t.id', 'desc')
      .limit(MOST)
      .execute(),
  }),
});
