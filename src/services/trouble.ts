import { type DatabaseTrouble, databaseTrouble } from '#db/errors.ts';
import { Failure, type FailureCode } from './failure.ts';

/** Where errors that nobody expected are told of, with the operation that met them. */
export type FaultSink = (operation: string, error: unknown) => void;

const WORDS: Readonly<Record<DatabaseTrouble, readonly [FailureCode, string]>> = {
  busy: ['busy', 'The database is busy. Nothing was changed; try again in a moment.'],
  duplicate: ['refused', 'A record with this number exists already. Nothing was changed.'],
  conflict: ['conflict', 'Somebody else has changed this record meanwhile. Nothing was changed.'],
  reference: ['refused', 'Other records still refer to this one. Nothing was changed.'],
  rule: ['refused', 'The ledger does not allow this change. Nothing was changed.'],
  full: ['unavailable', 'The disk is full or failing. Nothing was changed; tell your administrator.'],
  readonly: ['unavailable', 'The database cannot be written. Nothing was changed; tell your administrator.'],
  corrupt: ['unavailable', 'The database is damaged. Stop work and tell your administrator.'],
  'not-let-in': [
    'unavailable',
    'The database server does not let this program in: check user, password, name and encryption in its address.',
  ],
  connection: [
    'unavailable',
    'The database cannot be reached. If you were saving, look whether it was saved before you do it again.',
  ],
};

/** Any error as a `Failure`; texts of libraries never reach the operator, they may hold data. */
export function inOperatorWords(error: unknown): Failure {
  if (error instanceof Failure) return error;
  // Its message is ours: it says what is wrong with the file and what to do.
  if (error instanceof Error && error.name === 'UnsafeDatabaseError') {
    return new Failure('unavailable', error.message, {}, error);
  }
  const trouble = databaseTrouble(error);
  if (trouble) return new Failure(WORDS[trouble][0], WORDS[trouble][1], {}, error);
  if (error instanceof Error && error.name === 'AbortError') return new Failure('busy', 'Cancelled.', {}, error);
  return new Failure(
    'unexpected',
    'Something went wrong inside the program; the log has it. Nothing was changed.',
    {},
    error,
  );
}
