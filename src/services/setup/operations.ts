import { z } from 'zod';
import { type CommandContext, command, query } from '../operation.ts';
import { Trial } from '../trial.ts';
import { typedText } from '#domain/typed-text.ts';
import { setupOf } from './document.ts';
import { importLedger } from './ledger.ts';
import { importFormats, importGroups, importOptions } from './others.ts';
import { type ImportPlan, Importing } from './plan.ts';
import { refusal, type SaidSetup, shaped } from './read.ts';
import { importTables } from './tables.ts';
import { readText, textOf, type WrittenSetup } from './text.ts';

/** Characters of a file: far more than a utility has, less than could hold the program up. */
const MOST = 1_000_000;

export const exportSetup = query({
  name: 'setup.export',
  summary: 'All setup as one text: options, code tables, groups with their rights, formats of paper',
  permission: 'options.edit',
  input: z.object({}),
  run: async ({ db }): Promise<{ readonly text: string }> => ({ text: await textOf(await setupOf(db)) }),
});

const input = z.object({ text: typedText(MOST).min(1, 'The file is empty') });

interface Prepared {
  readonly written: WrittenSetup;
  readonly setup: SaidSetup;
}

async function prepare({ text }: { text: string }): Promise<Prepared> {
  const written = await readText(text);
  return { written, setup: shaped(written) };
}

/** All of a file through the rules of the same operations that the screens use; nothing when anything is wrong. */
async function apply(ctx: CommandContext, { written, setup }: Prepared): Promise<ImportPlan> {
  const importing = new Importing(ctx, written);
  await importOptions(importing, setup);
  await importLedger(importing, setup);
  await importTables(importing, setup);
  await importGroups(importing, setup);
  await importFormats(importing, setup);
  if (importing.problems.length > 0) throw refusal(importing.problems);
  return importing.plan();
}

export const importSetup = command({
  name: 'setup.import',
  summary: 'Take over a setup file, all of it or nothing',
  permission: 'options.edit',
  input,
  prepare,
  run: (ctx, _, prepared): Promise<ImportPlan> => apply(ctx, prepared),
});

/** The same, rolled back: what it would do. */
export const previewSetup = command({
  name: 'setup.importPreview',
  summary: 'Tell what taking over a setup file would change',
  permission: 'options.edit',
  input,
  prepare,
  run: async (ctx, _, prepared): Promise<ImportPlan> => {
    const plan = await apply(ctx, prepared);
    throw new Trial(plan);
  },
});

export const setupOperations = [exportSetup, importSetup, previewSetup] as const;
