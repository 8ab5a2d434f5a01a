import type { FileRequest, ReadFile } from '#gateways/bank-file.ts';
import type { Exchange } from '#gateways/exchange.ts';
import type { DocumentFile, ListFile } from '#gateways/files.ts';
import type { ReceiptFolder } from '#gateways/receipts.ts';

/** What the shell does to the terminal and the machine; handed in, so that tests see it. */
export interface Outside {
  /** To the clipboard by OSC 52; false when it is too long for that. */
  readonly copy: (text: string) => boolean;
  /** Draws everything anew. */
  readonly repaint: () => void;
  /** Gives the terminal back to the shell that started the program, until it is continued. */
  readonly suspend: () => void;
  /** Whether such a shell is there. */
  readonly canSuspend: () => boolean;
  readonly beep: () => void;
  /** Ends the program. */
  readonly exit: () => void;
  /** Receipts of sessions that ended early; left out where none are kept. */
  readonly receipts?: Pick<ReceiptFolder, 'keep' | 'take'>;
  /** Writes a list to a file; answers with the absolute path. */
  readonly writeList: (request: ListFile) => Promise<string>;
  /** Reads the lines of a file. */
  readonly readLines: (request: FileRequest) => Promise<ReadFile>;
  /** The same for a document as it is. */
  readonly writeDocument: (request: DocumentFile) => Promise<string>;
  /** Where files of documents come in; loaded when it is first used. */
  readonly exchange?: () => Promise<Exchange>;
  /** Where exports go when only a name is typed. */
  readonly exportFolder: string;
  /** In a confined session files go to that folder only, or none are written. */
  readonly exportLimit?: 'folder' | 'none';
  /** An error that nobody expected, to the log. */
  readonly report: (error: unknown) => void;
  readonly log: (event: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void;
}
