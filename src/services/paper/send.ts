import { z } from 'zod';
import type { CompanyOptions } from '#domain/company-options.ts';
import { may } from '../actor.ts';
import { Failure } from '../failure.ts';
import { command, type CommandContext, type Preparation } from '../operation.ts';
import { loadOptions } from '../options/operations.ts';
import { shortText } from '#domain/typed-text.ts';
import { keep, type Left, type Leaving } from './keep.ts';
import { checkPaper, type WhichPaper, whichPaper } from './papers.ts';
import { type Produced, produce, produceReport } from './produce.ts';
import { noStatementMail } from './read.ts';
import { accountRow, emailsOf } from './who.ts';

/** Rows of a report: a day's work of a large utility, and some hundred pages. */
const MOST_ROWS = 20_000;
const MOST_COLUMNS = 60;

const printer = shortText(60).min(1, 'Name the printer');
const file = shortText(1000).min(1, 'Name the file');
const address = z.email('Enter an e-mail address').max(200, 'Use at most 200 characters');

/** With a duplicate for everybody who gets one. */
const copies = z.boolean().default(false);

const report = z.object({
  title: shortText(120).min(1, 'Name the report'),
  subtitle: shortText(300).default(''),
  columns: z
    .array(z.object({ title: shortText(80), align: z.enum(['left', 'right']) }))
    .min(1, 'A report has at least one column')
    .max(MOST_COLUMNS, `At most ${MOST_COLUMNS} columns`),
  rows: z
    .array(z.array(shortText(2000)).max(MOST_COLUMNS))
    .max(MOST_ROWS, `At most ${MOST_ROWS} rows; filter the list.`),
  format: shortText(40).optional(),
});

interface Ready {
  readonly documents: readonly Produced[];
  readonly leaving: Leaving;
}

const commit = async (ctx: CommandContext, _: unknown, { documents, leaving }: Ready): Promise<Left[]> =>
  keep(ctx, documents, leaving);

/** A document with its bytes, for who asked for it to write. */
export interface ToWrite extends Left {
  readonly mediaType: string;
  /** Base64; nothing in the answer that is kept for a repeat of the command. */
  readonly content: string;
}

const commitFile = async (ctx: CommandContext, _: unknown, { documents, leaving }: Ready): Promise<ToWrite[]> =>
  keep(ctx, documents, leaving).map((left, at) => ({ ...left, mediaType: documents[at]!.mediaType, content: '' }));

/** The bytes by the document's identity: a repeat was answered with the documents of the first time. */
const withBytes = (answer: ToWrite[], { documents }: Ready): ToWrite[] =>
  answer.map((one, at) => ({ ...one, content: documents[at]?.content ?? '' }));

async function toPrinter({ db }: Preparation, name: string): Promise<Leaving> {
  const options = await loadOptions(db);
  if (!options.printers.some((one) => one.name === name)) {
    throw new Failure('refused', `There is no such printer.`, { printer: 'There is no such printer.' });
  }
  return { channel: 'print', recipient: name, options };
}

async function toFile({ db }: Preparation, name: string): Promise<Leaving> {
  return { channel: 'file', recipient: name, options: await loadOptions(db) };
}

function assertMailReady({ mailServer, mailFrom }: CompanyOptions): void {
  if (mailServer === '' || mailFrom === '') {
    throw new Failure('refused', 'No mail can be sent: set the company options mailServer and mailFrom.');
  }
}

/** The customer's primary address; for statements no other than those on file, and only to who takes them. */
async function toCustomer({ db }: Preparation, paper: WhichPaper, to: string | undefined): Promise<Leaving> {
  const options = await loadOptions(db);
  assertMailReady(options);
  const account = await accountRow(db, paper.accountId);
  const emails = await emailsOf(db, account.customerId);
  if (paper.kind === 'statement') {
    const why = noStatementMail(options.eBills, { emails, emailNotices: account.emailNotices });
    if (why) throw new Failure('refused', why, { address: why });
    if (to !== undefined && !emails.some((one) => one.toLowerCase() === to.toLowerCase())) {
      const words = 'Statements go to addresses that are on file for the customer.';
      throw new Failure('refused', words, { address: words });
    }
  }
  const recipient = to ?? emails[0];
  if (recipient === undefined) {
    throw new Failure('refused', 'The customer has no e-mail address.', { address: 'Enter an e-mail address' });
  }
  return { channel: 'email', recipient, options };
}

const subject = ({ accountId }: WhichPaper) => ({ accountId });

export const printPaper = command({
  name: 'paper.print',
  summary:
    'Print a statement, receipt, invoice or history, and keep what was printed; duplicates for contacts who take e-mail are sent',
  permission: 'paper.print',
  input: whichPaper.extend({ printer, copies }).superRefine(checkPaper),
  subject,
  readsSubject: true,
  prepare: async (input, aids): Promise<Ready> => ({
    leaving: await toPrinter(aids, input.printer),
    documents: await produce(aids, input, input.copies ? 'mail' : 'none'),
  }),
  run: commit,
});

export const writePaper = command({
  name: 'paper.write',
  summary: 'Make a statement, receipt, invoice or history for a file, which who asked for it then writes',
  permission: 'paper.print',
  input: whichPaper.extend({ file, copies }).superRefine(checkPaper),
  subject,
  readsSubject: true,
  prepare: async (input, aids): Promise<Ready> => ({
    leaving: await toFile(aids, input.file),
    documents: await produce(aids, input, input.copies ? 'paper' : 'none'),
  }),
  run: commitFile,
  committed: withBytes,
});

export const mailPaper = command({
  name: 'paper.mail',
  summary: 'Send a statement, receipt, invoice or history by e-mail: to the customer’s address unless another is named',
  permission: 'paper.mail',
  input: whichPaper.extend({ address: address.optional() }).superRefine(checkPaper),
  subject,
  readsSubject: true,
  prepare: async (input, aids): Promise<Ready> => {
    // Nobody hears of an address before it is known that they may.
    const documents = await produce(aids, input, 'none');
    return { documents, leaving: await toCustomer(aids, input, input.address) };
  },
  run: commit,
});

export const printReport = command({
  name: 'report.print',
  summary: 'Print a table as it is on the screen',
  permission: 'paper.print',
  input: report.extend({ printer }),
  identifiers: ['rows'],
  prepare: async (input, aids): Promise<Ready> => ({
    leaving: await toPrinter(aids, input.printer),
    documents: await produceReport(aids, input),
  }),
  run: commit,
});

export const writeReport = command({
  name: 'report.write',
  summary: 'Make a document of a table for a file, which who asked for it then writes',
  permission: 'lists.export',
  input: report.extend({ file }),
  identifiers: ['rows'],
  prepare: async (input, aids): Promise<Ready> => ({
    leaving: await toFile(aids, input.file),
    documents: await produceReport(aids, input),
  }),
  run: commitFile,
  committed: withBytes,
});

export const mailReport = command({
  name: 'report.mail',
  summary: 'Send a table by e-mail; only who may write lists to files may',
  permission: 'lists.export',
  input: report.extend({ address }),
  identifiers: ['rows'],
  prepare: async (input, aids): Promise<Ready> => {
    if (!may(aids.actor, 'paper.mail')) throw new Failure('forbidden', 'You may not send mail (paper.mail).');
    const options = await loadOptions(aids.db);
    assertMailReady(options);
    return {
      leaving: { channel: 'email', recipient: input.address, options },
      documents: await produceReport(aids, input),
    };
  },
  run: commit,
});

export const paperSends = [printPaper, writePaper, mailPaper, printReport, writeReport, mailReport] as const;
