import { z } from 'zod';
import { query } from '../../operation.ts';

/** A company that has none yet is told where to begin. */
export const anyCustomer = query({
  name: 'customer.any',
  summary: 'Whether the company has a customer at all',
  permission: 'customers.create',
  input: z.object({}),
  run: async ({ db }): Promise<{ readonly any: boolean }> => ({
    any: (await db.selectFrom('customer').select('id').limit(1).executeTakeFirst()) !== undefined,
  }),
});
