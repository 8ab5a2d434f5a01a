import { type ApplyOptions, type RecordCounts, Run } from './apply-run.ts';
import { proveBalances, storeBalances } from './balances.ts';
import { ensureCodes, servicesOf } from './codes.ts';
import { ENTITY_NAMES } from './entities/names.ts';
import { recordOwners } from '../owners.ts';
import type { StagedImport } from './stage.ts';
import { proveTotals, type TotalLine } from './totals.ts';

export interface Applied {
  readonly counts: readonly RecordCounts[];
  readonly totals: readonly TotalLine[];
  /** How many groups of each total were compared. */
  readonly groups: readonly { readonly name: string; readonly dimension: string; readonly n: number }[];
}

/**
 * Writes staged records in the transaction of `db`: new ones in bulk, changed ones field by
 * field or, when they are money, by opposite postings; the same ones not at all.
 * @throws ImportProblem naming file and row, when a record cannot be written
 */
export async function applyImport(staged: StagedImport, options: ApplyOptions): Promise<Applied> {
  const { profile, staging } = staged;
  staging.restart();
  const codes = await ensureCodes(options.db, profile, options.newId);
  const run = new Run(staged, options, {
    ...options,
    profile,
    staging,
    codes,
    services: await servicesOf(options.db),
    idOf: (rule, key) => run.idOf(rule, key),
  });
  const order = profile.records
    .map((record, index) => ({ record, index }))
    .toSorted((a, b) => ENTITY_NAMES.indexOf(a.record.entity) - ENTITY_NAMES.indexOf(b.record.entity));
  await run.begin();
  const counts: RecordCounts[] = [];
  for (const { record, index } of order) counts.push(await run.write(record, index));
  await storeBalances(run.ctx);
  await recordOwners(options.db, options);
  await run.subjects.index(options.db, (done) => options.progress?.('indexing', done, null));
  const totals = await proveTotals(options.db, profile, staging, (rule, record) => run.accountOf(rule, record));
  await proveBalances(options.db, staging);
  return { counts, totals, groups: staging.totals.groups() };
}
