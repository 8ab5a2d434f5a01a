import type { Sheet } from '#domain/paper-sheet.ts';

/** A document as it is kept and sent. */
export interface Printed {
  readonly content: Uint8Array;
  readonly mediaType: 'application/pdf';
  readonly pages: number;
}

/** Makes documents of sheets. */
export interface Press {
  /** @param at epoch ms, the date that the document bears */
  readonly print: (sheet: Sheet, at: number) => Promise<Printed>;
}
