import type { Finding, Rule } from '#db/check.ts';
import type { Db } from '#db/schema.ts';
import { CHAIN_START, chainHash, type ChainForm } from '../audit.ts';

const PAGE = 2000;

type Entry = Awaited<ReturnType<typeof page>>[number];

const page = (db: Db, after: number) =>
  db.selectFrom('audit_entry').selectAll().where('seq', '>', after).orderBy('seq').limit(PAGE).execute();

function hashOf(row: Entry): string {
  return chainHash(
    {
      id: row.id,
      at: row.at,
      userId: row.user_id,
      username: row.username,
      operation: row.operation,
      outcome: row.outcome as 'done',
      entity: row.entity,
      entityId: row.entity_id,
      customerId: row.customer_id,
      changes: row.changes,
      source: row.source,
      origin: row.origin,
      reason: row.reason,
      correlation: row.correlation,
    },
    row.seq,
    row.previous_hash,
    row.form as ChainForm,
  );
}

const broken = (seq: number, why: string): Finding[] => [{ account: null, message: `audit entry ${seq}: ${why}` }];

/** Follows the chain from its start and stops at the first row that does not fit: what comes after proves nothing. */
async function firstBreak(db: Db): Promise<Finding[]> {
  let seq = 0;
  let hash = CHAIN_START;
  for (let rows = await page(db, seq); rows.length > 0; rows = await page(db, seq)) {
    for (const row of rows) {
      if (row.seq !== seq + 1) return broken(seq + 1, 'is missing');
      if (row.previous_hash !== hash) return broken(row.seq, 'does not follow the entry before');
      if (hashOf(row) !== row.hash) return broken(row.seq, 'was changed');
      ({ seq, hash } = row);
    }
  }
  return [];
}

export const auditChain: Rule = {
  name: 'audit-chain',
  title: 'The audit trail is whole and unchanged',
  find: firstBreak,
};
