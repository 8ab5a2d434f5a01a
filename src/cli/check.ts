import { Command } from 'commander';
import type { CheckReport } from '#services/check/check.ts';
import { Ended, EXIT } from './exit.ts';
import { say, sayJson } from './output.ts';
import { progressLine } from './progress.ts';
import { type GlobalOptions, withDatabase } from './session.ts';

/** `check`: proves the books, the references, the audit trail and the file. Whoever can read the file may. */
export const checkCommand = (): Command =>
  new Command('check')
    .summary('prove that the data is sound')
    .description(
      'Prove that transactions balance, open amounts and balances are what their lines say, nothing is orphaned, ' +
        'the audit trail is unchanged and the file is whole. Ends with 1 when something does not hold.',
    )
    .option('--checkpoint <file>', 'lines of `audit checkpoint` that the audit trail must agree with')
    .option('--json', 'print the report as JSON')
    .action(async (_: unknown, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions & { checkpoint?: string; json?: boolean }>();
      const report = await withDatabase(options, async (database) => {
        const { checkpointsFrom } = await import('./audit.ts');
        const checkpoints = await checkpointsFrom(database, options.checkpoint);
        const { checkDatabase } = await import('#services/check/check.ts');
        const { vaultOf } = await import('#services/secrets/vault.ts');
        const progress = progressLine();
        try {
          return await checkDatabase(database.db, {
            checkpoints,
            vault: vaultOf(database),
            files: database.files,
            onRule: (title, index, of) => progress.show(title, index, of),
          });
        } finally {
          progress.end();
        }
      });
      if (options.json) sayJson(report);
      else tellPeople(report);
      if (!report.clean) throw new Ended(EXIT.failed);
    });

function tellPeople({ rules, clean }: CheckReport): void {
  for (const { title, holds, findings } of rules) {
    say(`${holds ? 'ok' : 'NO'}  ${title}`);
    for (const { account, message } of findings) say(`      ${account ? `account ${account}: ` : ''}${message}`);
  }
  const broken = rules.filter((rule) => !rule.holds).length;
  say(clean ? 'Everything holds.' : `${broken} of ${rules.length} do not hold.`);
}
