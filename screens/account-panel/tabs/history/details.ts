import { civilDateOf } from '#domain/civil-date.ts';
import { formatCents } from '#domain/money.ts';
import type { DetailAllocation, DetailLine, HistoryDetails } from '#services/history/details.ts';
import { KIND_LABELS } from '#services/history/kinds.ts';
import type { Tone } from '#ui/theme/themes.ts';
import { fit } from '#ui/width.ts';

/** One line of the details window; Enter on one with a target opens that transaction. */
export interface DetailsLine {
  /** Pieces of text with their tones; plain ones have none. */
  readonly parts: readonly (string | readonly [text: string, tone: Tone])[];
  readonly target?: { readonly id: number; readonly accountId: number };
}

const LABEL = 12;

/** `14:02` of an instant in the machine's own time zone. */
const timeOf = (instant: number): string => {
  const at = new Date(instant);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
};

/** A label and its value; nothing where there is no value. */
export const fact = (label: string, value: string | null): DetailsLine[] =>
  value === null || value === '' ? [] : [{ parts: [[fit(label, LABEL), 'dim'], ' ', value] }];

/** An empty line and a title. */
export const heading = (text: string): DetailsLine[] => [{ parts: [''] }, { parts: [[text, 'title']] }];

/**
 * Everything about a transaction as lines of `width` cells.
 * @param special what it says as an invoice or a payment, between its facts and its postings
 */
export function detailsLines(details: HistoryDetails, special: readonly DetailsLine[], width: number): DetailsLine[] {
  const { statement, allocations, links } = details;
  const paid = allocations.filter((allocation) => allocation.direction === 'paid');
  const paidBy = allocations.filter((allocation) => allocation.direction === 'paid by');
  return [
    ...fact('Date', details.effectiveOn + (details.dueOn === null ? '' : `, due ${details.dueOn}`)),
    ...fact('Status', details.status === 'posted' ? 'Posted' : 'Unposted (U): not in the balance yet'),
    ...fact('Account', `${details.accountNumber}  ${details.customerName}`),
    ...fact('Method', [details.methodName, details.reference].filter((part) => part !== null).join(', ')),
    ...fact('Reason', details.reasonName ?? details.reason),
    ...fact('Memo', details.memo),
    ...fact('Entered', `${civilDateOf(details.createdAt)} ${timeOf(details.createdAt)} by ${details.createdBy}`),
    ...fact('Bill', statement && `${statement.number}, billed ${statement.billedOn}, due ${statement.dueOn}`),
    ...links.map((link): DetailsLine => ({
      target: { id: link.id, accountId: link.accountId },
      parts: [
        [fit(sentence(link.relation), LABEL), 'dim'],
        ' ',
        `${KIND_LABELS[link.kind]}${link.number === null ? '' : ` ${link.number}`} of ${link.effectiveOn}, ${formatCents(link.amountCents)}` +
          (link.accountId === details.accountId ? '' : ` on ${link.accountNumber}`),
      ],
    })),
    ...special,
    ...heading('Postings'),
    ...postingLines(details.lines, width),
    ...(paid.length > 0 ? heading('Paid') : []),
    ...paid.map((allocation) => allocationLine(allocation, details.accountId)),
    ...(paidBy.length > 0 ? heading('Paid by') : []),
    ...paidBy.map((allocation) => allocationLine(allocation, details.accountId)),
    ...(allocations.length === 0 && details.lines.some((line) => line.effect !== 0)
      ? [{ parts: [['Nothing is paid by it or of it yet.', 'dim']] } satisfies DetailsLine]
      : []),
  ];
}

const sentence = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

/** Service, text, both sides of the general ledger and what is open. Narrow screens lose the ledger's names. */
function postingLines(lines: readonly DetailLine[], width: number): DetailsLine[] {
  const gl = (code: string, name: string | null, cells: number): string => fit(name ? `${code} ${name}` : code, cells);
  const ledger = width >= 100 ? 22 : width >= 72 ? 12 : 5;
  const words = Math.max(10, width - 2 * ledger - 36);
  const head = `${fit('Service', 8)} ${fit('For', words)} ${fit('Debit', ledger)} ${fit('Credit', ledger)} ${fit('Amount', 11, 'right')} ${fit('Open', 11, 'right')}`;
  return [
    { parts: [[head, 'dim']] },
    ...lines.map((line): DetailsLine => ({
      parts: [
        `${fit(line.serviceCode ?? '', 8)} ${fit(line.description ?? line.serviceName ?? '', words)} `,
        `${gl(line.debitGl, line.debitName, ledger)} ${gl(line.creditGl, line.creditName, ledger)} `,
        `${fit(formatCents(line.effect < 0 ? -line.amountCents : line.amountCents), 11, 'right')} `,
        [
          fit(line.effect === 0 ? '' : formatCents(line.openCents), 11, 'right'),
          line.openCents > 0 ? 'warning' : 'dim',
        ],
      ],
    })),
  ];
}

function allocationLine(allocation: DetailAllocation, accountId: number): DetailsLine {
  const { kind, number, effectiveOn, serviceCode, amountCents, allocatedOn } = allocation;
  const elsewhere = allocation.accountId === accountId ? '' : `  account ${allocation.accountNumber}`;
  return {
    target: { id: allocation.transactionId, accountId: allocation.accountId },
    parts: [
      `${allocatedOn}  ${fit(formatCents(amountCents), 11, 'right')}  `,
      [fit(serviceCode ?? '', 6), 'info'],
      ` ${KIND_LABELS[kind]}${number === null ? '' : ` ${number}`} of ${effectiveOn}`,
      [elsewhere, 'dim'],
    ],
  };
}

/** Heading of the window: what it is, and how deep one went from transaction to transaction. */
export const detailsTitle = (details: HistoryDetails): string =>
  `${KIND_LABELS[details.kind]}${details.number === null ? '' : ` ${details.number}`}  ${details.effectiveOn}  ${formatCents(details.amountCents)}`;
