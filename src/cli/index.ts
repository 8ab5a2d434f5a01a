import type { Command } from 'commander';
import { Ended, EXIT, explain } from './exit.ts';
import { safeJson, tell } from './output.ts';
import { createProgram } from './program.ts';

/**
 * Runs a headless verb.
 * @param argv what was typed after the program's name
 * @param fault logs an error that nobody expected, and answers with where that log is
 * @returns the exit code; everything has been printed
 */
export async function run(argv: readonly string[], fault?: (error: unknown) => string): Promise<number> {
  // Whoever reads may stop early (`| head`): that is no fault of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(EXIT.done);
  });
  endProperly();
  const program = createProgram();
  prepare(program);
  const wantsJson = argv[0] === 'call' || argv.includes('--json');
  try {
    if (argv.length === 0) program.help({ error: true });
    await program.parseAsync(argv, { from: 'user' });
    return EXIT.done;
  } catch (error) {
    if (error instanceof Ended) return error.code;
    if (isCommanderError(error)) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    return report(error, wantsJson, fault);
  }
}

const SIGNALS = { SIGHUP: 1, SIGTERM: 15 } as const;

/**
 * A hang-up or the system going down ends the process as an exit does, which closes the database:
 * what is not committed is rolled back. Ctrl+C is left to the verbs that take long; else it kills.
 */
function endProperly(): void {
  for (const [name, number] of Object.entries(SIGNALS)) process.once(name, () => process.exit(128 + number));
}

/** Makes commander throw instead of ending the process, on every level of the tree. */
function prepare(command: Command): void {
  command.exitOverride().showSuggestionAfterError().showHelpAfterError('(meterdesk --help explains)');
  for (const child of command.commands) prepare(child);
}

const isCommanderError = (error: unknown): error is Error & { exitCode: number } =>
  error instanceof Error && 'exitCode' in error && 'code' in error && String(error.code).startsWith('commander.');

function report(error: unknown, asJson: boolean, fault?: (error: unknown) => string): number {
  const { exit, ...told } = explain(error);
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (exit === EXIT.crash && fault) told.message += ` Details: ${fault(cause)}`;
  if (asJson) process.stderr.write(`${safeJson({ error: told })}\n`);
  else tell(`meterdesk: ${told.message}`);
  if (exit === EXIT.crash && process.env.METERDESK_DEBUG && cause instanceof Error) tell(cause.stack ?? cause.message);
  return exit;
}
