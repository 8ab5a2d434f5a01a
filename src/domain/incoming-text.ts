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
