import { formatCents } from '#domain/money.ts';
import { formatMilli } from '#domain/quantity.ts';
import type { InvoiceDetails, InvoiceRead } from '#services/history/invoice.ts';
import type { InvoiceLine } from '#services/history/invoice-lines.ts';
import { fit } from '#ui/width.ts';
import { type DetailsLine, fact, heading } from './details.ts';

/** What an invoice says at its head, then its lines. */
export function invoiceSection(invoice: InvoiceDetails, width: number): DetailsLine[] {
  const { period, reads, previousCents, paymentsCents, otherCents, currentCents, totalCents, openCents } = invoice;
  const sums: readonly (readonly [label: string, cents: number, always: boolean])[] = [
    ['Previous', previousCents, true],
    ['Payments', -paymentsCents || 0, true],
    ['Other', otherCents, otherCents !== 0],
    ['Current', currentCents, true],
    ['Total due', totalCents, true],
    ['Open now', openCents, true],
  ];
  return [
    ...heading(`Invoice${invoice.number === null ? '' : ` ${invoice.number}`}`),
    ...fact('Period', period && `${period.from} to ${period.to}`),
    ...reads.flatMap((read) => fact('Meter', readText(read))),
    ...sums.flatMap(([label, cents, always]) => (always ? fact(label, fit(formatCents(cents), 12, 'right')) : [])),
    ...lineTable(invoice.lines, width),
  ];
}

function readText({ meterNumber, unit, readingMilli, previousMilli, billedMilli, readOn, kind }: InvoiceRead): string {
  const registers =
    readingMilli === null || previousMilli === null
      ? ''
      : `, ${formatMilli(previousMilli)} to ${formatMilli(readingMilli)}`;
  const estimated = kind === 'estimated' ? ', estimated' : '';
  return `${meterNumber}  ${readOn}${registers}: ${formatMilli(billedMilli)} ${unit}${estimated}`;
}

/** Cells from which on code and rate stand beside a line. */
const WIDE = 100;

function lineTable(lines: readonly InvoiceLine[], width: number): DetailsLine[] {
  const wide = width >= WIDE;
  const words = Math.max(8, width - (wide ? 70 : 48));
  const cells = (texts: readonly string[]): string => {
    const [service, code, words_, quantity, unit, rate, amount, tax] = texts as [string, ...string[]] & string[];
    return [
      fit(service!, 5),
      ...(wide ? [fit(code!, 8)] : []),
      fit(words_!, words),
      fit(quantity!, 11, 'right'),
      fit(unit!, 5),
      ...(wide ? [fit(rate!, 11)] : []),
      fit(amount!, 11, 'right'),
      fit(tax!, 9, 'right'),
    ].join(' ');
  };
  const head = cells(['Svc', 'Code', 'For', 'Quantity', 'Unit', 'Rate', 'Amount', 'Tax']);
  return [
    { parts: [''] },
    { parts: [[head, 'dim']] },
    ...lines.map((line): DetailsLine => ({
      parts: [
        cells([
          line.serviceCode ?? '',
          line.chargeCode ?? '',
          [line.description ?? line.serviceName ?? '', wide ? null : line.chargeCode]
            .filter((part) => part !== null)
            .join(', '),
          line.quantityMilli === null ? '' : formatMilli(line.quantityMilli),
          line.unit ?? '',
          line.rateCode ?? '',
          formatCents(line.amountCents),
          line.taxCents === 0 ? '' : formatCents(line.taxCents),
        ]),
      ],
    })),
  ];
}
