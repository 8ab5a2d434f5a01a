/** Why one row cannot be taken. */
export class RowProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RowProblem';
  }
}

/** Why a file, a profile or a run as a whole cannot be taken; the message is for the operator. */
export class ImportProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ImportProblem';
  }
}

/** A row that was not taken. */
export interface Reject {
  readonly file: string;
  /** As a spreadsheet counts: the header is row 1. */
  readonly row: number;
  /** Line of the file on which the row ends; differs from `row` when fields hold line breaks. */
  readonly line: number;
  readonly reason: string;
}
