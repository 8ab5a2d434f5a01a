import type { Destinations } from '#services/paper/read.ts';
import type { Operation } from '#services/operation.ts';
import type { Left } from '#services/paper/keep.ts';
import type { ToWrite } from '#services/paper/send.ts';
import type { PaperRequest, PrintedList } from '#ui/dialogs.ts';
import type { Desk } from '../../shell/desk.ts';
import type { Shell } from '../../shell/shell.ts';
import { askDestination, askFormat, type Destination } from './ask.ts';
import { deliverBehind } from './behind.ts';
import { writeDocuments } from './write.ts';

type AccountRequest = Exclude<PaperRequest, { kind: 'report' }>;

/** How one kind of request is printed, written and sent, once it is known how and where to. */
interface Ways {
  readonly print: (printer: string) => Promise<Left[]>;
  readonly write: (file: string, key: string) => Promise<ToWrite[]>;
  readonly mail: (address: string, key: string) => Promise<Left[]>;
}

/** Asks for format and destination, then prints, writes or sends. */
export async function sendPaper(shell: Shell, desk: Desk, request: PaperRequest): Promise<void> {
  const { paperDestinations } = await import('#services/paper/read.ts');
  const chosen = request.kind === 'report' ? undefined : request.format;
  const format = chosen ?? (await askFormat(desk, request))?.code;
  if (format === undefined) return;
  const about = request.kind === 'report' ? {} : { accountId: request.accountId };
  const places = await desk.call(paperDestinations, about);
  const destination = await askDestination(shell, desk, request, places);
  if (!destination) return;
  if (request.kind !== 'report') {
    const ways = await accountWays(desk, request, format);
    return carryOut(shell, desk, { ways, destination, places, what: request.title });
  }
  const rows = await request.list.rows();
  const list = await askTitle(desk, request.list);
  if (!list) return;
  const ways = await reportWays(desk, { ...list, rows }, format);
  return carryOut(shell, desk, { ways, destination, places, what: list.title });
}

async function accountWays({ call }: Desk, request: AccountRequest, format: string): Promise<Ways> {
  const { mailPaper, printPaper, writePaper } = await import('#services/paper/send.ts');
  const { kind, accountId, transactionId, from, to, detail = false, copies = false } = request;
  const paper = { kind, accountId, transactionId, from, to, detail, format };
  return {
    print: (printer) => call(printPaper, { ...paper, copies, printer }),
    write: (file, key) => call(writePaper, { ...paper, copies, file }, { idempotencyKey: key }),
    mail: (address, key) =>
      call(mailPaper, { ...paper, ...(address === '' ? {} : { address }) }, { idempotencyKey: key }),
  };
}

type Report = Pick<PrintedList, 'title' | 'columns'> & { readonly rows: readonly (readonly string[])[] };

async function reportWays({ call }: Desk, { title, columns, rows }: Report, format: string): Promise<Ways> {
  const { mailReport, printReport, writeReport } = await import('#services/paper/send.ts');
  const run = <I, O>(operation: Operation<I, O>, more: object, key?: string): Promise<O> =>
    call(
      operation,
      {
        title,
        subtitle: '',
        columns: columns.map((one) => ({ ...one })),
        rows: rows.map((row) => [...row]),
        format,
        ...more,
      } as I,
      key === undefined ? {} : { idempotencyKey: key },
    );
  return {
    print: (printer) => run(printReport, { printer }),
    write: (file, key) => run(writeReport, { file }, key),
    mail: (address, key) => run(mailReport, { address }, key),
  };
}

const askTitle = (desk: Desk, list: PrintedList): Promise<PrintedList | null> =>
  desk.form<{ title: string }, PrintedList>({
    title: 'Print the list',
    verb: 'Print',
    today: desk.today,
    initial: { title: list.title },
    fields: [{ name: 'title', label: 'Heading', kind: 'text', required: true, maxLength: 120 }],
    save: ({ title }) => Promise.resolve({ ...list, title }),
  });

interface Errand {
  readonly ways: Ways;
  readonly destination: Destination;
  readonly places: Destinations;
  readonly what: string;
}

async function carryOut(shell: Shell, desk: Desk, errand: Errand): Promise<void> {
  const { ways, destination, what } = errand;
  if (destination.to === 'file') return writeDocuments(shell, desk, what, ways.write);
  const left = destination.to === 'printer' ? await ways.print(destination.name) : await askAddress(desk, errand);
  if (!left) return;
  const [{ recipient }] = left as [Left];
  const copies = left.length > 1 ? ` and ${left.length - 1} more` : '';
  desk.toast(`${what}${copies}: waits to go to ${recipient}.`, 'good');
  deliverBehind(
    shell,
    desk,
    left.map(({ communicationId }) => communicationId),
  );
}

const askAddress = (desk: Desk, { ways, places, what }: Errand): Promise<Left[] | null> =>
  desk.form<{ address: string }, Left[]>({
    title: `E-mail: ${what}`,
    verb: 'Send',
    today: desk.today,
    initial: { address: places.emails[0] ?? '' },
    fields: [
      {
        name: 'address',
        label: 'To',
        kind: 'text',
        required: true,
        maxLength: 200,
        help:
          places.emails.length > 0
            ? `On file: ${places.emails.join(', ')}.`
            : 'No e-mail address is on file for the customer.',
      },
    ],
    save: ({ address }, _, key) => ways.mail(address.trim(), key),
  });
