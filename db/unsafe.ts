/** A database that must not be worked on as it is, with what to do, in the operator's words. */
export class UnsafeDatabaseError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'UnsafeDatabaseError';
  }
}

/** Told what somebody should know who opens a database, while it is being opened. */
export type OnNotice = (text: string) => void;
