import type { Book } from './book.ts';
import { GL } from './posting.ts';

/** From the day of moving out: until a credit is paid out, and until a debt is given up. */
const REFUND_DAYS = 45;
const WRITE_OFF_DAYS = 150;

/** A deposit pays what the final bill left open; the rest goes back to the customer. */
export function giveBackDeposit(book: Book, day: number, held: number): void {
  const applied = Math.min(held, Math.max(0, book.owed));
  if (applied > 0) {
    book.post({
      kind: 'deposit_apply',
      day,
      by: 'billing',
      memo: 'Deposit applied to final bill',
      lines: [
        { debitGl: GL.deposits, creditGl: GL.receivable, amount: applied, effect: -1, description: 'Deposit applied' },
      ],
    });
  }
  if (held > applied) {
    book.post({
      kind: 'deposit_refund',
      day,
      by: 'billing',
      method: 'check',
      memo: 'Rest of deposit refunded',
      lines: [
        { debitGl: GL.deposits, creditGl: GL.cash, amount: held - applied, effect: 0, description: 'Deposit refunded' },
      ],
    });
  }
}

/** What becomes of a closed account: a credit goes back, an old debt is written off. */
export function settle(book: Book, account: { movedOutDay: number; today: number; placed: boolean }): void {
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
  const writeOffDay = movedOutDay + WRITE_OFF_DAYS;
  if (book.owed > 0 && writeOffDay <= today && !account.placed) {
    book.post({
      kind: 'write_off',
      day: writeOffDay,
      by: 'max',
      reason: 'uncollectable',
      memo: 'Uncollectable after 150 days',
      lines: [{ debitGl: GL.badDebt, creditGl: GL.receivable, amount: book.owed, effect: -1, description: 'Bad debt' }],
    });
  }
}
