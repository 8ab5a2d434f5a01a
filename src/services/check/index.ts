import { z } from 'zod';
import { query } from '../operation.ts';
import { checkDatabase } from './check.ts';
import { maskedReport } from './masked.ts';

export type { CheckReport, RuleResult } from './check.ts';

/** `meterdesk check`: exit code 1 when the answer is not clean. */
export const systemCheck = query({
  name: 'system.check',
  summary: 'Prove ledger, references, audit trail and file',
  permission: 'system.check',
  input: z.object({ limit: z.int('A whole number').min(1, 'At least 1').max(1000, 'At most 1000').default(20) }),
  run: async (ctx, { limit }) =>
    maskedReport(ctx, await checkDatabase(ctx.db, { limit, vault: ctx.vault, files: ctx.files })),
});

export const systemOperations = [systemCheck] as const;
