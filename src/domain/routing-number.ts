const WEIGHTS = [3, 7, 1];

const weighted = (digits: string): number =>
  [...digits].reduce((total, digit, at) => total + Number(digit) * WEIGHTS[at % 3]!, 0);

/** Prefixes that the Federal Reserve gives out: government, its districts, thrifts, electronic, traveller's checks. */
const PREFIX = /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;

const NOTHING = /^0+$/;

/** Nine digits whose weighted sum ends in 0 (American Bankers Association: weights 3, 7, 1). */
export const isRoutingNumber = (text: string): boolean =>
  /^\d{9}$/.test(text) && PREFIX.test(text) && !NOTHING.test(text) && weighted(text) % 10 === 0;

/** The ninth digit that the first eight ask for. */
export const routingCheckDigit = (eight: string): string => String((10 - (weighted(eight) % 10)) % 10);

/** As typed, without what people put between digits. */
export const plainRouting = (typed: string): string => typed.normalize('NFKC').replaceAll(/[\s.\p{Pd}]/gu, '');

/** What is wrong with a routing number (plain); null when nothing is. */
export function routingProblem(number: string): string | null {
  if (!/^\d{9}$/.test(number)) return 'A routing number has nine digits.';
  if (!PREFIX.test(number) || NOTHING.test(number)) return 'No bank has a routing number that begins like this.';
  return isRoutingNumber(number) ? null : 'Not a routing number: its check digit is wrong.';
}
