import type { Finding, Rule } from '#db/check.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { verifyTrail } from '../audit/verify.ts';

/** The audit trail followed from its start, and compared with what checkpoints saw. */
export const auditChain = (checkpoints: readonly Checkpoint[]): Rule => ({
  name: 'audit-chain',
  title:
    checkpoints.length === 0
      ? 'The audit trail is whole and unchanged'
      : 'The audit trail is whole, unchanged, and what its checkpoints saw',
  find: async (db): Promise<Finding[]> => {
    const { findings } = await verifyTrail(db, { checkpoints });
    return findings.map((message) => ({ account: null, message }));
  },
});
