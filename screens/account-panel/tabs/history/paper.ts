import { addMonths } from '#domain/civil-date.ts';
import type { Command } from '#keymap/command.ts';
import { KINDS_OF_VIEW } from '#services/history/kinds.ts';
import type { HistoryRow } from '#services/history/list.ts';
import type { Choice } from '#ui/choice.ts';
import { currentRow } from '#ui/table/lens.ts';
import type { TabContext } from '../../tab.ts';
import { historyLens } from './lens.ts';
import type { HistoryState } from './model.ts';

type Ctx = TabContext<HistoryState>;
type Possible = (ctx: Ctx) => true | string;

/** The account that the line is of; without a line the one that is open. */
function accountOf(ctx: Ctx): { readonly accountId: number; readonly number: string } | null {
  const row = currentRow(historyLens, ctx.get());
  if (row) return { accountId: row.accountId, number: row.accountNumber };
  return ctx.params.accountId === null ? null : { accountId: ctx.params.accountId, number: '' };
}

const ofRow = (ctx: Ctx): HistoryRow => currentRow(historyLens, ctx.get())!;
const named = (what: string, number: string): string => (number === '' ? what : `${what} ${number}`);

const anAccount: Possible = (ctx) => (accountOf(ctx) ? true : 'There is no account here.');

const aPayment: Possible = (ctx) =>
  currentRow(historyLens, ctx.get())?.kind === 'payment' ? true : 'Go to the line of a payment first.';

/** A bill or fee that is posted: only those stand on a statement. */
const aCharge: Possible = (ctx) => {
  const row = currentRow(historyLens, ctx.get());
  return row && row.status === 'posted' && KINDS_OF_VIEW.charges.includes(row.kind)
    ? true
    : 'Go to the line of a charge first.';
};

/** The full history of the account, whatever the list shows. */
export async function printHistory(ctx: Ctx): Promise<void> {
  const { accountId, number } = accountOf(ctx)!;
  await ctx.paper({ kind: 'history', accountId, title: named('History of', number) });
}

/** The full current statement of the line's account, whichever charge the line is. */
export async function printStatement(ctx: Ctx): Promise<void> {
  const { accountId, accountNumber } = ofRow(ctx);
  await ctx.paper({ kind: 'statement', accountId, title: `Statement of ${accountNumber}` });
}

/** The same with a duplicate for the owner, for other mailing addresses and for contacts who take notices. */
export async function printDuplicates(ctx: Ctx): Promise<void> {
  const { accountId, accountNumber } = ofRow(ctx);
  const { paperDestinations } = await import('#services/paper/read.ts');
  const { copies } = await ctx.call(paperDestinations, { accountId });
  if (copies.length === 0) return ctx.toast('Nobody else gets a duplicate of this customer’s statements.', 'info');
  await ctx.paper({
    kind: 'statement',
    accountId,
    title: `Statement of ${accountNumber}, with duplicates`,
    copies: true,
  });
}

export async function mailStatement(ctx: Ctx): Promise<void> {
  const { accountId, accountNumber } = ofRow(ctx);
  await ctx.paper({ kind: 'statement', accountId, title: `Statement of ${accountNumber}`, byMail: true });
}

const receiptOf = ({ accountId, id, number, accountNumber }: HistoryRow) =>
  ({ kind: 'receipt', accountId, transactionId: id, title: `Receipt ${number ?? `of ${accountNumber}`}` }) as const;

export const printReceipt = (ctx: Ctx): Promise<void> => ctx.paper(receiptOf(ofRow(ctx)));
export const mailReceipt = (ctx: Ctx): Promise<void> => ctx.paper({ ...receiptOf(ofRow(ctx)), byMail: true });

export async function printInvoice(ctx: Ctx): Promise<void> {
  const { accountId, id, number, accountNumber } = ofRow(ctx);
  const title = `Invoice ${number ?? `of ${accountNumber}`}`;
  await ctx.paper({ kind: 'invoice', accountId, transactionId: id, title });
}

/** A/R history of some days, with or without the lines. */
export async function printArHistory(ctx: Ctx): Promise<void> {
  const { accountId, number } = accountOf(ctx)!;
  const title = named('A/R history of', number);
  const span = await ctx.form({
    title,
    verb: 'Print',
    today: ctx.today,
    initial: { from: addMonths(ctx.today, -12), to: ctx.today, detail: false },
    fields: [
      { name: 'from', label: 'From', kind: 'date', help: 'Empty: from the beginning.' },
      { name: 'to', label: 'To', kind: 'date', required: true },
      { name: 'detail', label: 'With lines', kind: 'flag', help: 'The lines of each transaction below it.' },
    ],
    save: (values) => Promise.resolve(values),
  });
  if (!span) return;
  await ctx.paper({ kind: 'ar_history', accountId, title, from: span.from || null, to: span.to, detail: span.detail });
}

interface PaperCommand {
  readonly verb: string;
  readonly title: string;
  readonly when: Possible;
  readonly permission: 'paper.print' | 'paper.mail';
  readonly run: (ctx: Ctx) => Promise<void>;
}

/** The papers of the tab, with the line that each fits. */
const PAPERS: readonly PaperCommand[] = [
  {
    verb: 'printHistory',
    title: 'Print the full history',
    when: anAccount,
    permission: 'paper.print',
    run: printHistory,
  },
  { verb: 'printReceipt', title: 'Print the receipt', when: aPayment, permission: 'paper.print', run: printReceipt },
  { verb: 'mailReceipt', title: 'E-mail the receipt', when: aPayment, permission: 'paper.mail', run: mailReceipt },
  {
    verb: 'printStatement',
    title: 'Print the statement',
    when: aCharge,
    permission: 'paper.print',
    run: printStatement,
  },
  {
    verb: 'printDuplicates',
    title: 'Print the statement with duplicates for contacts',
    when: aCharge,
    permission: 'paper.print',
    run: printDuplicates,
  },
  { verb: 'mailStatement', title: 'E-mail the statement', when: aCharge, permission: 'paper.mail', run: mailStatement },
  { verb: 'printInvoice', title: 'Print the invoice', when: aCharge, permission: 'paper.print', run: printInvoice },
  {
    verb: 'printArHistory',
    title: 'Print the A/R history of some days',
    when: anAccount,
    permission: 'paper.print',
    run: printArHistory,
  },
];

const inList = (ctx: Ctx): boolean => ctx.get().details === null;

/** Those of the papers that fit the line and that the operator may make. */
export async function pickPaper(ctx: Ctx): Promise<void> {
  const { may } = await import('#services/actor.ts');
  const fitting = PAPERS.filter(({ when, permission }) => when(ctx) === true && may(ctx.actor, permission));
  const paper = await ctx.choose(
    'Print or send',
    fitting.map((value): Choice<PaperCommand> => ({ value, label: value.title })),
  );
  await paper?.run(ctx);
}

/** Printing and sending from the History tab: one key that offers what fits the line, and a command for each. */
export const paperCommands: readonly Command<Ctx>[] = [
  {
    id: 'history.paper',
    title: 'Print or send: history, receipt, statement, invoice',
    group: 'record',
    keys: ['p'],
    hint: 'Print',
    footer: 44,
    permission: 'paper.print',
    applies: inList,
    background: true,
    when: anAccount,
    run: pickPaper,
  },
  {
    id: 'history.communications',
    title: 'Show what was printed and sent',
    group: 'go',
    keys: ['C'],
    permission: 'communications.read',
    applies: inList,
    when: anAccount,
    run: (ctx) => ctx.open('communications', { accountId: accountOf(ctx)!.accountId, number: accountOf(ctx)!.number }),
  },
  ...PAPERS.map(({ verb, title, when, permission, run }): Command<Ctx> => ({
    id: `history.${verb}`,
    title,
    group: 'record',
    permission,
    applies: inList,
    background: true,
    when,
    run,
  })),
];
