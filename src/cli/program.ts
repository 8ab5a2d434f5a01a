import { Command, Option } from 'commander';
import { auditCommand } from './audit.ts';
import { backupCommand, restoreCommand } from './backup.ts';
import { callCommand } from './call.ts';
import { checkCommand } from './check.ts';
import { completionCommand } from './completion.ts';
import { copyCommand } from './copy.ts';
import { demoCardCommand } from './demo-card.ts';
import { demoCommand } from './demo.ts';
import { EXIT_MEANINGS } from './exit.ts';
import { groupCommand } from './group.ts';
import { importCommand } from './import.ts';
import { lockboxCommand } from './lockbox.ts';
import { jobsCommand } from './jobs.ts';
import { keysCommand } from './keys.ts';
import { maintainCommand } from './maintain.ts';
import { manCommand } from './man.ts';
import { migrateCommand } from './migrate.ts';
import { opsCommand } from './ops.ts';
import { paperCommand } from './paper.ts';
import { setupCommand } from './setup.ts';
import { tokenCommand } from './token.ts';
import { userCommand } from './user.ts';
import { version } from './version.ts';

const DESCRIPTION =
  'A keyboard-driven terminal application in which the staff of a utility find, understand and act on customer accounts.';

const codes = EXIT_MEANINGS.map(([code, meaning]) => `  ${String(code).padStart(2)}  ${meaning}`).join('\n');

const EPILOGUE = `
Without a verb the full-screen program starts; F1 there explains the keys.

Exit codes:
${codes}`;

/** The tree of verbs: parsing, help, completion scripts and the manual page come from it. */
export function createProgram(): Command {
  const program = new Command('meterdesk')
    .description(DESCRIPTION)
    .usage('[options] [verb]')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help; after a verb, that verb’s')
    .option('--db <file>', 'database file or postgres:// address (default: the demo utility in the data folder)')
    .option('--today <date>', 'business date YYYY-MM-DD (default: the machine’s)')
    .addOption(
      new Option('--theme <name>', 'colours of the full-screen program').choices(['dark', 'light', 'mono', 'contrast']),
    )
    .option('--ascii', 'draw with plain ASCII characters')
    .option('--screen-reader', 'linear output for screen readers')
    .helpCommand(false)
    .addHelpText('after', EPILOGUE);
  for (const make of VERBS) program.addCommand(make());
  return program;
}

/** One line a verb, in the order of the help. */
const VERBS: readonly (() => Command)[] = [
  demoCommand,
  demoCardCommand,
  opsCommand,
  callCommand,
  importCommand,
  lockboxCommand,
  paperCommand,
  setupCommand,
  jobsCommand,
  userCommand,
  groupCommand,
  tokenCommand,
  keysCommand,
  migrateCommand,
  checkCommand,
  maintainCommand,
  auditCommand,
  backupCommand,
  restoreCommand,
  copyCommand,
  completionCommand,
  manCommand,
];
