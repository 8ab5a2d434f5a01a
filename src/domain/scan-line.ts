import { type CivilDate, isCivilDate } from './civil-date.ts';
import type { Cents } from './money.ts';

/*
 * The line at the foot of a remittance stub, which a reading device or a person enters:
 *
 *   ACCOUNT<AMOUNT<YYMMDD<CC      10023<000018240<261221<81
 *
 * ACCOUNT  the account's number as it is: 1 to 20 of 0-9, A-Z and -
 * AMOUNT   cents that are asked for, nine digits or more, filled up with zeros
 * YYMMDD   the day on which it is due, in this century
 * CC       two check digits over all that stands before them (MOD 97-10 of ISO/IEC 7064, each
 *          character written as two digits: 0 as 00, A as 10, - as 36, < as 37): every wrong
 *          character, and any two neighbours that changed places, are found
 *
 * All characters are in OCR-A and OCR-B. `<` parts the fields so that no run of digits is as long
 * as the number of a payment card.
 */

/** What a stub asks for. */
export interface ScannedStub {
  /** Number of the account, as printed. */
  readonly account: string;
  readonly amountCents: Cents;
  readonly dueOn: CivilDate;
}

const ACCOUNT = /^[0-9A-Z-]{1,20}$/;
const LINE = /^([0-9A-Z-]{1,20})<(\d{9,12})<(\d{6})<(\d{2})$/;
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-<';
/** Every character counts as two digits, so that none is weighed like its neighbour. */
const WEIGHT = 100;
const MODULUS = 97;

/** Remainder by 97 of all before the check digits, read as one long number. */
function remainder(text: string): number {
  let rest = 0;
  for (const character of text) rest = (rest * WEIGHT + ALPHABET.indexOf(character)) % MODULUS;
  return rest;
}

/** The two check digits that go behind a text: with them the whole leaves 1. */
const checkDigits = (text: string): string =>
  String(MODULUS + 1 - ((remainder(text) * WEIGHT) % MODULUS)).padStart(2, '0');

/** The line for a stub; null when nothing is owed, or a device could not read the account's number. */
export function makeScanLine({ account, amountCents, dueOn }: ScannedStub): string | null {
  if (!ACCOUNT.test(account) || amountCents < 0 || !dueOn.startsWith('20')) return null;
  const amount = String(amountCents).padStart(9, '0');
  if (amount.length > 12) return null;
  const line = `${account}<${amount}<${dueOn.slice(2).replaceAll('-', '')}<`;
  return line + checkDigits(line);
}

/** Whether a text that was typed or read can be a scan line, right or wrong: nothing else holds its mark. */
export const looksLikeScanLine = (text: string): boolean => text.includes('<');

/**
 * What a line says; null when it is none, or its check digits are wrong: a misread line must never
 * become a payment. Blanks and small letters, which some devices put in, do not count.
 */
export function parseScanLine(text: string): ScannedStub | null {
  const line = text.replaceAll(/\s/g, '').toUpperCase();
  const found = LINE.exec(line);
  if (!found || checkDigits(line.slice(0, -2)) !== found[4]) return null;
  const [, account, amount, day] = found as unknown as readonly [string, string, string, string];
  const dueOn = `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`;
  return isCivilDate(dueOn) ? { account, amountCents: Number(amount), dueOn } : null;
}
