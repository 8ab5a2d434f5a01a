import type { Explanation } from '#services/history/explain.ts';
import type { HistoryDetails } from '#services/history/details.ts';
import type { InvoiceDetails } from '#services/history/invoice.ts';
import type { PaymentDetails } from '#services/history/payment.ts';
import { type DetailsLine, detailsLines, detailsTitle } from './details.ts';
import { explanationLines } from './explanation.ts';
import { invoiceSection } from './invoice.ts';
import { paymentSection } from './payment.ts';

/** What the window over the list can show. */
export type WindowPage =
  | {
      readonly kind: 'transaction';
      readonly details: HistoryDetails;
      /** Where it is a charge. */
      readonly invoice: InvoiceDetails | null;
      /** Where it is a payment. */
      readonly payment: PaymentDetails | null;
    }
  | { readonly kind: 'explanation'; readonly explanation: Explanation; readonly whose: string };

/** A page as lines of at most `width` cells. */
export function pageLines(page: WindowPage, width: number): DetailsLine[] {
  if (page.kind === 'explanation') return explanationLines(page.explanation, width);
  const { details, invoice, payment } = page;
  const special = [
    ...(invoice === null ? [] : invoiceSection(invoice, width)),
    ...(payment === null ? [] : paymentSection(payment, width)),
  ];
  return detailsLines(details, special, width);
}

/** Heading of the window. */
export function pageTitle(page: WindowPage): string {
  if (page.kind === 'transaction') return detailsTitle(page.details);
  return `How the balance of ${page.whose} comes about`;
}
