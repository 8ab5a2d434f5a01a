/** Letters that Unicode does not take apart, as people without them type them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'ng',
};

/** Enough for any fold to stay cheap, whatever somebody pastes. */
const LONGEST = 400;

function withoutMarks(text: string): string {
  return text
    .replace(/[¼-¾]/g, ' $&')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøđðþłħıŋ]/g, (letter) => PLAIN_LETTERS[letter]!);
}

// oxlint-disable-next-line no-control-regex
const isAscii = (text: string): boolean => /^[\x00-\x7f]*$/.test(text);

const plain = (text: string): string => {
  const short = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  return isAscii(short) ? short.toLowerCase() : withoutMarks(short);
};

/**
 * Text as the look-up compares it, in every script: marks stripped, lower case, apostrophes
 * dropped (`O'Brien` → `obrien`), all other punctuation one space. Made by the program and
 * not by the database, so that both engines agree.
 */
export const fold = (text: string): string =>
  plain(text)
    .replace(/['’‘ʼ`´]+/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The words of a folded text; none for an empty one. */
export const words = (folded: string): string[] => (folded === '' ? [] : folded.split(' '));

/** An identifier without its punctuation: `204-1180` and `204 1180` → `2041180`. */
export const foldIdentifier = (text: string): string => fold(text).replaceAll(' ', '');

/** An e-mail address; its punctuation counts. */
export const foldEmail = (text: string): string => plain(text).replace(/[\s\p{C}]+/gu, '');

/** National digits of a telephone number: punctuation and a leading 1 of North America dropped. */
export function phoneDigits(text: string): string {
  const digits = text.normalize('NFKC').replace(/\D+/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
