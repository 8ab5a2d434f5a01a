import { describeFault } from '#app/fault-report.ts';
import type { LaunchOptions } from '#app/launch-options.ts';
import type { TerminalModes } from '#terminal/modes.ts';

/** A fault in the program, by the convention of sysexits. */
export const CRASH_CODE = 70;

interface CrashHandling {
  readonly log: LaunchOptions['log'];
  /** Where to look, for who may: an operator of a confined session cannot, and is not told. */
  readonly logPath: string | null;
  readonly modes: TerminalModes;
}

/**
 * The last resort: the terminal is given back, the operator reads an id and where to look.
 */
export function createCrash({ log, logPath, modes }: CrashHandling): (error: unknown) => never {
  return (error) => {
    const id = Math.floor(Math.random() * 0x10000)
      .toString(16)
      .toUpperCase()
      .padStart(4, '0');
    modes.leave();
    log('crash', { id, ...describeFault(error) });
    process.stderr.write(
      `meterdesk stopped because of a fault in the program: error ${id}.\n` +
        `What was saved is saved; what was being saved was either saved whole or not at all.\n` +
        (logPath === null ? 'Tell your administrator the number.\n' : `Details: ${logPath}\n`),
    );
    process.exit(CRASH_CODE);
  };
}
