import { z } from 'zod';
import { isCivilDate } from '#domain/civil-date.ts';
import type { PaperKind } from '#domain/paper-kinds.ts';
import { shortText } from '#domain/typed-text.ts';
import type { AccountHead } from './data.ts';
import { historyData } from './histories.ts';
import { invoiceData } from './invoice.ts';
import { letterData } from './letter.ts';
import { receiptData } from './receipt.ts';
import { statementData } from './statement.ts';
import type { Making } from './who.ts';

/** Kinds of paper about an account. */
export const ACCOUNT_PAPERS = [
  'statement',
  'receipt',
  'invoice',
  'ar_history',
  'history',
  'letter',
] as const satisfies PaperKind[];
export type AccountPaper = (typeof ACCOUNT_PAPERS)[number];

const id = z.int().positive();
const day = shortText(10).refine(isCivilDate, 'No such day; write it as 2026-11-21.');

/** Which paper about which account. */
export const whichPaper = z.object({
  kind: z.enum(ACCOUNT_PAPERS, 'There is no such kind of paper'),
  accountId: id,
  /** The payment of a receipt, the charge of an invoice. */
  transactionId: id.optional(),
  /** Days of an A/R history; all until today without them. */
  from: day.nullish(),
  to: day.nullish(),
  /** With the lines of each transaction. */
  detail: z.boolean().default(false),
  /** Code of the format; the standard one without it. */
  format: shortText(40).optional(),
});
export type WhichPaper = z.output<typeof whichPaper>;

/** A receipt is for one payment, an invoice for one charge, a letter is one of several; days come in their order. */
export function checkPaper(
  paper: Pick<WhichPaper, 'kind' | 'transactionId' | 'from' | 'to' | 'format'>,
  problem: z.core.$RefinementCtx,
): void {
  const { kind, transactionId, from, to, format } = paper;
  const say = (path: string, message: string) => problem.addIssue({ code: 'custom', path: [path], message });
  if (transactionId === undefined && (kind === 'receipt' || kind === 'invoice')) {
    say('transactionId', kind === 'receipt' ? 'Name the payment.' : 'Name the charge.');
  }
  if (kind === 'letter' && format === undefined) say('format', 'Name the letter.');
  if (from && to && from > to) say('to', 'This day comes before the first.');
}

/** What a paper says. @throws Failure */
export function paperData(making: Making, paper: WhichPaper): Promise<AccountHead> {
  const { kind, accountId, transactionId, from, to, detail } = paper;
  switch (kind) {
    case 'statement':
      return statementData(making, accountId);
    case 'receipt':
      return receiptData(making, accountId, transactionId!);
    case 'invoice':
      return invoiceData(making, accountId, transactionId!);
    case 'ar_history':
      return historyData(making, accountId, { from: from ?? undefined, to: to ?? making.today, detail });
    // Always the full one, to the last thing that is posted.
    case 'history':
      return historyData(making, accountId, { detail });
    case 'letter':
      return letterData(making, accountId);
  }
}
