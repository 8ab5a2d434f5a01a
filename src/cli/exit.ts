import { Failure, type FailureCode } from '#services/failure.ts';

/** Exit codes, as the manual documents them. */
export const EXIT = { done: 0, failed: 1, usage: 2, forbidden: 3, unavailable: 4, crash: 70 } as const;

/** What each exit code means, for `--help`, the manual page and the README. */
export const EXIT_MEANINGS: readonly (readonly [code: number, meaning: string])[] = [
  [EXIT.done, 'done'],
  [EXIT.failed, 'refused or failed: invalid input, a rule, not found, a conflict, a check that found something'],
  [EXIT.usage, 'wrong usage: unknown verb, option or operation'],
  [EXIT.forbidden, 'not signed in, or not permitted'],
  [EXIT.unavailable, 'the database is busy, missing or unreachable; trying again may help'],
  [EXIT.crash, 'a fault in the program; the message names the log file'],
];

const BY_FAILURE: Readonly<Record<FailureCode, number>> = {
  invalid: EXIT.failed,
  refused: EXIT.failed,
  not_found: EXIT.failed,
  conflict: EXIT.failed,
  forbidden: EXIT.forbidden,
  busy: EXIT.unavailable,
  unavailable: EXIT.unavailable,
  unexpected: EXIT.crash,
};

/** A verb was called wrongly. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Ends a verb with that code; what there is to say has been said. */
export class Ended extends Error {
  override name = 'Ended';
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

/** The error as its exit code and what to tell about it. */
export function explain(error: unknown): { exit: number; code: string; message: string; fields?: Failure['fields'] } {
  if (error instanceof Failure) {
    const fields = Object.keys(error.fields).length > 0 ? { fields: error.fields } : {};
    return { exit: BY_FAILURE[error.code], code: error.code, message: error.message, ...fields };
  }
  if (error instanceof UsageError) return { exit: EXIT.usage, code: 'usage', message: error.message };
  const name = error instanceof Error ? error.name : 'Error';
  if (name === 'BackupError' || name === 'CopyError')
    return { exit: EXIT.failed, code: 'refused', message: (error as Error).message };
  if (name === 'NewerSchemaError') {
    return { exit: EXIT.unavailable, code: 'unavailable', message: (error as Error).message };
  }
  return { exit: EXIT.crash, code: 'unexpected', message: 'Something went wrong inside the program.' };
}
