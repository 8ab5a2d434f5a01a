import { type CivilDate, isCivilDate } from './civil-date.ts';
import type { Cents } from './money.ts';

/** What the scan line of a remittance stub says. */
export interface ScanLine {
  readonly accountNumber: string;
  /** What the statement asks for; 0 where nothing is owed. */
  readonly amountCents: Cents;
  readonly dueOn: CivilDate | null;
}

/** Digits of each part, in their order; behind them two check digits. */
const ACCOUNT = 14;
const AMOUNT = 9;
const CHECK = 97n;
const SCAN_LINE = /^(\d{2})(\d{14})(\d{9})(\d{6})\d{2}$/;
/** Two digits of a year are of this century: nothing that old is still to be paid. */
const CENTURY = '20';

/** Length of every scan line: far from that of payment cards and of numbers that people type. */
export const SCAN_LINE_DIGITS = 2 + ACCOUNT + AMOUNT + 6 + 2;

/**
 * The line of digits that a stub carries and a scanner types, Enter behind it: how long the account
 * number is (2), the number (14), cents (9), due date as YYMMDD or zeros (6), and two check digits
 * after ISO/IEC 7064 MOD 97-10, which find every wrong digit and every two that are swapped. Null for
 * what does not fit in: an account number with anything but digits, an amount of ten millions or below zero.
 */
export function makeScanLine({ accountNumber, amountCents, dueOn }: ScanLine): string | null {
  const fits = /^\d{1,14}$/.test(accountNumber) && Number.isInteger(amountCents) && amountCents >= 0;
  const amount = String(amountCents).padStart(AMOUNT, '0');
  if (!fits || amount.length > AMOUNT || (dueOn !== null && !dueOn.startsWith(CENTURY))) return null;
  const length = String(accountNumber.length).padStart(2, '0');
  const due = dueOn === null ? '000000' : dueOn.slice(2).replaceAll('-', '');
  const line = `${length}${accountNumber.padStart(ACCOUNT, '0')}${amount}${due}`;
  const check = CHECK + 1n - ((BigInt(line) * 100n) % CHECK);
  return `${line}${String(check).padStart(2, '0')}`;
}

/** What a scanned line says; null when it is none, or was read wrong. Blanks between its parts do not matter. */
export function parseScanLine(text: string): ScanLine | null {
  const digits = text.replaceAll(/\s/g, '');
  const parts = SCAN_LINE.exec(digits);
  if (!parts || BigInt(digits) % CHECK !== 1n) return null;
  const [, length, account, amount, due] = parts as unknown as [string, string, string, string, string];
  const accountNumber = account.slice(ACCOUNT - Number(length));
  if (Number(length) < 1 || Number(length) > ACCOUNT || !/^0*$/.test(account.slice(0, ACCOUNT - Number(length)))) {
    return null;
  }
  const dueOn = due === '000000' ? null : `${CENTURY}${due.slice(0, 2)}-${due.slice(2, 4)}-${due.slice(4)}`;
  if (dueOn !== null && !isCivilDate(dueOn)) return null;
  return { accountNumber, amountCents: Number(amount), dueOn };
}
