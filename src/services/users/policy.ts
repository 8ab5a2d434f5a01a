import { shortText } from '../typed-text.ts';

const SHORTEST = 12;
const LONGEST = 128;
const DIFFERENT_CHARACTERS = 5;

/** User names as typed: lower case, short, nothing that a shell or a log could misread. */
export const username = shortText()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{1,31}$/, 'Use 2 to 32 letters, digits, dots, dashes; begin with a letter');

/** Length counts characters as typed, after composing (guide: reliability §5.6). */
export const password = shortText(1000)
  .refine((text) => [...text.normalize('NFC')].length >= SHORTEST, `Use at least ${SHORTEST} characters`)
  .refine((text) => [...text.normalize('NFC')].length <= LONGEST, `Use at most ${LONGEST} characters`)
  .refine((text) => new Set(text).size >= DIFFERENT_CHARACTERS, 'Use more different characters');

/** Whether the password gives the user's name away; the one rule that needs both. */
export const revealsName = (input: { readonly username: string; readonly password: string }): boolean =>
  input.password.toLowerCase().includes(input.username.toLowerCase());

/** For schemas that hold both. */
export const NAME_RULE = { path: ['password'], message: 'The password must not contain the user name' };
