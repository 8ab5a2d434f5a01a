import type { AccountPaper } from '#services/paper/papers.ts';
import type { Difference } from './form/merge.ts';

/** A question before something happens: what, on whom, how much. */
export interface ConfirmQuestion {
  readonly title: string;
  readonly lines: readonly string[];
  /** The verb on the button that does it: `Delete note`. */
  readonly action: string;
}

/** What the operator is told and asked when somebody else saved the record first. */
export interface ConflictFacts {
  readonly title: string;
  /** Who saved it. */
  readonly by: string;
  /** When, in words: `at 14:02`; empty when nobody knows. */
  readonly when: string;
  readonly differences: readonly Difference[];
}

/** A value that may be seen for some seconds only. */
export interface ShownSecret {
  readonly title: string;
  readonly value: string;
  /** What goes with it. */
  readonly lines: readonly string[];
  readonly seconds: number;
  /** What it is called where `c` may send it to the clipboard; left out: it may not. */
  readonly copyAs?: string;
}

/** A list to be written to a file: header and rows of plain values. */
export interface ListExport {
  /** Suggested file name without extension. */
  readonly name: string;
  readonly columns: readonly string[];
  /** Rows in the order shown, everything, not only what is on the screen. */
  readonly rows: () => Promise<readonly (readonly (string | number | null)[])[]>;
}

/** A list to be printed as it is on the screen. */
export interface PrintedList {
  readonly title: string;
  readonly columns: readonly { readonly title: string; readonly align: 'left' | 'right' }[];
  /** All rows, also those that are not fetched yet. */
  readonly rows: () => Promise<readonly (readonly string[])[]>;
}

/** Something to be put on paper, or sent: which format and where to is asked. */
export type PaperRequest =
  | { readonly kind: 'report'; readonly list: PrintedList }
  | {
      readonly kind: AccountPaper;
      readonly accountId: number;
      /** As the operator knows it: `Statement of 10023`. */
      readonly title: string;
      readonly transactionId?: number;
      readonly from?: string | null;
      readonly to?: string | null;
      readonly detail?: boolean;
      /** With a duplicate for everybody who gets one. */
      readonly copies?: boolean;
      /** By e-mail, without asking where to. */
      readonly byMail?: boolean;
      /** Code of the format, without asking which. */
      readonly format?: string;
    };
