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
const SCAN_LINE = /^(\d{2})(\d)(\d)(\d{14})(\d{9})(\d{6})\d{2}$/;
/** Digits in one, two or three groups with dashes between them. */
const ACCOUNT_NUMBER = /^\d+(?:-\d{1,9}){0,2}$/;
/** Two digits of a year are of this century: nothing that old is still to be paid. */
const CENTURY = '20';

/** Length of every scan line: far from that of payment cards and of numbers that people type. */
export const SCAN_LINE_DIGITS = 2 + 2 + ACCOUNT + AMOUNT + 6 + 2;

/**
 * The line of digits that a stub carries and a scanner types, Enter behind it: how many digits the
 * account number has (2), how many of them stand behind its last and its first dash (1 each, 0: none),
 * the number (14), cents (9), due date as YYMMDD or zeros (6), and two check digits after ISO/IEC 7064
 * MOD 97-10, which find every wrong digit and every two that are swapped. Null for what does not fit in:
 * an account number of anything but digits and up to two dashes, an amount of ten millions or below zero.
 */
export function makeScanLine({ accountNumber, amountCents, dueOn }: ScanLine): string | null {
  const digits = accountNumber.replaceAll('-', '');
  const amount = String(amountCents).padStart(AMOUNT, '0');
  const behind = dashes(accountNumber);
  if (!ACCOUNT_NUMBER.test(accountNumber) || digits.length > ACCOUNT || behind.some((count) => count > 9)) return null;
  if (!Number.isInteger(amountCents) || amountCents < 0 || amount.length > AMOUNT) return null;
  if (dueOn !== null && !dueOn.startsWith(CENTURY)) return null;
  const head = `${String(digits.length).padStart(2, '0')}${behind.join('')}`;
  const due = dueOn === null ? '000000' : dueOn.slice(2).replaceAll('-', '');
  const line = `${head}${digits.padStart(ACCOUNT, '0')}${amount}${due}`;
  const check = CHECK + 1n - ((BigInt(line) * 100n) % CHECK);
  return `${line}${String(check).padStart(2, '0')}`;
}

/** How many digits stand behind the last dash, and behind the first of two; 0 where there is none. */
function dashes(accountNumber: string): readonly [number, number] {
  const groups = accountNumber.split('-');
  const last = groups.length > 1 ? groups.at(-1)!.length : 0;
  return [last, groups.length > 2 ? last + groups.at(-2)!.length : 0];
}

/** What a scanned line says; null when it is none, or was read wrong. Blanks between its parts do not matter. */
export function parseScanLine(text: string): ScanLine | null {
  const whole = text.replaceAll(/\s/g, '');
  const parts = SCAN_LINE.exec(whole);
  if (!parts || BigInt(whole) % CHECK !== 1n) return null;
  const [, length, last, first, padded, amount, due] = parts as unknown as [string, ...Parts];
  const [padding, digits] = [padded.slice(0, -Number(length)), padded.slice(-Number(length))];
  if (Number(length) < 1 || Number(length) > ACCOUNT || !/^0*$/.test(padding)) return null;
  const dueOn = due === '000000' ? null : `${CENTURY}${due.slice(0, 2)}-${due.slice(2, 4)}-${due.slice(4)}`;
  if (dueOn !== null && !isCivilDate(dueOn)) return null;
  return { accountNumber: grouped(digits, [Number(first), Number(last)]), amountCents: Number(amount), dueOn };
}

type Parts = [length: string, last: string, first: string, account: string, amount: string, due: string];

const grouped = (digits: string, behind: readonly number[]): string =>
  [...digits].map((digit, at) => (at > 0 && behind.includes(digits.length - at) ? `-${digit}` : digit)).join('');
