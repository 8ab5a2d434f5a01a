import { z } from 'zod';
import { query } from '../operation.ts';
import { assertOwnCheckpoints, checkpoint } from './checkpoint.ts';
import { type TrailReport, verifyTrail } from './verify.ts';

const MOST_CHECKPOINTS = 100_000;

export const verifyAudit = query({
  name: 'audit.verify',
  summary: 'Follow the whole audit trail and compare it with checkpoints',
  permission: 'audit.read',
  // Digests have long runs of digits by themselves.
  identifiers: ['checkpoints'],
  input: z.object({
    checkpoints: z.array(checkpoint).max(MOST_CHECKPOINTS, `At most ${MOST_CHECKPOINTS}`).default([]),
  }),
  run: async ({ db, signal }, { checkpoints }): Promise<TrailReport> => {
    await assertOwnCheckpoints(db, checkpoints);
    return verifyTrail(db, { checkpoints, signal });
  },
});
