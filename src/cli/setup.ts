import { readFile, stat, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { ImportPlan } from '#services/setup/plan.ts';
import { UsageError } from './exit.ts';
import { rest } from './input.ts';
import { say, sayJson } from './output.ts';
import { type SignInOptions, signedIn, withSignIn } from './session.ts';

/** Bytes of a file: what is larger is no setup. */
const LARGEST = 4_000_000;

type Options = SignInOptions & { readonly json?: boolean };

const unusable =
  (file: string, how: 'read' | 'written') =>
  (error: NodeJS.ErrnoException): never => {
    throw new UsageError(`${file}: cannot be ${how} (${error.code ?? 'unknown'})`);
  };

async function textFrom(file: string): Promise<string> {
  if (file === '-') return rest();
  const { size } = await stat(file).catch(unusable(file, 'read'));
  if (size > LARGEST) throw new UsageError(`${file}: is larger than any setup (${size} bytes)`);
  return readFile(file, 'utf8').catch(unusable(file, 'read'));
}

/** What an import does, a line each, and how much stays as it is. */
function planText({ lines, counts }: ImportPlan, done: boolean): string {
  const width = Math.max(0, ...lines.map(({ outcome }) => outcome.length));
  const told = lines.map(({ section, what, outcome }) => `${outcome.padEnd(width)}  ${section}  ${what}`);
  const sums = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([outcome, count]) => `${count} ${outcome}`);
  return [...told, `${done ? 'Taken over' : 'It would be'}: ${sums.join(', ') || 'nothing'}.`].join('\n');
}

const exporting = (): Command =>
  withSignIn(new Command('export'))
    .summary('write all setup as one text file')
    .argument('[file]', 'a new file (default: standard output)')
    .action(async (file: string | undefined, _: unknown, command: Command) => {
      const { exportSetup } = await import('#services/setup/operations.ts');
      const { text } = await signedIn(command.optsWithGlobals<Options>(), (call) => call(exportSetup, {}));
      if (file === undefined) process.stdout.write(text);
      else await writeFile(file, text, { mode: 0o600, flag: 'wx', flush: true }).catch(unusable(file, 'written'));
    });

const checking = (): Command =>
  withSignIn(new Command('check'))
    .summary('tell what importing a setup file would change')
    .argument('<file>', 'as `setup export` writes it; - reads it from standard input')
    .option('--json', 'as JSON')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { previewSetup } = await import('#services/setup/operations.ts');
      const text = await textFrom(file);
      const plan = await signedIn(options, (call) => call(previewSetup, { text }));
      if (options.json) sayJson(plan);
      else say(planText(plan, false));
    });

const importing = (): Command =>
  withSignIn(new Command('import'))
    .summary('take over a setup file, all of it or nothing')
    .argument('<file>', 'as `setup export` writes it; - reads it from standard input')
    .option('--json', 'as JSON')
    .action(async (file: string, _: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const { importSetup } = await import('#services/setup/operations.ts');
      const text = await textFrom(file);
      const { indexFields } = await import('#services/custom-fields/indexing.ts');
      const { changedFields } = await import('#services/setup/plan.ts');
      const plan = await signedIn(options, async (call) => {
        const done = await call(importSetup, { text });
        await indexFields(call, changedFields(done));
        return done;
      });
      if (options.json) sayJson(plan);
      else say(planText(plan, true));
    });

/** `setup`: options, code tables, groups and formats as one reviewable file. */
export const setupCommand = (): Command =>
  new Command('setup')
    .summary('export, check and import the setup of a utility')
    .description(
      'All setup of a utility as one YAML file that can be reviewed, compared and kept: company options, code tables ' +
        'in their order, groups with their rights, formats of paper. An import goes by the rules of the screens, all ' +
        'or nothing, and changes nothing that is as the file says.',
    )
    .addCommand(exporting())
    .addCommand(checking())
    .addCommand(importing());
