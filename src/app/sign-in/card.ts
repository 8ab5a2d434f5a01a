import { Failure } from '#services/failure.ts';
import type { SignInStep } from '#services/users/sign-in-steps.ts';
import { emptyField, type FieldState } from '#ui/field/model.ts';
import type { FirstUser } from '../surroundings/backend.ts';

/** A field of a step. */
export interface CardField {
  readonly label: string;
  /** Shown as dots, and emptied after a wrong answer. */
  readonly secret: boolean;
  readonly value: FieldState;
}

/** A step of signing in after the first: something to read, and fields. */
export interface Card {
  readonly kind: SignInStep['kind'] | 'first-user';
  readonly title: string;
  readonly lines: readonly string[];
  /** A square of dots for a telephone to read; empty where there is none. */
  readonly art: readonly string[];
  readonly fields: readonly CardField[];
  readonly focus: number;
  /** What Enter in the last field does. */
  readonly action: string;
}

/** A card with what becomes of its answer. */
export interface Asked {
  readonly card: Card;
  readonly answer: (typed: readonly string[]) => Promise<SignInStep>;
}

const field = (label: string, secret = false): CardField => ({ label, secret, value: emptyField() });

const NOTHING: Pick<Card, 'lines' | 'art' | 'fields' | 'focus'> = { lines: [], art: [], fields: [], focus: 0 };

function agreed(password: string, again: string): string {
  if (password === again) return password;
  throw new Failure('invalid', 'The two passwords differ.');
}

/** Codes side by side, so that ten of them fit on the smallest screen. */
const inPairs = (codes: readonly string[]): string[] =>
  Array.from({ length: Math.ceil(codes.length / 2) }, (_, row) => codes.slice(2 * row, 2 * row + 2).join('    '));

/** What a step asks; null when nothing is asked. */
export function askedBy(step: SignInStep, art: readonly string[]): Asked | null {
  switch (step.kind) {
    case 'code':
      return {
        card: {
          ...NOTHING,
          kind: step.kind,
          title: 'Second factor',
          lines: ['Enter the code that your authenticator shows,', 'or one of your recovery codes.'],
          fields: [field('Code')],
          action: 'Sign in',
        },
        answer: ([code = '']) => step.answer(code),
      };
    case 'new-password':
      return {
        card: {
          ...NOTHING,
          kind: step.kind,
          title: 'Choose your password',
          lines: ['Somebody else has set your password. Choose one', 'that only you know; several words are easiest.'],
          fields: [field('New password', true), field('Again', true)],
          action: 'Change',
        },
        answer: async ([password = '', again = '']) => step.answer(agreed(password, again)),
      };
    case 'enrol':
      return {
        card: {
          ...NOTHING,
          kind: step.kind,
          title: 'Set up the second factor',
          lines: ['Give this secret to your authenticator app:', ...(step.secret.match(/.{1,16}/g) ?? [])],
          art,
          fields: [field('Code')],
          action: 'Go on',
        },
        answer: ([code = '']) => step.answer(code),
      };
    case 'recovery-codes':
      return {
        card: {
          ...NOTHING,
          kind: step.kind,
          title: 'Recovery codes',
          lines: [
            'Write these down and keep them safe: each lets',
            'you in once without the telephone.',
            '',
            ...inPairs(step.codes),
          ],
          action: 'I have written them down',
        },
        answer: () => step.answer(),
      };
    default:
      return null;
  }
}

/** The card of a database that nobody can sign in to yet. */
export const askFirstUser = (typed: FieldState, add: (user: FirstUser) => Promise<SignInStep>): Asked => ({
  card: {
    ...NOTHING,
    kind: 'first-user',
    title: 'First administrator',
    lines: [
      'Nobody can sign in to this database yet.',
      'Choose who administers it; 15 characters at least',
      'make a password, several words are easiest.',
    ],
    fields: [{ ...field('User'), value: typed }, field('Your name'), field('Password', true), field('Again', true)],
    action: 'Begin',
  },
  answer: async ([username = '', displayName = '', password = '', again = '']) =>
    add({ username, displayName: displayName.trim() || username, password: agreed(password, again) }),
});
