/** What is put on paper or sent. */
export const PAPER_KINDS = ['statement', 'receipt', 'invoice', 'ar_history', 'history', 'report', 'letter'] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

/** Kinds in the words of the people who send them. */
export const PAPER_LABELS: Readonly<Record<PaperKind, string>> = {
  statement: 'Statement',
  receipt: 'Receipt',
  invoice: 'Invoice',
  ar_history: 'A/R history',
  history: 'Account history',
  report: 'Report',
  letter: 'Letter',
};
