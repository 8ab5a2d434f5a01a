import { z } from 'zod';
import { query } from '../operation.ts';

/** Changes at a customer by others than the actor. */
export interface CustomerChanges {
  /** Newest place of the customer in the audit trail, to ask from next time; 0 when there is none. */
  readonly newest: number;
  /** Who, and what kind of record: `note`, `payment`. */
  readonly changes: readonly { readonly by: string; readonly what: string }[];
}

/** As many as are worth naming. */
const MOST = 20;

/** Tells an open screen who changed the record on it; no values, only names of people and records. */
export const customerChanges = query({
  name: 'customer.changes',
  summary: 'Who else changed something at a customer since a place in the audit trail',
  permission: 'accounts.read',
  input: z.object({ customerId: z.int(), /** Null: only the newest place is wanted. */ after: z.int().nullable() }),
  subject: ({ customerId }) => ({ customerId }),
  run: async ({ db, actor }, { customerId, after }): Promise<CustomerChanges> => {
    const rows = await db
      .selectFrom('audit_entry')
      .select(['seq', 'username', 'operation', 'user_id'])
      .where('customer_id', '=', customerId)
      .where('outcome', '=', 'done')
      // Looking at something is no change, whoever's trail it leaves.
      .where('changes', 'is not', null)
      .where('seq', '>', after ?? 0)
      .orderBy('seq', 'desc')
      .limit(after === null ? 1 : MOST)
      .execute();
    const others = after === null ? [] : rows.filter((row) => row.user_id !== actor.userId);
    return {
      newest: rows[0]?.seq ?? after ?? 0,
      changes: others.map(({ username, operation }) => ({ by: username, what: operation.split('.')[0]! })),
    };
  },
});
