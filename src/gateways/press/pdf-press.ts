import type { Press } from './press.ts';

/** The press of this program; what it needs is loaded when something is printed for the first time. */
export const pdfPress: Press = {
  print: async (sheet, at) => (await import('./pdf.ts')).printPdf(sheet, at),
};
