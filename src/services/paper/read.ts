import { z } from 'zod';
import type { Sheet } from '#domain/paper-sheet.ts';
import { PAPER_KINDS } from '#domain/paper-kinds.ts';
import { Failure } from '../failure.ts';
import { query } from '../operation.ts';
import { shortText, typedText } from '#domain/typed-text.ts';
import { checkedLayout } from './check-layout.ts';
import { compose } from './compose.ts';
import type { HistoryData, InvoiceData, ReceiptData, StatementData } from './data.ts';
import { layoutFor } from './formats.ts';
import { historyData } from './histories.ts';
import { invoiceData } from './invoice.ts';
import { checkPaper, paperData, whichPaper } from './papers.ts';
import { receiptData } from './receipt.ts';
import { SAMPLES } from './sample.ts';
import { statementData } from './statement.ts';
import { mailsStatements } from './contact-copies.ts';
import { accountRow, copiesFor, emailsOf } from './who.ts';
import { loadOptions } from '../options/operations.ts';

const accountId = z.int().positive();
const transactionId = z.int().positive();
const subject = (input: { readonly accountId: number }) => ({ accountId: input.accountId });

export const readStatement = query({
  name: 'paper.statement',
  summary: 'What the full current statement of an account says',
  permission: 'paper.print',
  input: z.object({ accountId }),
  subject,
  run: (ctx, input): Promise<StatementData> => statementData(ctx, input.accountId),
});

export const readReceipt = query({
  name: 'paper.receipt',
  summary: 'What the receipt of a payment says',
  permission: 'paper.print',
  input: z.object({ accountId, transactionId }),
  subject,
  run: (ctx, input): Promise<ReceiptData> => receiptData(ctx, input.accountId, input.transactionId),
});

export const readInvoice = query({
  name: 'paper.invoice',
  summary: 'What the invoice of a charge says',
  permission: 'paper.print',
  input: z.object({ accountId, transactionId }),
  subject,
  run: (ctx, input): Promise<InvoiceData> => invoiceData(ctx, input.accountId, input.transactionId),
});

export const readHistory = query({
  name: 'paper.history',
  summary: 'What the history of an account says on paper: all of it, or some days, with or without lines',
  permission: 'paper.print',
  input: whichPaper.pick({ accountId: true, from: true, to: true, detail: true }),
  subject,
  run: (ctx, { from, to, detail, ...input }): Promise<HistoryData> =>
    historyData(ctx, input.accountId, { from: from ?? undefined, to: to ?? ctx.today, detail }),
});

export const readSheet = query({
  name: 'paper.sheet',
  summary: 'A paper about an account as it will be printed, without keeping or sending it',
  permission: 'paper.print',
  input: whichPaper.omit({ from: true, to: true, detail: true }).superRefine(checkPaper),
  subject,
  run: async (ctx, paper): Promise<Sheet> =>
    compose(await layoutFor(ctx.db, paper.kind, paper.format), await paperData(ctx, { ...paper, detail: false })),
});

export const previewFormat = query({
  name: 'paper.previewFormat',
  summary: 'A made-up paper of a kind in a layout that need not be saved',
  permission: 'paper.formats',
  input: z.object({
    kind: z.enum(PAPER_KINDS, 'There is no such kind of paper'),
    /** JSON; without it the format of that code, or the standard one. */
    layout: typedText(200_000).optional(),
    format: shortText(40).optional(),
  }),
  run: async ({ db }, { kind, layout, format }): Promise<Sheet> =>
    compose(
      layout === undefined ? await layoutFor(db, kind, format) : checkedLayout(kind, jsonOf(layout)),
      SAMPLES[kind],
    ),
});

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Failure('invalid', 'The layout is not JSON.', { layout: 'This is not JSON.' });
  }
}

/** What a form that sends papers offers. */
export interface Destinations {
  readonly printers: readonly string[];
  /** On file for the customer, the primary one first. */
  readonly emails: readonly string[];
  /** Why statements do not go to this customer by e-mail; null when they do. */
  readonly noStatementMail: string | null;
  /** Whether mail is set up at all. */
  readonly mail: boolean;
  /** Who would get duplicates. */
  readonly copies: readonly string[];
}

export const paperDestinations = query({
  name: 'paper.destinations',
  summary: 'Printers, e-mail addresses and receivers of duplicates for papers about an account',
  permission: 'paper.print',
  input: z.object({ accountId: accountId.optional() }),
  subject: (input) => (input.accountId === undefined ? null : { accountId: input.accountId }),
  run: async (ctx, input): Promise<Destinations> => {
    const options = await loadOptions(ctx.db);
    const base = {
      printers: options.printers.map(({ name }) => name),
      mail: options.mailServer !== '' && options.mailFrom !== '',
    };
    if (input.accountId === undefined) return { ...base, emails: [], noStatementMail: null, copies: [] };
    const account = await accountRow(ctx.db, input.accountId);
    const emails = await emailsOf(ctx.db, account.customerId);
    const copies = await copiesFor(ctx, account, mailsStatements(ctx.actor, options));
    return {
      ...base,
      emails,
      noStatementMail: noStatementMail(options.eBills, { emails, emailNotices: account.emailNotices }),
      copies: copies.map(({ as, name, email }) => `${name} (${as}${email === null ? '' : `, by e-mail to ${email}`})`),
    };
  },
});

/** Why a customer gets no statements by e-mail, by the company's option and the customer's flags; null when they go. */
export function noStatementMail(
  eBills: 'off' | 'notices' | 'all',
  { emails, emailNotices }: { readonly emails: readonly string[]; readonly emailNotices: number },
): string | null {
  if (eBills === 'off') return 'Statements are not sent by e-mail (company option eBills).';
  if (emails.length === 0) return 'The customer has no e-mail address.';
  if (eBills === 'notices' && emailNotices === 0) return 'The customer takes no notices by e-mail.';
  return null;
}

export const paperReads = [
  readStatement,
  readReceipt,
  readInvoice,
  readHistory,
  readSheet,
  previewFormat,
  paperDestinations,
] as const;
