import { z } from 'zod';
import { query } from '../operation.ts';

/** How far back the audit trail is read: enough for a dropped line, and no more than some ms. */
const NEWEST = 10_000;

/** Whether a command of one's own was saved: its audit row stands in the same transaction. */
export const findReceipt = query({
  name: 'receipt.find',
  summary: 'Whether a command that you gave at or after an instant was saved',
  permission: null,
  input: z.object({ operation: z.string().max(60), since: z.int().nonnegative() }),
  run: async ({ db, actor }, { operation, since }): Promise<{ saved: boolean | null }> => {
    const newest = await db
      .selectFrom('audit_entry')
      .select(['user_id', 'operation', 'outcome', 'at'])
      .orderBy('seq', 'desc')
      .limit(NEWEST)
      .execute();
    const saved = newest.some(
      (row) => row.user_id === actor.userId && row.operation === operation && row.outcome === 'done' && row.at >= since,
    );
    const seenAll = newest.length < NEWEST || newest.at(-1)!.at < since;
    return { saved: saved || (seenAll ? false : null) };
  },
});
