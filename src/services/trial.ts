/**
 * Thrown by a command in the end to give its answer and keep nothing: the transaction is
 * rolled back, the audit row with it.
 */
export class Trial extends Error {
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('a trial run, rolled back');
    this.name = 'Trial';
    this.answer = answer;
  }
}
