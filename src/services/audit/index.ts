import { makeCheckpoint } from './checkpoint.ts';
import { verifyAudit } from './verify-audit.ts';
import { recordExport } from './export.ts';
import { getAuditEntry, listAudit } from './list.ts';
import { auditOfRecord } from './record.ts';

export const auditOperations = [
  listAudit,
  getAuditEntry,
  auditOfRecord,
  recordExport,
  makeCheckpoint,
  verifyAudit,
] as const;
