/** What is wrong with a folder of files, or with one of them. */
export type FileTrouble =
  | 'missing' // not there
  | 'changed' // its bytes are not what they were
  | 'refused' // the folder cannot be read or written
  | 'full'
  | 'unset'; // nobody said where files are kept

/** A file that cannot be kept or read; the message is for whoever looks after the machine. */
export class FileStoreError extends Error {
  readonly trouble: FileTrouble;
  constructor(trouble: FileTrouble, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'FileStoreError';
    this.trouble = trouble;
  }
}

/** A file that is kept. */
export interface KeptFile {
  readonly address: string;
  /** When it was last put, epoch ms: the same content put again counts. */
  readonly putAt: number;
  readonly bytes: number;
}

/**
 * Files kept beside a database, by what they are: the address of a file is the SHA-256 of its bytes,
 * in hexadecimal digits. The same content is there once, and no file ever changes.
 */
export interface FileStore {
  /** The folder, for messages. */
  readonly place: string;
  /** Keeps the content; when this has answered it is on the disk. @throws FileStoreError */
  readonly put: (content: Uint8Array) => Promise<string>;
  /** The content, proven to be what was put. @throws FileStoreError `missing`, `changed` */
  readonly read: (address: string) => Promise<Buffer>;
  /** Whether something is kept there; at once, so that a transaction may ask. */
  readonly has: (address: string) => boolean;
  readonly list: () => Promise<readonly KeptFile[]>;
  /** Counts a file as put at this moment: it is spared by the next cleaning. */
  readonly touch: (address: string) => void;
  readonly remove: (address: string) => void;
  /** Takes away what was begun before that instant and never became a file; how many there were. */
  readonly dropUnfinished: (before: number) => Promise<number>;
}

const ADDRESS = /^[0-9a-f]{64}$/;

/** @throws FileStoreError: what came from outside must lead nowhere else */
export function assertAddress(address: string): void {
  if (!ADDRESS.test(address)) throw new FileStoreError('missing', 'That is no address of a file.');
}

export const missing = (address: string): FileStoreError =>
  new FileStoreError('missing', `File ${address.slice(0, 12)} is not there.`);

export const changed = (address: string): FileStoreError =>
  new FileStoreError('changed', `File ${address.slice(0, 12)} was changed outside the program.`);
