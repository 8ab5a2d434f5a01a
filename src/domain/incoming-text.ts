/**
 * What text from outside may hold. Rule: line breaks, tabs and odd spaces become one space;
 * other control characters (escape sequences begin with one), halves of surrogate pairs,
 * non-characters and bytes that were not valid in the file's encoding are refused, never
 * silently dropped. Every other character is kept as written (in normal form C), because
 * joiners and marks are part of many names; the screen cleans at its own border.
 */
// oxlint-disable-next-line no-control-regex
const REFUSED = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffd\ufffe\uffff]|\p{Cs}/u;
const SPACES = /[\s\u0085\u2028\u2029\ufeff]+/g;

/** The cleaned text, or the character that makes it unacceptable. */
export type Incoming =
  | { readonly text: string; readonly refused?: undefined }
  | { readonly text?: undefined; readonly refused: string };

/** Cleans a text from a file, or names what is wrong with it (`U+001B`). */
export function incomingText(raw: string): Incoming {
  const bad = REFUSED.exec(raw);
  if (bad) return { refused: `U+${bad[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}` };
  return { text: raw.replace(SPACES, ' ').trim().normalize('NFC') };
}

const DIGIT_RUN = /\d(?:[ -]?\d){12,}/g;

/** Whether the digits pass the check that card numbers carry (ISO/IEC 7812-1, annex B). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = +digits[digits.length - 1 - i]!;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * Whether a text holds what could be a card number: 13 to 19 digits, in one run or in
 * groups, that pass the card check. Such text is refused wherever it comes from
 * (guide: reliability §1.3, PCI DSS 3.3.1).
 */
export function holdsCardNumber(text: string): boolean {
  for (const [run] of text.matchAll(DIGIT_RUN)) {
    const digits = run.replace(/\D/g, '');
    if (digits.length <= 19 && !/^0+$/.test(digits) && passesLuhn(digits)) return true;
  }
  return false;
}
