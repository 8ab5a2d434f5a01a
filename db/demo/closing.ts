import type { Book } from './book.ts';
import { GL, type Posted } from './posting.ts';

/** From the day of moving out until the last bill. */
export const FINAL_BILL_DAYS = 3;
/** From then too: until a credit is paid out, and until a debt is given up. */
const REFUND_DAYS = 45;
const WRITE_OFF_DAYS = 150;
/** From the write-off until some come back. */
const BACK_DAYS = 60;

/** A closed account, as far as its end depends on it. */
export interface Closed {
  readonly movedOutDay: number;
  readonly today: number;
  /** With an agency: the debt stays on the books. */
  readonly placed: boolean;
  /** Applies for service again later, and pays the old debt then. */
  readonly comesBack: boolean;
  readonly nextReceipt: () => string;
}

/** What becomes of a closed account: a credit goes back, an old debt is written off. */
export function settle(book: Book, account: Closed): void {
  const { movedOutDay, today } = account;
  if (book.unposted !== 0) return;
  if (book.openCredit > 0 && movedOutDay + REFUND_DAYS <= today) {
    book.post({
      kind: 'refund',
      day: movedOutDay + REFUND_DAYS,
      by: 'max',
      method: 'check',
      memo: 'Credit of a closed account refunded',
      lines: [{ debitGl: GL.receivable, creditGl: GL.cash, amount: book.openCredit, effect: 1, description: 'Refund' }],
    });
  }
  const amount = book.owed;
  const day = movedOutDay + WRITE_OFF_DAYS;
  if (amount === 0 || day > today || account.placed) return;
  const writeOff = book.post({
    kind: 'write_off',
    day,
    by: 'max',
    reason: 'uncollectable',
    memo: `Uncollectable after ${WRITE_OFF_DAYS} days`,
    lines: [{ debitGl: GL.badDebt, creditGl: GL.receivable, amount, effect: -1, description: 'Bad debt' }],
  });
  if (account.comesBack && day + BACK_DAYS <= today) reinstate(book, day + BACK_DAYS, writeOff, account.nextReceipt());
}

function reinstate(book: Book, day: number, writeOff: Posted, number: string): void {
  const amount = -writeOff.amount;
  book.post({
    kind: 'write_off_reinstate',
    day,
    dueDay: day,
    by: 'max',
    memo: 'Applied for service again',
    reversesId: writeOff.id,
    lines: [{ debitGl: GL.receivable, creditGl: GL.badDebt, amount, effect: 1, description: 'Bad debt reinstated' }],
  });
  book.pay({ day, receipt: number, tenders: [{ method: 'cash', amount, reference: null }], by: 'carl' });
}
