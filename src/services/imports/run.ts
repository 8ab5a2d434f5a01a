import { z } from 'zod';
import type { RecordCounts } from '#db/import/apply-run.ts';
import { applyImport } from '#db/import/apply.ts';
import { ImportProblem, type Reject } from '#db/import/problem.ts';
import { assertAllTaken, type StagedImport, stageFiles } from '#db/import/stage.ts';
import { assertExpected, type TotalLine } from '#db/import/totals.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext } from '../operation.ts';
import { Trial } from '../trial.ts';
import { expectedTotals } from './expected.ts';
import { loadProfile } from './profiles.ts';
import { shortText } from '#domain/typed-text.ts';

/** Longest path that a file may have. */
const PATH = 4096;

const input = z.object({
  profile: shortText(PATH).min(1, 'Name a profile').describe('name of a profile, or a path to one'),
  files: z
    .array(shortText(PATH).min(1))
    .min(1, 'Name at least one file')
    .max(200, 'At most 200 files')
    .describe('CSV files, each as PATH or ROLE=PATH'),
  dryRun: z.boolean().default(false).describe('do everything, then keep nothing'),
  acceptValid: z.boolean().default(false).describe('keep the good rows when others are rejected'),
  rejects: shortText(PATH).nullable().default(null).describe('write rejected rows to this file'),
  expect: z.record(shortText(), shortText()).default({}).describe('control totals that came with the files, by name'),
});

type ImportInput = z.output<typeof input>;

/** What an import did, or would have done. */
export interface ImportSummary {
  readonly run: number | null;
  readonly profile: string;
  readonly files: readonly string[];
  readonly dryRun: boolean;
  readonly rows: {
    readonly read: number;
    readonly rejected: number;
    /** Left out by the profile's own rule. */
    readonly skipped: number;
    /** Whole rows that repeat others and that the profile leaves out. */
    readonly repeated: number;
  };
  readonly records: readonly RecordCounts[];
  /** Control totals, in all first, then by group; source and ledger are equal, or the import is refused. */
  readonly totals: readonly TotalLine[];
  /** How many groups of each total were compared; long lists of groups are not in `totals`. */
  readonly groups: readonly { readonly name: string; readonly dimension: string; readonly n: number }[];
  readonly rejects: readonly Reject[];
}

/** Problems of files and profiles, as refusals in the operator's words. */
async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportProblem)
      throw new Failure('refused', `${error.message}. Nothing was imported.`, {}, error);
    throw error;
  }
}

async function prepareImport(asked: ImportInput, aids: Parameters<typeof stageFiles>[2]): Promise<StagedImport> {
  return refusing(async () => {
    const profile = await loadProfile(asked.profile);
    const expected = expectedTotals(profile, asked.expect);
    const staged = await stageFiles(profile, asked.files, aids);
    try {
      if (!asked.acceptValid) assertAllTaken(staged);
      assertExpected(profile, staged.staging, expected);
      return staged;
    } catch (error) {
      staged.close();
      throw error;
    }
  });
}

/** Imports a utility's files by a profile, all or nothing. */
export const runImport = command({
  name: 'import.run',
  summary: 'Import files by a profile',
  permission: 'import.run',
  identifiers: ['profile', 'files', 'rejects'],
  input: input as z.ZodType<ImportInput>,
  prepare: (asked, { db, progress, signal }) =>
    prepareImport(asked, { db, rejectsPath: asked.rejects, progress, signal }),
  release: (staged) => staged.close(),
  run: (ctx, asked, staged) => refusing(() => write(ctx, asked, staged)),
});

async function write(ctx: CommandContext, asked: ImportInput, staged: StagedImport): Promise<ImportSummary> {
  const { db, newId, today, now, actor, progress } = ctx;
  const begun = performance.now();
  const runId = newId();
  const applied = await applyImport(staged, {
    db,
    newId,
    today,
    now,
    username: actor.username,
    progress,
    changed: ctx.audit,
  });
  const summary: ImportSummary = {
    run: asked.dryRun ? null : runId,
    profile: staged.profile.name,
    files: staged.files,
    dryRun: asked.dryRun,
    rows: {
      read: staged.rowsRead,
      rejected: staged.rowsRejected,
      skipped: staged.rowsSkipped,
      repeated: staged.rowsRepeated,
    },
    records: applied.counts,
    totals: applied.totals,
    groups: applied.groups,
    rejects: staged.rejects,
  };
  if (asked.dryRun) throw new Trial(summary);
  const finishedAt = now + Math.round(performance.now() - begun);
  await recordRun(ctx, { id: runId, finishedAt }, staged, summary);
  return summary;
}

/** The run's own row; groups of totals are left out, they can be derived from the ledger. */
async function recordRun(
  ctx: CommandContext,
  { id, finishedAt }: { id: number; finishedAt: number },
  staged: StagedImport,
  summary: ImportSummary,
): Promise<void> {
  const { records, rows } = summary;
  const totals = summary.totals.filter((line) => line.dimension === '');
  await ctx.db
    .insertInto('import_run')
    .values({
      id,
      profile: summary.profile,
      files: JSON.stringify(summary.files),
      started_at: ctx.now,
      finished_at: finishedAt,
      username: ctx.actor.username,
      rows_read: staged.rowsRead,
      rows_rejected: staged.rowsRejected,
      summary: JSON.stringify({ records, rows, totals }),
    })
    .execute();
  ctx.audit({
    entity: 'ImportRun',
    entityId: id,
    changes: {
      files: [null, summary.files],
      rows: [null, rows],
      records: [null, records],
      totals: [null, totals.map(({ name, source }) => ({ name, source }))],
    },
  });
}
