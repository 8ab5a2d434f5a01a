/** Said wherever somebody enters the number of a payment card. */
export const CARD_REFUSED =
  'This looks like a card number, which may not be kept. Leave it out, or keep the last four digits.';

/** Digits in groups, at most one space, dash or dot between two groups. */
const RUN = /\p{Nd}+(?:[\p{Zs}\p{Pd}.·_]\p{Nd}+)*/gu;
const SHORTEST = 13;
const LONGEST = 19;

/** Whether the digits pass the check of ISO/IEC 7812 (Luhn): every second one from the right doubled. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Payment cards are issued in the ranges that begin with 2 to 6; long meter and premise ids mostly are not. */
const isCardNumber = (digits: string): boolean =>
  digits.length >= SHORTEST && digits.length <= LONGEST && digits[0]! >= '2' && digits[0]! <= '6' && passesLuhn(digits);

/** As cards are printed: four or more digits to a group but the last, or all groups alike. */
const writtenLikeACard = (groups: readonly string[]): boolean =>
  groups.slice(0, -1).every((group) => group.length >= 4) ||
  groups.every((group) => group.length === groups[0]!.length);

/**
 * Whether a text holds what looks like the number of a payment card: 13 to 19 digits that
 * pass the Luhn check, however they are grouped. Two telephone numbers or two dates beside
 * each other do not count.
 */
export function holdsCardNumber(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replaceAll('\u0000', '')
    .replaceAll(/\p{Cf}/gu, '');
  for (const [run] of plain.matchAll(RUN)) {
    const groups = run.split(/\P{Nd}/u).map(asciiDigits);
    for (let from = 0; from < groups.length; from += 1) {
      let digits = '';
      for (let to = from; to < groups.length && digits.length < LONGEST; to += 1) {
        digits += groups[to]!;
        if (isCardNumber(digits) && writtenLikeACard(groups.slice(from, to + 1))) return true;
      }
    }
  }
  return false;
}

/** Digits of any script as 0 to 9: each script's ten stand in a row. */
function asciiDigits(digits: string): string {
  let out = '';
  for (const character of digits) {
    let value = 0;
    const code = character.codePointAt(0)!;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    out += code <= 57 ? character : String(value);
  }
  return out;
}
