/** Least characters of a password that alone lets in, and of one with a second factor beside it (guide: reliability §5.6). */
export const SHORTEST = 15;
export const SHORTEST_WITH_CODE = 12;
export const LONGEST = 128;

const DIFFERENT = 5;
/** Characters that must be left when runs and repetitions are counted once. */
const LEFT = 8;
const SEQUENCES = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** Shorter words are parts of too many others. */
const WORD = 4;

/** What a password is judged by besides itself. */
export interface PasswordSubject {
  readonly username: string;
  readonly displayName: string;
  readonly companyName: string;
  /** The user signs in with a second factor, or has to. */
  readonly withCode: boolean;
}

/** Characters as people count them in a password: composed code points. */
export const passwordLength = (password: string): number => [...password.normalize('NFC')].length;

/** Why a password cannot be taken, in words; null when it can as far as rules tell. Lists of common ones come beside. */
export function passwordFault(password: string, subject: PasswordSubject): string | null {
  const text = password.normalize('NFC').toLowerCase();
  const shortest = subject.withCode ? SHORTEST_WITH_CODE : SHORTEST;
  if (passwordLength(password) < shortest) return `Use at least ${shortest} characters; several words are easiest`;
  if (passwordLength(password) > LONGEST) return `Use at most ${LONGEST} characters`;
  if (new Set(text).size < DIFFERENT) return 'Use more different characters';
  if (isRepetition(text) || withoutRuns(text).length < LEFT) return 'This is a pattern: use several words';
  if (text.includes(subject.username.toLowerCase())) return 'The password must not contain the user name';
  const holds = (name: string) => wordsOf(name).some((word) => text.includes(word));
  if (holds(subject.displayName)) return 'The password must not contain the name of the user';
  if (holds(`${subject.companyName} meterdesk`)) return 'The password must not contain the name of the company';
  return null;
}

const wordsOf = (name: string): string[] =>
  name
    .normalize('NFC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= WORD);

/** `abcabcabc`: some beginning of at most half the length, again and again. */
function isRepetition(text: string): boolean {
  for (let period = 1; period <= text.length / 2; period++) {
    if (text.slice(period) === text.slice(0, -period)) return true;
  }
  return false;
}

/** The text with each run along the alphabet, the digits or the keyboard, or of one character, taken for one. */
function withoutRuns(text: string): string {
  const follows = (a: string, b: string): boolean =>
    a === b || SEQUENCES.some((row) => row.includes(a + b) || row.includes(b + a));
  return [...text].filter((character, at, all) => at === 0 || !follows(all[at - 1]!, character)).join('');
}

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Whether a password is a common one in disguise: with figures or signs before or behind it, figures
 * for letters, or two common ones together.
 * @param isCommon tells of a text in small letters whether it is a common password
 */
export function isCommonInDisguise(password: string, isCommon: (text: string) => boolean): boolean {
  const text = password.normalize('NFC').toLowerCase();
  const core = (from: string) => from.replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const plain = (from: string) => [...from].map((character) => LOOKALIKES[character] ?? character).join('');
  const forms = new Set([text, core(text), plain(text), plain(core(text)), core(plain(text))]);
  return [...forms].some((form) => form !== '' && (isCommon(form) || isCommon(joined(form)) || isTwo(form, isCommon)));
}

const SEPARATORS = /[\s._-]+/g;
const joined = (form: string): string => form.replaceAll(SEPARATORS, '');

function isTwo(form: string, isCommon: (text: string) => boolean): boolean {
  const words = form.split(SEPARATORS);
  if (words.length > 1) return words.length === 2 && words.every(isCommon);
  for (let at = WORD; at <= form.length - WORD; at++) {
    if (isCommon(form.slice(0, at)) && isCommon(form.slice(at))) return true;
  }
  return false;
}
