import { databaseRules, type Finding, type Rule } from '#db/check.ts';
import type { FileStore } from '#db/files/store.ts';
import type { Db } from '#db/schema.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import type { Vault } from '../secrets/vault.ts';
import { auditChain } from './audit-chain.ts';
import { documentFiles } from './document-files.ts';
import { sealedValues } from './sealed-values.ts';

/** What one rule found. */
export interface RuleResult {
  readonly rule: string;
  readonly title: string;
  readonly holds: boolean;
  /** The first of the violations. */
  readonly findings: readonly Finding[];
  readonly ms: number;
}

export interface CheckReport {
  readonly clean: boolean;
  readonly rules: readonly RuleResult[];
}

const rulesWith = (
  vault: Vault | null,
  files: FileStore | null,
  checkpoints: readonly Checkpoint[],
): readonly Rule[] => [
  ...databaseRules,
  auditChain(checkpoints),
  sealedValues(vault),
  ...(files ? [documentFiles(files, vault)] : []),
];

/**
 * Proves everything that must hold in a database; reads only.
 * @param limit violations told of each rule
 * @param checkpoints of this database, that the audit trail must agree with
 * @param vault opens some of the sealed values, where its key file is at hand
 * @param files of its documents, proven too where they are given
 * @param onRule told before each rule
 */
export async function checkDatabase(
  db: Db,
  {
    limit = 20,
    checkpoints = [],
    vault = null,
    files = null,
    onRule = () => {},
  }: {
    limit?: number;
    checkpoints?: readonly Checkpoint[];
    vault?: Vault | null;
    files?: FileStore | null;
    onRule?: (title: string, index: number, of: number) => void;
  } = {},
): Promise<CheckReport> {
  const rules = rulesWith(vault, files, checkpoints);
  const results: RuleResult[] = [];
  for (const [index, { name, title, find }] of rules.entries()) {
    onRule(title, index, rules.length);
    const began = performance.now();
    const findings = await find(db, limit);
    results.push({
      rule: name,
      title,
      holds: findings.length === 0,
      findings,
      ms: Math.round(performance.now() - began),
    });
  }
  return { clean: results.every((result) => result.holds), rules: results };
}
