import type { Size } from '#ui/screen.ts';
import { isByHand } from './facts.ts';
import type { PaymentState } from './model.ts';

/** Lines of the entry: the field, what must be seen first, tenders and what is said. */
export const ENTRY_ROWS = 10;
/** Lines of the list where there is room for charges or accounts too: heading, ten payments, status. */
const LIST = 12;
const LEAST_BOTH = 10;

/** What is shown below the entry besides the list: accounts of a payment for several, charges spread by hand. */
export function detailOf({ entry, focus }: PaymentState): 'accounts' | 'charges' | null {
  if (focus === 'accounts' || focus === 'charges') return focus;
  if (entry.accounts.length === 0) return null;
  if (isByHand(entry)) return 'charges';
  return entry.accounts.length > 1 ? 'accounts' : null;
}

const below = ({ rows }: Size): number => Math.max(3, rows - ENTRY_ROWS);

/** Lines of the accounts or charges: all below the entry, unless the list fits there too. */
export function detailRows(size: Size, state: PaymentState): number {
  if (detailOf(state) === null || state.focus === 'recent') return 0;
  const room = below(size);
  return room - LIST >= LEAST_BOTH ? room - LIST : room;
}

/**
 * Lines of the list of payments; 0 while the details need them all. Its status line is cut off
 * until it has the keys: ten payments fit on 24 lines.
 */
export function listRows(size: Size, state: PaymentState): number {
  const room = below(size) - detailRows(size, state);
  return room > 0 && state.focus !== 'recent' ? room + 1 : room;
}
