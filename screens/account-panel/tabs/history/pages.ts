import type { Explanation } from '#services/history/explain.ts';
import type { HistoryDetails } from '#services/history/details.ts';
import { type DetailsLine, detailsLines, detailsTitle } from './details.ts';
import { explanationLines } from './explanation.ts';

/** What the window over the list can show. */
export type WindowPage =
  | { readonly kind: 'transaction'; readonly details: HistoryDetails }
  | { readonly kind: 'explanation'; readonly explanation: Explanation; readonly whose: string };

/** A page as lines of at most `width` cells. */
export function pageLines(page: WindowPage, width: number): DetailsLine[] {
  return page.kind === 'transaction' ? detailsLines(page.details, width) : explanationLines(page.explanation, width);
}

/** Heading of the window. */
export function pageTitle(page: WindowPage): string {
  if (page.kind === 'transaction') return detailsTitle(page.details);
  return `How the balance of ${page.whose} comes about`;
}
